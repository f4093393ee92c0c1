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

  const holding = (message: number) =>
    [...all.value.values()].find((talk) => talk.messages.some((m) => m.id === message));

  /** A text is in one conversation: filed under another person it leaves the one that held it.
   * False when what is held there is newer. */
  function takeFromOthers({ id, conversation, revision }: Message): boolean {
    const other = holding(id);
    if (!other || other.id === conversation) return true;
    if (other.messages.some((m) => m.id === id && m.revision > revision)) return false;
    update(other.id, (talk) => ({ ...talk, messages: talk.messages.filter((m) => m.id !== id) }));
    return true;
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

    /** The newest page. Where it does not reach what is held, the held page is too old to keep;
     * what it leaves out between its own is in this conversation no more. */
    newest(id: number, messages: readonly Message[], more: boolean): void {
      const told = new Set(messages.map((m) => m.id));
      const [first = 0, last = 0] = [messages[0]?.id, messages.at(-1)?.id];
      update(id, (talk) => {
        const gap = more && !messages.some((m) => talk.messages.some((held) => held.id >= m.id));
        const held = gap
          ? []
          : talk.messages.filter((m) => m.id < first || m.id > last || told.has(m.id));
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

    /** What was held of a message, wherever it was. */
    message: (id: number): Message | undefined => holding(id)?.messages.find((m) => m.id === id),

    /** One message happened. Talks that are not held are asked for when they are opened. */
    put(message: Message): void {
      if (!takeFromOthers(message)) return;
      const talk = all.value.get(message.conversation);
      if (!talk?.known) return;
      const [oldest] = talk.messages;
      // Further up than what is held: with it there would be a hole that nobody asks for.
      if (talk.more && oldest && message.id < oldest.id) return;
      update(message.conversation, (held) => ({
        ...held,
        messages: merge(held.messages, [message]),
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
