import { expect, test, vi } from "vitest";
import type { Asking } from "../../../extension/src/pane/state/asking";
import { createConsent } from "../../../extension/src/pane/state/consent";
import { createConversations } from "../../../extension/src/pane/state/conversations";
import { createToast } from "../../../extension/src/pane/state/toast";
import { conversation } from "./people";

test("an answer names the text that was read, and a further one is asked about anew", async () => {
  const wish = (message: number) => ({ message, phrase: "wrong number", at: 1 });
  const read = { ...conversation(1, "Maya Okonkwo"), suspicion: wish(7) };
  const newer = { ...read, revision: read.revision + 1, suspicion: wish(8) };
  const ask = vi.fn().mockResolvedValue({ conversation: newer });
  const [conversations, toast] = [createConversations(), createToast()];
  const say = vi.spyOn(toast, "say");
  const consent = createConsent({ ask } as unknown as Asking, { conversations, toast });
  await consent.keepTexting(read);
  expect(ask).toHaveBeenCalledWith({
    type: "suspicion.answer",
    conversation: 1,
    opted_out: false,
    message: 7,
  });
  expect(say).not.toHaveBeenCalled();
  expect(consent.suspicion(newer)).toEqual(wish(8));
});
