// The pane without its looks, before a fake worker; timers and the focus are the test's own.
import type { Sight } from "../../../extension/src/pane/sight";
import { afterEach, beforeEach, vi } from "vitest";
import { createPane, type Pane } from "../../../extension/src/pane/state/pane";
import { FakeFiles } from "./fake_files";
import { FakeWorker, type Known } from "./fake_worker";
import { conversation, MINUTE, NOW } from "./people";

export const maya = conversation(1, "Maya Okonkwo", "Hello", { last_at: NOW });
export const jonas = conversation(2, "Jonas Berg", "Hi", { last_at: NOW - MINUTE });
const open = { kind: "conversation", conversation: 1 } as const;

export let pane: Pane;
export let files: FakeFiles;
/** Whether the pane is seen with nothing over it. */
export const sight: { now: Sight } = { now: "clear" };

beforeEach(() => {
  vi.useFakeTimers();
  sight.now = "clear";
});
afterEach(() => {
  pane.dispose();
  vi.useRealTimers();
});

/** A pane on the first conversation, unless `known` says otherwise. */
export async function start(known: Known = {}): Promise<FakeWorker> {
  const worker = new FakeWorker({ conversations: [maya, jonas], target: open, ...known });
  await raise(worker);
  return worker;
}

export async function raise(worker: FakeWorker): Promise<void> {
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  files = new FakeFiles();
  const look = () => sight.now;
  pane = createPane(worker, { now: () => NOW, framed: true, look, remembered: null, files });
  await vi.advanceTimersByTimeAsync(0);
}

export const bodies = () => pane.talks.talk.value?.messages.map((m) => m.body);
export const names = () => pane.list.rows.value.map((c) => c.person.name);
export const waiting = () => pane.outgoing.pending(1, pane.talks.talk.value?.messages ?? []);
