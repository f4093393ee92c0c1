// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { sent } from "./people";
import { pane, start } from "./stage";

const doubtful = sent(1, "Here is the sheet.", { status: "unknown", doubt: "open" });
const settled = { ...doubtful, status: "sent", doubt: "", revision: 2 } as const;
const answers = { "message.settle": { type: "message.saved", message: settled } };

test("what a rep says of a text in doubt is asked of the backend, drawn and heard", async () => {
  const worker = await start({ messages: [doubtful], answers });
  expect(await pane.doubts.settle(doubtful, "sent")).toBe(true);
  expect(worker.last("ask").question).toEqual({
    type: "message.settle",
    message: doubtful.id,
    answer: "sent",
  });
  expect(pane.talks.message(doubtful.id)).toMatchObject({ status: "sent", doubt: "" });
  expect(pane.ui.status.value).toBe("It stands as sent.");
});

test("what is refused stays in doubt and says why", async () => {
  const worker = await start({ messages: [doubtful] });
  worker.known.refuses = { ask: "It can’t be sent again. Maya opted out." };
  expect(await pane.doubts.settle(doubtful, "again")).toBe(false);
  expect(pane.talks.message(doubtful.id)?.doubt).toBe("open");
  expect(pane.changing.troubles.value.get(doubtful.id)).toContain("Maya opted out.");
});

test("a refusal says nothing of a text that a colleague has settled meanwhile", async () => {
  const worker = await start({ messages: [doubtful] });
  worker.known.refuses = { ask: "What became of it is known by now." };
  const asked = pane.doubts.settle(doubtful, "again");
  worker.tell({ kind: "message", message: settled, conversation: null, created: false });
  expect(await asked).toBe(false);
  expect(pane.changing.troubles.value.has(doubtful.id)).toBe(false);
});

test("two presses ask once", async () => {
  const worker = await start({ messages: [doubtful], deaf: ["ask"] });
  void pane.doubts.settle(doubtful, "again");
  void pane.doubts.settle(doubtful, "again");
  await vi.advanceTimersByTimeAsync(0);
  expect(worker.all("ask")).toHaveLength(1);
});

test("an answer that is given offline says that it waits", async () => {
  const session = { connection: "offline" } as const;
  const worker = await start({ messages: [doubtful], deaf: ["ask"], session });
  void pane.doubts.settle(doubtful, "sent");
  await vi.advanceTimersByTimeAsync(0);
  expect(pane.ui.status.value).toBe("Waiting for connection");
  expect(worker.last("ask").question).toMatchObject({ answer: "sent" });
});

test("the carrier's list, a colleague or an admin may be faster", async () => {
  const worker = await start({ messages: [doubtful] });
  worker.tell({ kind: "message", message: settled, conversation: null, created: false });
  expect(pane.talks.message(doubtful.id)).toMatchObject({ status: "sent", doubt: "" });
  expect(pane.ui.status.value).toBe("Sent");
});
