// What the log draws: messages and pending texts with days between them, grouped by who speaks.
import type { Pending } from "../../lib/messages";
import type { Message, Receipt } from "../../wire";
import { saidBelow } from "./receipts";
import { sameDay } from "./time";

const GROUP_MS = 5 * 60 * 1000;

export type Entry =
  | { kind: "day"; key: string; at: number }
  | { kind: "message"; key: string; message: Message; meta: boolean; last: boolean }
  | { kind: "pending"; key: string; pending: Pending; meta: boolean; last: boolean };

interface Said {
  at: number;
  who: string;
  /** What the line below the bubble would say; a line for each different one. */
  state: string;
  receipt: Receipt | null;
  key: string;
  message?: Message;
  pending?: Pending;
}

export function entries(messages: readonly Message[], pending: readonly Pending[]): Entry[] {
  const said = [...inOrder(messages.filter(happened)).map(ofMessage), ...pending.map(ofPending)];
  const drawn: Entry[] = [];
  said.forEach((one, index) => {
    const before = said[index - 1];
    const after = said[index + 1];
    if (!before || !sameDay(before.at, one.at))
      drawn.push({ kind: "day", key: `day-${new Date(one.at).toDateString()}`, at: one.at });
    const last = !after || !together(one, after);
    const shown = { key: one.key, last, meta: last || !coveredBy(one, after) };
    if (one.message) drawn.push({ kind: "message", message: one.message, ...shown });
    else if (one.pending) drawn.push({ kind: "pending", pending: one.pending, ...shown });
  });
  return drawn;
}

/** Whether the line below the next text is as good as one of its own. */
function coveredBy(one: Said, next: Said): boolean {
  return one.state === next.state && saidBelow(one.receipt, next.receipt);
}

/** Scheduled texts are shown below; those that were taken back are nobody's news. */
export function happened({ status, error }: Message): boolean {
  return status !== "scheduled" && (status !== "canceled" || error !== "");
}

/** By id, but for texts that waited: their time is when they went out, not when they were written. */
function inOrder(messages: readonly Message[]): Message[] {
  const ordered = messages.filter((m) => m.scheduled_for === null);
  for (const late of messages) {
    if (late.scheduled_for === null) continue;
    const before = ordered.findLastIndex((m) => m.at <= late.at);
    ordered.splice(before + 1, 0, late);
  }
  return ordered;
}

function together(a: Said, b: Said): boolean {
  return a.who === b.who && b.at - a.at < GROUP_MS && sameDay(a.at, b.at);
}

function ofMessage(message: Message): Said {
  return {
    at: message.at,
    who: message.direction === "inbound" ? "in" : `out-${message.author_id}`,
    // Whatever went wrong is told under its own bubble.
    state: ["failed", "undelivered", "unknown"].includes(message.status)
      ? `wrong-${message.id}`
      : message.status,
    receipt: message.receipt,
    // The ref is the key of the pending bubble too, which thus becomes the message in place.
    key: message.ref || `message-${message.id}`,
    message,
  };
}

function ofPending(pending: Pending): Said {
  const state = pending.state === "refused" ? `refused-${pending.ref}` : "waiting";
  return { at: pending.at, who: "out-me", state, receipt: null, key: pending.ref, pending };
}
