// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import type { Message } from "../../../extension/src/wire";
import type { FakeWorker } from "./fake_worker";
import { message } from "./people";
import { bodies, pane, start } from "./stage";

const hello = message(1, "Hello");
const price = message(1, "Per seat or per team?");
const hi = message(2, "Hi");
const moved = { ...price, conversation: 2, revision: 2 };

function told(worker: FakeWorker, of: Message): void {
  worker.tell({ kind: "message", message: of, conversation: null, created: false });
}

async function both(): Promise<FakeWorker> {
  const worker = await start({ messages: [hello, price, hi] });
  pane.open(2);
  await vi.advanceTimersByTimeAsync(0);
  pane.open(1);
  await vi.advanceTimersByTimeAsync(0);
  return worker;
}

test("a text that was filed under another person is in their conversation alone", async () => {
  const worker = await both();
  told(worker, moved);
  expect(bodies()).toEqual(["Hello"]);
  pane.open(2);
  expect(bodies()).toEqual(["Per seat or per team?", "Hi"]);
  told(worker, price);
  expect(bodies(), "what was said of it before changes nothing").toContain(price.body);
  expect(pane.talks.held(1)?.messages).toEqual([hello]);
});

test("a text that left while nobody told of it is gone with the next answer", async () => {
  const later = message(1, "Later");
  const worker = await start({ messages: [hello, price, later] });
  worker.known.messages = [hello, moved, later];
  worker.tell({ kind: "reset" });
  await vi.advanceTimersByTimeAsync(0);
  expect(bodies()).toEqual(["Hello", "Later"]);
});

test("a receipt that comes late leaves no hole between what is shown and what is further up", async () => {
  const all = Array.from({ length: 60 }, (_, i) => message(1, `Text ${i}`));
  const worker = await start({ messages: all });
  expect(pane.talks.talk.value?.more).toBe(true);
  told(worker, { ...(all[2] as Message), revision: 9 });
  expect(bodies()?.[0]).toBe("Text 10");
});
