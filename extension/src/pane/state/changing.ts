import { type ReadonlySignal, signal } from "@preact/signals";
import type { Question } from "../../lib/messages";
import { WAITING } from "../format/words";
import type { Activities } from "./activities";
import { type Asking, Denied } from "./asking";
import type { Talks } from "./talks";
import type { Ui } from "./ui";

type Change = Extract<
  Question,
  {
    type:
      | "message.edit"
      | "message.cancel"
      | "message.keep"
      | "message.file"
      | "message.settle"
      | "receipt.retry"
      | "receipt.link";
  }
>;

interface Stores {
  asking: Pick<Asking, "ask">;
  talks: Talks;
  activities: Activities;
  ui: Ui;
  online: ReadonlySignal<boolean>;
}

/** What the backend is asked to change of a text: one thing at a time of each. */
export function createChanging({ asking, talks, activities, ui, online }: Stores) {
  /** Being asked about. */
  const busy = signal<ReadonlySet<number>>(new Set());
  /** What went wrong, by message. */
  const troubles = signal<ReadonlyMap<number, string>>(new Map());

  function trouble(id: number, text: string): void {
    const next = new Map(troubles.value);
    if (text) next.set(id, text);
    else next.delete(id);
    troubles.value = next;
    if (text) ui.status.value = text;
  }

  return {
    busy,
    troubles,

    /** Asked, and not yet said to the backend. */
    waits: (id: number) => busy.value.has(id) && !online.value,

    /** What went wrong with it is of the past. */
    forgive: (id: number) => trouble(id, ""),

    /** True when the backend has done it. */
    async ask(change: Change): Promise<boolean> {
      const { message } = change;
      if (busy.value.has(message)) return false;
      busy.value = new Set([...busy.value, message]);
      trouble(message, "");
      if (!online.value) ui.status.value = WAITING;
      try {
        const saved = await asking.ask(change);
        talks.put(saved.message);
        activities.logged(saved.message);
        return true;
      } catch (failure) {
        const text = failure instanceof Denied ? failure.message : "That did not work. Try again.";
        trouble(message, text);
        return false;
      } finally {
        busy.value = new Set([...busy.value].filter((id) => id !== message));
      }
    },

    clear(): void {
      busy.value = new Set();
      troubles.value = new Map();
    },
  };
}

export type Changing = ReturnType<typeof createChanging>;
