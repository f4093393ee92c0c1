import { signal } from "@preact/signals";
import type { Conversation } from "../../wire";

/** Every conversation that was told of, in the newest version that was told. */
export function createConversations() {
  const all = signal<ReadonlyMap<number, Conversation>>(new Map());
  /** Seen here and not yet counted by the backend: conversation to message. */
  const seen = signal<ReadonlyMap<number, number>>(new Map());

  return {
    all,
    get: (id: number | null) => (id === null ? undefined : all.value.get(id)),

    put(conversations: readonly Conversation[]): void {
      const next = new Map(all.value);
      for (const conversation of conversations) {
        const held = next.get(conversation.id);
        if (!held || conversation.revision >= held.revision)
          next.set(conversation.id, conversation);
      }
      all.value = next;
    },

    forget(id: number): void {
      all.value = new Map([...all.value].filter(([held]) => held !== id));
    },

    clear(): void {
      all.value = new Map();
      seen.value = new Map();
    },

    wasSeen: (conversation: number, upto: number) => (seen.peek().get(conversation) ?? 0) >= upto,

    /** The worker may not have heard that this was read: tell it again. */
    unsee(conversation: number): void {
      const next = new Map(seen.peek());
      if (next.delete(conversation)) seen.value = next;
    },

    markSeen(conversation: number, upto: number): void {
      seen.value = new Map(seen.peek()).set(conversation, upto);
    },

    /** Unread texts to show: none once the last text has been on the screen. */
    unread(conversation: Conversation): number {
      const upto = seen.value.get(conversation.id);
      const all = upto !== undefined && (conversation.last_message ?? 0) <= upto;
      return all ? 0 : conversation.unread;
    },
  };
}

export type Conversations = ReturnType<typeof createConversations>;
