// What tests speak of: a rep, a person, their conversation and its texts.

import type { PageFacts } from "../../extension/src/lib/messages";
import type { Conversation, Message } from "../../extension/src/wire";

let made = 0;

export function tokens(changes: object = {}) {
  made += 1;
  return {
    access_token: `access-${made}`,
    refresh_token: `refresh-token-number-${made}`,
    expires_at: Date.now() + 15 * 60_000,
    user: { id: 1, name: "Ana Ruiz", email: "ana@brightpath.example", role: "rep" },
    team: { id: 1, name: "Brightpath" },
    push_key: "",
    ...changes,
  };
}

const NUMBER = { id: 1, e164: "+14045550123", display: "(404) 555-0123" };
export const READY = {
  type: "session.ready",
  user: tokens().user,
  team: tokens().team,
  numbers: [NUMBER],
  unread: 0,
  blocked: null,
};

export const FACTS: PageFacts = {
  crm: "demo",
  crm_label: "Acme CRM",
  record: "contact:101",
  org: "127.0.0.1",
  url: "http://127.0.0.1:5000/contacts/101",
  name: "Maya Okonkwo",
  title: "VP Operations",
  account: "Northwind Logistics",
  account_url: "http://127.0.0.1:5000/accounts/101",
  email: "maya@northwind.example",
  time_zone: "Eastern",
  region: "",
  people: [],
  numbers: [{ raw: "(404) 555-0187", label: "Mobile" }],
};

export function message(id: number, changes: Partial<Message> = {}): Message {
  return {
    ...{ id, conversation: 7, direction: "inbound", status: "received", body: `Text ${id}` },
    ...{ at: id, ref: "", author: "", author_id: null, segments: 1, media_count: 0 },
    ...{ error_code: null, error: "", receipt: null, revision: 1 },
    ...changes,
  } as Message;
}

export function conversation(id = 7, changes: Partial<Conversation> = {}): Conversation {
  const person = {
    ...{ id, name: "Maya Okonkwo", mobile: "+14045550187", mobile_display: "(404) 555-0187" },
    ...{ title: "", account: "", profile_url: "", account_url: "", crm: "Acme CRM" },
    ...{ crm_ref: "demo:contact:101", time_zone: "" },
  };
  return {
    ...{ id, person, number: NUMBER, unread: 1, preview: "", preview_direction: "inbound" },
    ...{
      last_at: id,
      last_message: null,
      match: "opened",
      match_others: [],
      revision: 1,
      blocked: null,
    },
    ...changes,
  } as Conversation;
}

/** The event of an inbound text, as the feed brings it. */
export function arrival(
  seq: number,
  id: number,
  unread = 1,
): { type: string; [field: string]: unknown } {
  const one = conversation(7, { revision: seq, unread, last_message: id });
  return { type: "message.created", seq, message: message(id), conversation: one, unread };
}
