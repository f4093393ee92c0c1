// What outlives the worker but not the browser: chrome.storage.session, in memory, out of reach of
// content scripts. A full store (10 MB) costs the cache, never a text.

import type { SessionState, Target } from "../lib/messages";
import type { Access } from "./account";
import type { Page, Thread } from "./cache";
import type { Conversation } from "../wire";

/** What the backend has said of the session. */
export type Knowledge = Pick<SessionState, "numbers" | "unread" | "blocked" | "prices">;

export interface WarmRecords {
  access: Access;
  ready: Knowledge;
  conversations: Conversation[];
  page: Page | null;
  threads: [number, Thread][];
  nonces: [string, number | null][];
  targets: [string, Target][];
}

export const warm = {
  async get<K extends keyof WarmRecords>(key: K): Promise<WarmRecords[K] | undefined> {
    const found: Partial<WarmRecords> = await chrome.storage.session.get(key);
    return found[key];
  },

  async set(values: Partial<WarmRecords>): Promise<void> {
    try {
      await chrome.storage.session.set(values);
    } catch (error) {
      console.warn("Session storage did not take this: the cache starts again", error);
      await chrome.storage.session.remove(["conversations", "page", "threads"]);
    }
  },

  async drop(...keys: (keyof WarmRecords)[]): Promise<void> {
    await chrome.storage.session.remove(keys);
  },
};
