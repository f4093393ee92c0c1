// What must outlive the browser. IndexedDB of the extension's origin: content scripts can read
// chrome.storage.local, and nothing of this is for a page.

import { createStore, del, get, set } from "idb-keyval";
import type { Pending } from "../lib/messages";
import type { Team, User } from "../wire";

export interface Identity {
  server: string; // "https://repline.example", without a slash at the end
  refresh_token: string;
  push_key: string;
  user: User;
  team: Team;
}

/** A message that the rep has been told of, by a notification or by a pane in view. */
export interface Told {
  message: number;
  conversation: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Records {
  identity: Identity;
  seq: { owner: string; last: number };
  drafts: Record<string, Record<number, string>>; // by owner, by conversation
  pending: Record<string, Pending[]>; // by owner, oldest first
  told: Told[];
  reads: Record<string, [number, number][]>; // by owner: conversation, the last message read
  size: Size;
  crm_pages: { server: string; at: number }; // when the backend was asked for a newer table
}

export interface Disk {
  get<K extends keyof Records>(key: K): Promise<Records[K] | undefined>;
  set<K extends keyof Records>(key: K, value: Records[K]): Promise<void>;
  del(key: keyof Records): Promise<void>;
}

export function openDisk(): Disk {
  const store = createStore("repline", "worker");
  return {
    get: (key) => get(key, store),
    set: (key, value) => set(key, value, store),
    del: (key) => del(key, store),
  };
}
