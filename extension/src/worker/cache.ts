// What the worker knows of conversations, so that a pane opens at once. Bounded, and kept in
// session storage for the next life of the worker. The higher revision wins.

import type { Conversation, Message } from "../wire";
import { warm } from "./warm";

export interface Page {
  ids: number[]; // latest first
  next: string;
}

export interface Thread {
  messages: Message[]; // oldest first
  more: boolean;
}

/** What the gate says of a mobile for the whole team, whoever's page it is on. */
const OF_MOBILES = new Set(["opted_out", "do_not_text", "do_not_contact", "suspected"]);
const MOST_CONVERSATIONS = 200;
const MOST_ROWS = 50;
const MOST_THREADS = 8;
const MOST_MESSAGES = 50;

export class Cache {
  page: Page | null = null;
  readonly conversations = new Map<number, Conversation>(); // least recently touched first
  readonly threads = new Map<number, Thread>();
  #saving: Promise<void> = Promise.resolve();
  #unsaved = false;

  async restore(): Promise<void> {
    for (const known of (await warm.get("conversations")) ?? []) this.putConversation(known);
    for (const [id, thread] of (await warm.get("threads")) ?? []) this.threads.set(id, thread);
    this.page = (await warm.get("page")) ?? null;
  }

  /** Returns what holds now: the given one, or the newer one that was here. */
  putConversation(conversation: Conversation): Conversation {
    const held = this.conversations.get(conversation.id);
    const newest = held && held.revision > conversation.revision ? held : conversation;
    touch(this.conversations, newest.id, newest, MOST_CONVERSATIONS);
    return newest;
  }

  /** Why nobody of the team may text this mobile, as far as is known here, or "". */
  standing(mobile: string): string {
    for (const { person, blocked } of this.conversations.values()) {
      if (person.mobile === mobile && blocked && OF_MOBILES.has(blocked.reason))
        return blocked.text;
    }
    return "";
  }

  /** The first page of the inbox, as the backend has it. */
  putPage(conversations: Conversation[], next: string): void {
    this.page = { ids: conversations.map((one) => one.id).slice(0, MOST_ROWS), next };
  }

  /** A conversation in which something happened comes to the top of the first page. One without a
   * text is nobody's yet: a rep has only begun to write. */
  raise(conversation: Conversation): void {
    if (!this.page || conversation.last_message === null) return;
    const ids = [...new Set([conversation.id, ...this.page.ids])].filter((id) =>
      this.conversations.has(id),
    );
    const last = (id: number) => this.conversations.get(id)?.last_at ?? 0;
    this.page.ids = ids.sort((a, b) => last(b) - last(a)).slice(0, MOST_ROWS);
  }

  rows(): Conversation[] {
    const found = (this.page?.ids ?? []).map((id) => this.conversations.get(id));
    return found.filter((one) => one !== undefined);
  }

  putThread(conversation: number, messages: Message[], more: boolean): Thread {
    const held = this.threads.get(conversation)?.messages ?? [];
    const newer = new Map(held.map((message) => [message.id, message]));
    const here = messages.filter((message) => this.#takeFromOthers(message));
    const merged = here.map((message) => newest(newer.get(message.id), message));
    const thread = { messages: sorted(merged), more };
    touch(this.threads, conversation, thread, MOST_THREADS);
    return thread;
  }

  /** True when it is new or newer than what was held of it. */
  putMessage(message: Message): boolean {
    if (!this.#takeFromOthers(message)) return false;
    const thread = this.threads.get(message.conversation);
    if (!thread) return true;
    const held = thread.messages.find((one) => one.id === message.id);
    if (held && held.revision >= message.revision) return false;
    // Further up than what is held: with it there would be a hole that nobody asks for.
    if (!held && thread.more && message.id < (thread.messages[0]?.id ?? 0)) return true;
    const others = thread.messages.filter((one) => one !== held);
    const messages = sorted([...others, message]);
    const kept = messages.slice(-MOST_MESSAGES);
    const more = thread.more || kept.length < messages.length;
    touch(this.threads, message.conversation, { messages: kept, more }, MOST_THREADS);
    return true;
  }

  /** A text is in one conversation: filed under another person it leaves the one that held it.
   * False when what is held there is newer. */
  #takeFromOthers({ id, conversation, revision }: Message): boolean {
    for (const [other, { messages, more }] of this.threads) {
      const held = other === conversation ? undefined : messages.find((one) => one.id === id);
      if (!held) continue;
      if (held.revision > revision) return false;
      this.threads.set(other, { messages: messages.filter((one) => one !== held), more });
    }
    return true;
  }

  forget(conversation: number): void {
    this.conversations.delete(conversation);
    this.threads.delete(conversation);
    if (this.page) this.page.ids = this.page.ids.filter((id) => id !== conversation);
  }

  clear(): Promise<void> {
    this.page = null;
    this.conversations.clear();
    this.threads.clear();
    return this.save();
  }

  /** Resolves when what is held now has been stored; calls in the same turn share one write. */
  save(): Promise<void> {
    if (this.#unsaved) return this.#saving;
    this.#unsaved = true;
    this.#saving = this.#saving.then(() => {
      this.#unsaved = false;
      return warm.set({
        conversations: [...this.conversations.values()],
        page: this.page,
        threads: [...this.threads],
      });
    });
    return this.#saving;
  }
}

function newest(held: Message | undefined, given: Message): Message {
  return held && held.revision > given.revision ? held : given;
}

function sorted(messages: Message[]): Message[] {
  return messages.sort((a, b) => a.id - b.id);
}

function touch<T>(map: Map<number, T>, key: number, value: T, most: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
}
