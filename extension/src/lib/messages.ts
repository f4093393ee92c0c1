// What the four parts of the extension say to each other. The worker is the only one that speaks to
// the backend and the only one that holds tokens; the pane is a view of what the worker knows; the
// content script says what the page shows and is never told the text of a message.

import type {
  Blocked,
  ClientFrame,
  Conversation,
  Folder,
  Media,
  Message,
  Number as OwnNumber,
  PersonOnPage,
  Prices,
  ServerFrame,
  Team,
  User,
} from "../wire";

/** How things stand between the worker and the backend. */
export type Connection =
  | "signed_out"
  | "connecting" // first connection of this worker's life
  | "online"
  | "reconnecting" // lost less than a few seconds ago
  | "offline"; // lost for longer, or the browser says so

/** A text that the backend has not yet acknowledged; kept on disk until it has. */
export interface Pending {
  ref: string;
  conversation: number;
  body: string;
  at: number; // ms, the rep's clock
  send_at: number | null; // ms: scheduled for then
  media: Media[];
  /** waiting: will be sent; refused: the backend said no, `text` says why; nothing is retried then. */
  state: "waiting" | "refused";
  reason: string;
  text: string;
}

export interface SessionState {
  connection: Connection;
  user: User | null;
  team: Team | null;
  numbers: OwnNumber[];
  unread: number;
  blocked: Blocked | null;
  prices: Prices | null;
  /** Set when the worker has been updated and this pane is of the old version. */
  stale: boolean;
}

/** What the pane should show when it opens: a conversation, a person on the page, or the list. */
export type Target =
  | { kind: "list" }
  | { kind: "conversation"; conversation: number }
  | { kind: "person"; person: PersonOnPage };

/** Frames that the worker passes on for a pane as they are, and whose answer it passes back. */
export const PASSED_ON = [
  "message.edit",
  "message.cancel",
  "message.keep",
  "message.file",
  "message.settle",
  "receipt.retry",
  "receipt.link",
  "quick_reply.list",
  "restriction.set",
  "suspicion.answer",
  "activity.list",
  "note.add",
  "person.list",
  "time.suggest",
] as const;

type Bare<F> = F extends ClientFrame ? Omit<F, "request" | "v"> : never;
export type Question = Bare<Extract<ClientFrame, { type: (typeof PASSED_ON)[number] }>>;

/** Port "pane": the pane asks. Every ask with a `request` is answered with the same one. */
export type PaneToWorker =
  // first; without the tab's nonce the port is closed. fresh: it has not been accepted before
  | { kind: "hello"; nonce: string; fresh: boolean }
  | { kind: "list"; request: string; folder: Folder; search: string; before: string }
  | { kind: "open"; request: string; conversation: number }
  | { kind: "open_person"; request: string; person: PersonOnPage; number: number | null }
  | { kind: "ask"; request: string; question: Question } // answered "answer" or "refused"
  // A picked file as base64; answered "uploaded" or "refused". Its bytes stay with the pane.
  | { kind: "upload"; request: string; name: string; content_type: string; data: string }
  | { kind: "fetch_media"; request: string; media: number } // answered "media" or "refused"
  | { kind: "older"; request: string; conversation: number; before: number }
  | {
      kind: "send";
      ref: string;
      conversation: number;
      body: string;
      send_at: number | null;
      media: Media[];
    }
  | { kind: "discard"; ref: string } // drop a refused or waiting text
  | { kind: "read"; conversation: number; upto: number }
  | { kind: "draft"; conversation: number; body: string } // empty deletes
  | { kind: "name"; request: string; person: number; name: string }
  | { kind: "close" }
  | { kind: "covered" } // a press was refused for it: put the pane on top again
  | { kind: "window"; conversation: number | null } // go on in a window; null: with the list
  | { kind: "size"; width: number; height: number }
  | { kind: "reconnect" } // the rep pressed "Try now"
  | { kind: "sign_in" } // open the sign-in page
  | { kind: "follow"; url: string } // open a profile or account link in the CRM tab
  | { kind: "open_link"; url: string }; // a link in a text: always a tab of its own

/** Port "pane": the worker answers and tells. */
export type WorkerToPane =
  | { kind: "session"; session: SessionState }
  | { kind: "target"; target: Target }
  | {
      kind: "page";
      request: string;
      folder: Folder;
      search: string;
      conversations: Conversation[];
      next: string;
      cached: boolean; // from the worker's memory; the backend's answer follows
    }
  | {
      kind: "opened";
      request: string;
      conversation: Conversation;
      messages: Message[]; // oldest first
      more: boolean;
      draft: string;
      pending: Pending[];
      cached: boolean;
    }
  | { kind: "older"; request: string; conversation: number; messages: Message[]; more: boolean }
  | { kind: "message"; message: Message; conversation: Conversation | null; created: boolean }
  | { kind: "conversation"; conversation: Conversation }
  | { kind: "pending"; conversation: number; pending: Pending[] }
  | { kind: "answer"; request: string; frame: ServerFrame }
  | { kind: "uploaded"; request: string; media: Media }
  | { kind: "media"; request: string; media: number; content_type: string; data: string } // base64
  | { kind: "erased"; conversations: number[] } // the person was erased: forget these
  | { kind: "reset" } // what was held is too old: ask again for what is shown
  | {
      kind: "refused";
      request: string;
      reason: string;
      text: string;
      blocked: Blocked | null;
    };

/** What the content script reads on a record page; the worker decides what may be done with it. */
export interface PageFacts {
  crm: string; // "demo", "generic"
  crm_label: string; // for the badge: "Acme CRM"
  record: string; // "contact:12"; empty where the page has no record we know
  org: string; // whose CRM it is: the account's number in the address, else the host
  url: string; // of a record without what differs from visit to visit
  name: string;
  title: string;
  account: string;
  account_url: string;
  email: string;
  time_zone: string;
  region: string; // state or province of the address, as the page has it
  people: string[]; // crm_refs of the contacts and leads that an account's or a task's page names
  numbers: PageNumber[];
}

export interface PageNumber {
  raw: string;
  label: string; // as the page has it: "Mobile", "Office"; empty when nothing says
}

/** A number as the action's menu offers it: in display form, with the page's own word for it. */
export interface ActionNumber {
  number: string;
  label: string;
}

/** Somebody whom the team knows, offered on the page of their account or of a task. */
export interface ActionPerson {
  id: number;
  name: string;
  number: string; // display form
}

/** The Quick Action for the person on the page, as the content script should draw it. */
export type QuickAction =
  | { kind: "none" } // signed out for this site, or no person on the page
  // number in display form; numbers: where there are several mobiles, the first one among them;
  // warning: why a text will not go although one can look at the conversation
  | { kind: "ready"; label: string; number: string; numbers: ActionNumber[]; warning: string }
  // Nothing on the page says which number is a mobile: the rep says it.
  | { kind: "choose"; label: string; numbers: ActionNumber[] }
  | { kind: "people"; label: string; people: ActionPerson[] }
  | { kind: "inactive"; label: string; reason: string; signs_in: boolean };

/** Port "page": content script to worker. */
export type PageToWorker =
  | { kind: "facts"; facts: PageFacts | null } // null: this page is no record
  | { kind: "message"; name: string; number: string } // Message was clicked, with this drawn on it
  | { kind: "message_person"; person: number } // of those that the action offered
  | { kind: "sign_in" } // Message was clicked, which says to sign in first
  | { kind: "prepare" } // the rep is about to open the pane
  | { kind: "launch" } // the launcher was clicked: open the pane on the list
  | { kind: "pane_opened" } // also after a new worker was met with the pane open
  | { kind: "pane_closed" }
  | { kind: "switch_off" } // not on this site
  | { kind: "settings" };

/** Port "page": worker to content script. Never the text of a message. */
export type WorkerToPage =
  // name: of the person whom the action is for
  | { kind: "action"; action: QuickAction; name: string; unread: number; signed_in: boolean }
  | { kind: "prepare_pane"; url: string; width: number; height: number } // load it, show nothing
  | { kind: "open_pane"; url: string; width: number; height: number } // url carries the nonce
  | { kind: "pane_ready" } // the pane was accepted and knows what to draw
  | { kind: "close_pane" }
  | { kind: "resize_pane"; width: number; height: number }
  | { kind: "raise_pane" } // over what the page has put into the top layer since
  | { kind: "ask" }; // the rep asked on a page that may be a list: who is chosen there?

/** tabs.sendMessage, worker to every tab: a worker has begun, connect to it and say what is shown. */
export interface Wake {
  kind: "wake";
}

/** runtime.sendMessage, options page to worker. */
export type OptionsToWorker =
  | { kind: "sign_in"; server: string; email: string; password: string }
  | { kind: "sign_out" }
  | { kind: "switch_site"; host: string; on: boolean }
  | { kind: "status" };

/** Where the rep has switched Repline off, and where they have switched it on besides our CRMs. */
export interface Sites {
  off: string[]; // hosts
  added: string[]; // match patterns, "https://crm.example.com/*"
}

export type OptionsAnswer =
  | { ok: true; session: SessionState; server: string; sites: Sites }
  | { ok: false; field: "server" | "email" | "password" | ""; text: string };
