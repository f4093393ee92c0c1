// People, conversations and messages for tests and for the gallery.
import type { Pending, SessionState } from "../../../extension/src/lib/messages";
import type {
  Blocked,
  Conversation,
  Message,
  Number as OwnNumber,
  Person,
  Receipt,
} from "../../../extension/src/wire";

/** Monday, 23 November 2026, 10:44 in New York. */
export const NOW = Date.UTC(2026, 10, 23, 15, 44);
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const ana = {
  id: 1,
  name: "Ana Ruiz",
  email: "ana@brightpath.example",
  role: "rep",
} as const;
export const number: OwnNumber = {
  id: 1,
  e164: "+14045550123",
  display: "(404) 555-0123",
  kind: "long_code",
  label: "",
  mms: true,
  a2p: "approved",
};
export const PRICES = { segment: 8300, media: 20000 };

export function blocked(reason: string, text: string, change: Partial<Blocked> = {}): Blocked {
  return { reason, text, until: null, since: null, ...change };
}

export function session(change: Partial<SessionState> = {}): SessionState {
  return {
    connection: "online",
    user: ana,
    team: { id: 1, name: "Brightpath" },
    numbers: [number],
    unread: 0,
    blocked: null,
    prices: PRICES,
    stale: false,
    ...change,
  };
}

export function person(id: number, name: string, change: Partial<Person> = {}): Person {
  const line = String(100 + (id % 900)).padStart(4, "0");
  return {
    id,
    name,
    mobile: `+1404555${line}`,
    mobile_display: `(404) 555-${line}`,
    title: "",
    account: "",
    profile_url: "",
    account_url: "",
    crm: "",
    crm_ref: "",
    time_zone: "",
    region: "",
    numbers: [],
    ...change,
  };
}

export function conversation(
  id: number,
  who: Person | string,
  preview = "",
  change: Partial<Conversation> = {},
): Conversation {
  return {
    id,
    person: typeof who === "string" ? person(id, who) : who,
    number,
    unread: 0,
    preview,
    preview_direction: "inbound",
    last_at: NOW - id * MINUTE,
    last_message: null,
    match: "only",
    match_others: [],
    revision: 1,
    blocked: null,
    warning: null,
    zone: "",
    zone_certain: false,
    suspicion: null,
    do_not_text: false,
    scheduled: 0,
    ...change,
  };
}

let made = 0;

export function message(of: number, body: string, change: Partial<Message> = {}): Message {
  made += 1;
  const outbound = change.direction === "outbound";
  return {
    id: 1000 + made,
    conversation: of,
    direction: "inbound",
    status: outbound ? "delivered" : "received",
    body,
    at: NOW - 2 * MINUTE,
    ref: "",
    author: outbound ? ana.name : "",
    author_id: outbound ? ana.id : null,
    segments: 1,
    media_count: 0,
    media: [],
    cost: null,
    scheduled_for: null,
    hold: "",
    doubt: "",
    error_code: null,
    error: "",
    receipt: null,
    revision: 1,
    ...change,
  };
}

export function sent(of: number, body: string, change: Partial<Message> = {}): Message {
  return message(of, body, { direction: "outbound", ...change });
}

export function receipt(state: Receipt["state"], change: Partial<Receipt> = {}): Receipt {
  made += 1;
  const url = `https://acme.lightning.force.com/lightning/r/Task/00T${made}/view`;
  return {
    ...{ crm: "Salesforce", state, text: "", url: state === "logged" ? url : "" },
    ...{ opportunity: "", opportunities: [] },
    ...change,
  };
}

export function pending(of: number, body: string, change: Partial<Pending> = {}): Pending {
  made += 1;
  return {
    ref: `pending-${made}`,
    conversation: of,
    body,
    at: NOW - MINUTE,
    send_at: null,
    media: [],
    state: "waiting",
    reason: "",
    text: "",
    ...change,
  };
}
