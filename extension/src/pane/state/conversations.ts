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

    clear(): void {
      all.value = new Map();
      seen.value = new Map();
    },

    markSeen(conversation: number, upto: number): void {
      seen.value = new Map(seen.value).set(conversation, upto);
    },

    /** Unread texts to show: none once the last text has been on the screen. */
    unread(conversation: Conversation): number {
      const upto = seen.value.get(conversation.id) ?? 0;
      return conversation.last_message && conversation.last_message <= upto
        ? 0
        : conversation.unread;
    },
  };
}

export type Conversations = ReturnType<typeof createConversations>;
