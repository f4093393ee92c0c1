// Made by shared/typescript.py from shared/wire: change that package, then run `make wire`.

export const VERSION = 1;
export const MAX_BODY = 1600;

export type Direction = "inbound" | "outbound";

export type Status = "queued" | "sending" | "sent" | "delivered" | "undelivered" | "failed" | "unknown" | "received" | "scheduled" | "canceled";

export type Role = "rep" | "admin";

export type Folder = "inbox" | "all";

export type Match = "opened" | "only" | "last_contacted" | "last_created" | "new";

export interface Number {
  id: number;
  e164: string;
  display: string;
}

export interface Person {
  id: number;
  name: string;
  mobile: string;
  mobile_display: string;
  title: string;
  account: string;
  profile_url: string;
  account_url: string;
  crm: string;
  crm_ref: string;
  time_zone: string;
}

export interface Blocked {
  reason: string;
  text: string;
}

export interface Message {
  id: number;
  conversation: number;
  direction: Direction;
  status: Status;
  body: string;
  at: number;
  ref: string;
  author: string;
  author_id: number | null;
  segments: number;
  media_count: number;
  error_code: number | null;
  error: string;
  revision: number;
}

export interface Conversation {
  id: number;
  person: Person;
  number: Number;
  unread: number;
  preview: string;
  preview_direction: Direction;
  last_at: number;
  last_message: number | null;
  match: Match;
  match_others: string[];
  revision: number;
  blocked: Blocked | null;
}

export interface User {
  id: number;
  name: string;
  email: string;
  role: Role;
}

export interface Team {
  id: number;
  name: string;
}

export interface PersonOnPage {
  mobile: string;
  name?: string;
  title?: string;
  account?: string;
  profile_url?: string;
  account_url?: string;
  crm?: string;
  crm_ref?: string;
  time_zone?: string;
}

export interface SessionStart {
  type: "session.start";
  token: string;
  since?: number | null;
  client?: string;
  v: 1;
}

export interface SessionRenew {
  type: "session.renew";
  token: string;
  v: 1;
}

export interface SessionPing {
  type: "session.ping";
  v: 1;
}

export interface ConversationList {
  type: "conversation.list";
  request: string;
  folder?: Folder;
  search?: string;
  before?: string;
  limit?: number;
  v: 1;
}

export interface ConversationOpen {
  type: "conversation.open";
  request: string;
  person: PersonOnPage;
  v: 1;
}

export interface ConversationGet {
  type: "conversation.get";
  request: string;
  conversation: number;
  v: 1;
}

export interface ConversationRead {
  type: "conversation.read";
  conversation: number;
  upto: number;
  v: 1;
}

export interface MessageList {
  type: "message.list";
  request: string;
  conversation: number;
  before?: number | null;
  limit?: number;
  v: 1;
}

export interface MessageSend {
  type: "message.send";
  ref: string;
  conversation: number;
  body: string;
  v: 1;
}

export interface PersonName {
  type: "person.name";
  request: string;
  person: number;
  name: string;
  v: 1;
}

export interface SessionReady {
  type: "session.ready";
  user: User;
  team: Team;
  numbers: Number[];
  seq: number;
  resumed: boolean;
  unread: number;
  now: number;
  blocked: Blocked | null;
  v: 1;
}

export interface SessionPong {
  type: "session.pong";
  now: number;
  v: 1;
}

export interface SessionRenewed {
  type: "session.renewed";
  expires_at: number;
  v: 1;
}

export interface SessionGoodbye {
  type: "session.goodbye";
  retry_ms: number;
  v: 1;
}

export interface FrameRefused {
  type: "frame.refused";
  reason: string;
  text: string;
  request: string;
  blocked: Blocked | null;
  v: 1;
}

export interface ConversationPage {
  type: "conversation.page";
  request: string;
  conversations: Conversation[];
  next: string;
  unread: number;
  v: 1;
}

export interface ConversationOpened {
  type: "conversation.opened";
  request: string;
  conversation: Conversation;
  messages: Message[];
  more: boolean;
  v: 1;
}

export interface MessagePage {
  type: "message.page";
  request: string;
  conversation: number;
  messages: Message[];
  more: boolean;
  v: 1;
}

export interface MessageAccepted {
  type: "message.accepted";
  ref: string;
  message: Message;
  v: 1;
}

export interface PersonNamed {
  type: "person.named";
  request: string;
  person: Person;
  v: 1;
}

export interface MessageCreated {
  type: "message.created";
  seq: number;
  message: Message;
  conversation: Conversation;
  unread: number;
  v: 1;
}

export interface MessageUpdated {
  type: "message.updated";
  seq: number;
  message: Message;
  v: 1;
}

export interface ConversationUpdated {
  type: "conversation.updated";
  seq: number;
  conversation: Conversation;
  unread: number;
  v: 1;
}

export interface SignIn {
  email: string;
  password: string;
  client?: string;
}

export interface SessionRefresh {
  refresh_token: string;
}

export interface SessionTokens {
  access_token: string;
  refresh_token: string;
  expires_at: number;
  user: User;
  team: Team;
  push_key: string;
}

export interface PushSubscription {
  endpoint: string;
  p256dh: string;
  auth: string;
}

export interface SendText {
  ref: string;
  body: string;
}

export interface ConversationResults {
  conversations: Conversation[];
  next: string;
  unread: number;
}

export interface MessageResults {
  messages: Message[];
  more: boolean;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  field: string;
}

export interface PushPayload {
  message: number;
  conversation: number;
  seq: number;
  title: string;
  body: string;
  unread: number;
}

export type ClientFrame =
  | SessionStart
  | SessionRenew
  | SessionPing
  | ConversationList
  | ConversationOpen
  | ConversationGet
  | ConversationRead
  | MessageList
  | MessageSend
  | PersonName;

export type ServerFrame =
  | SessionReady
  | SessionPong
  | SessionRenewed
  | SessionGoodbye
  | FrameRefused
  | ConversationPage
  | ConversationOpened
  | MessagePage
  | MessageAccepted
  | PersonNamed
  | MessageCreated
  | MessageUpdated
  | ConversationUpdated;

export type EventFrame =
  | MessageCreated
  | MessageUpdated
  | ConversationUpdated;
