import { computed, signal } from "@preact/signals";
import type { Message } from "../../wire";

/** What is held of one conversation's messages, oldest first. */
export interface Talk {
  id: number;
  messages: readonly Message[];
  more: boolean;
  /** False until the worker has answered for the first time. */
  known: boolean;
}

const EMPTY = { messages: [], more: false, known: false };

/** Talks opened in this pane stay at hand, so that going back to one shows it at once. */
export function createTalks() {
  const all = signal<ReadonlyMap<number, Talk>>(new Map());
  const current = signal<number | null>(null);

  function update(id: number, change: (talk: Talk) => Talk): void {
    const talk = all.value.get(id) ?? { id, ...EMPTY };
    all.value = new Map(all.value).set(id, change(talk));
  }

  return {
    current,
    talk: computed(() =>
      current.value === null
        ? null
        : (all.value.get(current.value) ?? { id: current.value, ...EMPTY }),
    ),
    held: (id: number) => all.value.get(id),
    clear: () => {
      current.value = null;
      all.value = new Map();
    },

    forget(id: number): void {
      all.value = new Map([...all.value].filter(([held]) => held !== id));
      if (current.value === id) current.value = null;
    },

    /** The newest page. Where it does not reach what is held, the held page is too old to keep. */
    newest(id: number, messages: readonly Message[], more: boolean): void {
      update(id, (talk) => {
        const gap = more && !messages.some((m) => talk.messages.some((held) => held.id >= m.id));
        const held = gap ? [] : talk.messages;
        const reachesFurther = held.length > 0 && (held[0]?.id ?? 0) < (messages[0]?.id ?? 0);
        return {
          id,
          messages: merge(held, messages),
          more: reachesFurther ? talk.more : more,
          known: true,
        };
      });
    },

    older(id: number, messages: readonly Message[], more: boolean): void {
      update(id, (talk) => ({ ...talk, messages: merge(talk.messages, messages), more }));
    },

    /** One message happened. Talks that are not held are asked for when they are opened. */
    put(message: Message): void {
      if (!all.value.get(message.conversation)?.known) return;
      update(message.conversation, (talk) => ({
        ...talk,
        messages: merge(talk.messages, [message]),
      }));
    },
  };
}

/** By id, the higher revision wins; at the same revision what was told last. */
export function merge(held: readonly Message[], told: readonly Message[]): Message[] {
  const byId = new Map(held.map((m) => [m.id, m]));
  for (const message of told) {
    const old = byId.get(message.id);
    if (!old || message.revision >= old.revision) byId.set(message.id, message);
  }
  return [...byId.values()].sort((a, b) => a.id - b.id);
}

export type Talks = ReturnType<typeof createTalks>;
