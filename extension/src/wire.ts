// Made by shared/typescript.py from shared/wire: change that package, then run `make wire`.

export const VERSION = 1;
export const MAX_BODY = 1600;
export const MAX_MEDIA = 10;
export const MAX_NOTE = 4000;

export type Direction = "inbound" | "outbound";

export type Status = "queued" | "sending" | "sent" | "delivered" | "undelivered" | "failed" | "unknown" | "received" | "scheduled" | "canceled";

export type Role = "rep" | "admin";

export type Folder = "inbox" | "all";

export type Match = "opened" | "only" | "last_contacted" | "last_created" | "new";

export type NumberKind = "long_code" | "toll_free" | "short_code";

export type A2p = "" | "approved" | "pending" | "missing" | "failed" | "not_needed";

export type MediaState = "pending" | "ready" | "refused" | "gone";

export type Hold = "" | "reply" | "quiet_hours";

export type Doubt = "" | "looking" | "open" | "again";

export type SettledAs = "sent" | "not_sent" | "again";

export type ActivityKind = "message" | "call" | "note" | "opt_out" | "opt_in" | "restricted" | "unrestricted";

export type RecordType = "contact" | "lead" | "account" | "opportunity" | "task" | "case";

export interface Number {
  id: number;
  e164: string;
  display: string;
  kind: NumberKind;
  label: string;
  mms: boolean;
  a2p: A2p;
}

export interface PersonNumber {
  e164: string;
  display: string;
  label: string;
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
  region: string;
  numbers: PersonNumber[];
}

export interface Blocked {
  reason: string;
  text: string;
  until: number | null;
  since: number | null;
}

export interface Suspicion {
  message: number;
  phrase: string;
  at: number;
}

export interface OpportunityChoice {
  id: string;
  name: string;
}

export interface Receipt {
  crm: string;
  state: "failed" | "logged" | "retrying" | "unlinked" | "waiting";
  text: string;
  url: string;
  opportunity: string;
  opportunities: OpportunityChoice[];
}

export interface Media {
  id: number;
  content_type: string;
  size: number;
  name: string;
  width: number;
  height: number;
  state: MediaState;
  error: string;
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
  media: Media[];
  cost: number | null;
  scheduled_for: number | null;
  hold: Hold;
  doubt: Doubt;
  error_code: number | null;
  error: string;
  receipt: Receipt | null;
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
  warning: Blocked | null;
  zone: string;
  zone_certain: boolean;
  suspicion: Suspicion | null;
  do_not_text: boolean;
  scheduled: number;
}

export interface QuickReply {
  id: number;
  name: string;
  body: string;
  shared: boolean;
}

export interface Activity {
  id: number;
  kind: ActivityKind;
  at: number;
  text: string;
  who: string;
  direction: Direction | null;
  status: Status | null;
  message: number | null;
  receipt: Receipt | null;
}

export interface Prices {
  segment: number;
  media: number;
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

export interface NumberOnPage {
  number: string;
  label?: string;
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
  region?: string;
  numbers?: NumberOnPage[];
  email?: string;
  crm_org?: string;
}

export interface SuggestedTime {
  at: number;
  label: string;
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
  number?: number | null;
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
  at?: number | null;
  media?: number[];
  v: 1;
}

export interface PersonName {
  type: "person.name";
  request: string;
  person: number;
  name: string;
  v: 1;
}

export interface MessageEdit {
  type: "message.edit";
  request: string;
  message: number;
  body: string;
  at: number;
  v: 1;
}

export interface MessageCancel {
  type: "message.cancel";
  request: string;
  message: number;
  v: 1;
}

export interface MessageKeep {
  type: "message.keep";
  request: string;
  message: number;
  v: 1;
}

export interface MessageFile {
  type: "message.file";
  request: string;
  message: number;
  person: number;
  v: 1;
}

export interface MessageSettle {
  type: "message.settle";
  request: string;
  message: number;
  answer: SettledAs;
  v: 1;
}

export interface ReceiptRetry {
  type: "receipt.retry";
  request: string;
  message: number;
  v: 1;
}

export interface ReceiptLink {
  type: "receipt.link";
  request: string;
  message: number;
  opportunity: string;
  v: 1;
}

export interface QuickReplyList {
  type: "quick_reply.list";
  request: string;
  v: 1;
}

export interface RestrictionSet {
  type: "restriction.set";
  request: string;
  conversation: number;
  do_not_text: boolean;
  note?: string;
  v: 1;
}

export interface SuspicionAnswer {
  type: "suspicion.answer";
  request: string;
  conversation: number;
  opted_out: boolean;
  message?: number | null;
  v: 1;
}

export interface ActivityList {
  type: "activity.list";
  request: string;
  person: number;
  before?: string;
  limit?: number;
  v: 1;
}

export interface NoteAdd {
  type: "note.add";
  request: string;
  person: number;
  body: string;
  v: 1;
}

export interface PersonList {
  type: "person.list";
  request: string;
  account?: string;
  account_url?: string;
  conversation?: number | null;
  v: 1;
}

export interface TimeSuggest {
  type: "time.suggest";
  request: string;
  conversation: number;
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
  prices: Prices;
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

export interface MessageMoved {
  type: "message.moved";
  seq: number;
  message: Message;
  conversation: Conversation;
  former: number;
  unread: number;
  v: 1;
}

export interface ConversationUpdated {
  type: "conversation.updated";
  seq: number;
  conversation: Conversation;
  unread: number;
  v: 1;
}

export interface MessageSaved {
  type: "message.saved";
  request: string;
  message: Message;
  v: 1;
}

export interface ConversationSaved {
  type: "conversation.saved";
  request: string;
  conversation: Conversation;
  v: 1;
}

export interface QuickReplyPage {
  type: "quick_reply.page";
  request: string;
  quick_replies: QuickReply[];
  v: 1;
}

export interface ActivityPage {
  type: "activity.page";
  request: string;
  person: number;
  activities: Activity[];
  next: string;
  v: 1;
}

export interface NoteAdded {
  type: "note.added";
  request: string;
  person: number;
  activity: Activity;
  v: 1;
}

export interface PersonPage {
  type: "person.page";
  request: string;
  people: Person[];
  v: 1;
}

export interface TimeSuggested {
  type: "time.suggested";
  request: string;
  zone: string;
  times: SuggestedTime[];
  windows: [number, number][];
  v: 1;
}

export interface SessionUpdated {
  type: "session.updated";
  seq: number;
  numbers: Number[];
  prices: Prices;
  blocked: Blocked | null;
  v: 1;
}

export interface PersonErased {
  type: "person.erased";
  seq: number;
  person: number;
  conversations: number[];
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
  at?: number | null;
  media?: number[];
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

export interface FieldProblem {
  field: string;
  detail: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  field: string;
  errors: FieldProblem[];
}

export interface PushPayload {
  message: number;
  conversation: number;
  seq: number;
  title: string;
  body: string;
  unread: number;
}

export interface CrmRule {
  where: "hash" | "path" | "query";
  pattern: string;
  when?: string;
  id_params?: string[];
  type_params?: string[];
  type?: "" | "account" | "case" | "contact" | "lead" | "opportunity" | "task";
}

export interface CrmFields {
  name?: string;
  title?: string;
  account?: string;
  email?: string;
  mobile?: string;
  phone?: string;
}

export interface CrmSite {
  id: string;
  label: string;
  hosts: string[];
  rules: CrmRule[];
  application?: string;
  id_form?: "" | "guid" | "sf18";
  types?: Record<string, RecordType>;
  prefixes?: Record<string, RecordType>;
  fields?: CrmFields | null;
}

export interface CrmTable {
  version: number;
  crms: CrmSite[];
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
  | PersonName
  | MessageEdit
  | MessageCancel
  | MessageKeep
  | MessageFile
  | MessageSettle
  | ReceiptRetry
  | ReceiptLink
  | QuickReplyList
  | RestrictionSet
  | SuspicionAnswer
  | ActivityList
  | NoteAdd
  | PersonList
  | TimeSuggest;

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
  | MessageMoved
  | ConversationUpdated
  | MessageSaved
  | ConversationSaved
  | QuickReplyPage
  | ActivityPage
  | NoteAdded
  | PersonPage
  | TimeSuggested
  | SessionUpdated
  | PersonErased;

export type EventFrame =
  | MessageCreated
  | MessageUpdated
  | MessageMoved
  | ConversationUpdated
  | SessionUpdated
  | PersonErased;
