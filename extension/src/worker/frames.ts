// What the backend says, by type of frame. Types that are not here are newer than this client.

import type { EventFrame, FrameRefused, Message, ServerFrame, SessionReady } from "../wire";
import { reviewActions } from "./actions";
import type { Parts } from "./parts";

type Core = Pick<
  Parts,
  | "account"
  | "asks"
  | "cache"
  | "connection"
  | "drafts"
  | "feed"
  | "known"
  | "notices"
  | "outbox"
  | "pages"
  | "panes"
  | "later"
  | "keepFeed"
  | "online"
>;

type Handlers<F extends { type: string }> = {
  [T in F["type"]]: (core: Core, frame: Extract<F, { type: T }>) => void;
};

const EVENTS: Handlers<EventFrame> = {
  "message.created": (core, { message, conversation, unread }) => {
    const newest = core.cache.putConversation(conversation);
    core.cache.raise(newest);
    core.cache.putMessage(message);
    core.known.setUnread(unread);
    core.panes.tell({ kind: "message", message, conversation: newest, created: true });
    reviewActions(core);
    if (message.ref) core.later(core.outbox.remove(message.ref));
    if (message.direction === "inbound") core.later(core.notices.incoming(message, newest));
  },
  "message.updated": (core, { message }) => tellMessage(core, message, false),
  "message.moved": (core, { message, conversation, unread }) => {
    const newest = core.cache.putConversation(conversation);
    core.cache.raise(newest);
    core.cache.putMessage(message);
    core.known.setUnread(unread);
    core.later(core.notices.moved(message.id, newest.id));
    core.panes.tell({ kind: "message", message, conversation: newest, created: false });
    reviewActions(core);
  },
  "conversation.updated": (core, { conversation, unread }) => {
    const newest = core.cache.putConversation(conversation);
    core.cache.raise(newest);
    core.known.setUnread(unread);
    if (newest.unread === 0) core.later(core.notices.read(newest.id));
    core.panes.tell({ kind: "conversation", conversation: newest });
    reviewActions(core);
  },
  "session.updated": (core, { numbers, blocked, prices }) =>
    core.known.put({ numbers, blocked, prices }),
  "person.erased": (core, { conversations, unread }) => {
    for (const conversation of conversations) {
      core.cache.forget(conversation);
      core.later(core.notices.read(conversation));
      core.later(core.drafts.put(conversation, ""));
      core.later(core.outbox.forget(conversation));
    }
    core.known.setUnread(unread);
    core.panes.tell({ kind: "erased", conversations });
  },
};

const ANSWERS: Handlers<Exclude<ServerFrame, EventFrame>> = {
  "session.ready": ready,
  "session.pong": () => {},
  "session.renewed": () => {},
  "session.goodbye": (core, { retry_ms }) => core.connection.restart(retry_ms),
  "conversation.page": (core, frame) => core.asks.answer(frame.request, frame),
  "conversation.opened": (core, frame) => core.asks.answer(frame.request, frame),
  "message.page": (core, frame) => core.asks.answer(frame.request, frame),
  "person.named": (core, frame) => core.asks.answer(frame.request, frame),
  "message.saved": (core, frame) => {
    tellMessage(core, frame.message, false);
    core.later(core.cache.save());
    core.asks.answer(frame.request, frame);
  },
  "conversation.saved": (core, frame) => {
    const conversation = core.cache.putConversation(frame.conversation);
    core.later(core.cache.save());
    core.panes.tell({ kind: "conversation", conversation });
    reviewActions(core);
    core.asks.answer(frame.request, frame);
  },
  "quick_reply.page": (core, frame) => core.asks.answer(frame.request, frame),
  "activity.page": (core, frame) => core.asks.answer(frame.request, frame),
  "note.added": (core, frame) => core.asks.answer(frame.request, frame),
  "person.page": (core, frame) => core.asks.answer(frame.request, frame),
  "time.suggested": (core, frame) => core.asks.answer(frame.request, frame),
  "message.accepted": (core, { ref, message }) => {
    tellMessage(core, message, true); // before the pending one goes, so that the bubble stays
    void core.outbox.remove(ref);
    core.later(core.cache.save());
  },
  "frame.refused": refused,
};

export function received(core: Core, frame: ServerFrame): void {
  if (frame.type !== "session.ready") core.connection.proved();
  if (isEvent(frame)) event(core, frame);
  else if (Object.hasOwn(ANSWERS, frame.type)) {
    (ANSWERS[frame.type] as (core: Core, frame: ServerFrame) => void)(core, frame);
  }
}

function isEvent(frame: ServerFrame): frame is EventFrame {
  return Object.hasOwn(EVENTS, frame.type);
}

function event(core: Core, frame: EventFrame): void {
  const place = core.feed.step(frame.seq);
  if (place === "repeat") return;
  if (place === "gap") {
    core.feed.fell();
    core.connection.restart();
    return;
  }
  (EVENTS[frame.type] as (core: Core, frame: EventFrame) => void)(core, frame);
  core.later(core.cache.save());
  core.keepFeed();
}

function tellMessage(core: Core, message: Message, created: boolean): void {
  if (!core.cache.putMessage(message)) return;
  core.panes.tell({ kind: "message", message, conversation: null, created });
}

function ready(core: Core, frame: SessionReady): void {
  core.account.skew = frame.now - Date.now();
  core.known.put({
    numbers: frame.numbers,
    unread: frame.unread,
    blocked: frame.blocked,
    prices: frame.prices,
  });
  const { last } = core.feed;
  if (!frame.resumed || last === null || frame.seq < last) {
    core.feed.adopt(frame.seq);
    core.later(core.cache.clear());
    core.keepFeed();
    core.panes.tell({ kind: "reset" });
  }
  core.connection.settled();
  core.outbox.flush();
  core.asks.flush();
  core.online();
}

function refused(core: Core, frame: FrameRefused): void {
  if (core.asks.refuse(frame) || core.outbox.refuse(frame)) return;
  console.warn(`Refused: ${frame.reason} ${frame.text}`);
}
