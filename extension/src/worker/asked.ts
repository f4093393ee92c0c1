// What panes ask and say, by kind.

import { type PaneToWorker, PASSED_ON, type WorkerToPane } from "../lib/messages";
import type {
  Conversation,
  FrameRefused,
  Message,
  Person,
  PersonOnPage,
  ServerFrame,
} from "../wire";
import { reviewActions } from "./actions";
import { askForPage, isFirst, ROWS } from "./listing";
import { fetchMedia, upload } from "./media";
import { closePane, follow, openInWindow, openLink, openSignIn, raise, resize } from "./open";
import type { Pane } from "./panes";
import type { Parts } from "./parts";
import { clip } from "./person";

type Core = Pick<
  Parts,
  | "account"
  | "asks"
  | "cache"
  | "connection"
  | "drafts"
  | "known"
  | "nonces"
  | "notices"
  | "outbox"
  | "pages"
  | "panes"
  | "paneSize"
  | "reads"
  | "later"
>;

type Handlers = {
  [K in PaneToWorker["kind"]]: (
    core: Core,
    pane: Pane,
    said: Extract<PaneToWorker, { kind: K }>,
  ) => void;
};
type Said<K extends PaneToWorker["kind"]> = Extract<PaneToWorker, { kind: K }>;

const HANDLERS: Handlers = {
  hello: () => {},
  list,
  open,
  open_person: openPerson,
  ask: (core, pane, { request, question }) => {
    if (!(PASSED_ON as readonly string[]).includes(question.type)) return;
    core.asks.ask(
      pane,
      question,
      (frame) => core.panes.post(pane, { kind: "answer", request, frame }),
      refusal(core, pane, request),
    );
  },
  upload: (core, pane, said) => void upload(core, pane, said),
  fetch_media: (core, pane, said) => void fetchMedia(core, pane, said),
  older: (core, pane, { request, conversation, before }) => {
    core.asks.ask(
      pane,
      { type: "message.list", conversation, before, limit: ROWS },
      (frame) => {
        if (frame.type !== "message.page") return;
        const messages = frame.messages.sort((a, b) => a.id - b.id);
        core.panes.post(pane, { kind: "older", request, conversation, messages, more: frame.more });
      },
      refusal(core, pane, request),
    );
  },
  send: (core, _pane, { ref, conversation, body, send_at, media }) => {
    const text = body.replaceAll("\0", "").toWellFormed();
    void core.outbox.add({ ref, conversation, body: text, send_at, media });
  },
  discard: (core, _pane, { ref }) => void core.outbox.remove(ref),
  read: (core, _pane, { conversation, upto }) => {
    void core.notices.read(conversation, upto);
    void core.reads.add(conversation, upto);
  },
  draft: (core, _pane, { conversation, body }) => void core.drafts.put(conversation, body),
  name: (core, pane, { request, person, name }) => {
    core.asks.ask(
      pane,
      { type: "person.name", person, name: clip(name, 200) },
      (frame) => {
        if (frame.type === "person.named") rename(core, frame.person);
      },
      refusal(core, pane, request),
    );
  },
  close: (core, pane) => void closePane(core, pane),
  covered: (core, pane) => raise(core, pane),
  window: (core, _pane, { conversation }) =>
    void openInWindow(
      core,
      conversation === null ? { kind: "list" } : { kind: "conversation", conversation },
    ),
  size: (core, pane, { width, height }) => resize(core, pane.tab, width, height),
  reconnect: (core) => void core.connection.connect(),
  sign_in: () => openSignIn(),
  follow: (core, pane, { url }) => void follow(core, pane, url),
  open_link: (_core, _pane, { url }) => openLink(url),
};

export function hear(core: Core, pane: Pane, said: PaneToWorker): void {
  if (!Object.hasOwn(HANDLERS, said.kind)) return;
  (HANDLERS[said.kind] as (core: Core, pane: Pane, said: PaneToWorker) => void)(core, pane, said);
}

function refusal(core: Core, pane: Pane, request: string): (frame: FrameRefused) => void {
  return ({ reason, text, blocked }) =>
    core.panes.post(pane, { kind: "refused", request, reason, text, blocked });
}

function list(core: Core, pane: Pane, said: Said<"list">): void {
  const { request, folder, search, before } = said;
  const page = (conversations: Conversation[], next: string, cached: boolean): void => {
    const answer: WorkerToPane = {
      ...{ kind: "page", request, folder, search },
      ...{ conversations, next, cached },
    };
    core.panes.post(pane, answer);
  };
  if (isFirst(said) && core.cache.page) page(core.cache.rows(), core.cache.page.next, true);
  askForPage(
    core,
    pane,
    { folder, search: clip(search, 100), before },
    (conversations, next) => page(conversations, next, false),
    refusal(core, pane, request),
  );
}

function rename(core: Core, person: Person): void {
  for (const one of [...core.cache.conversations.values()]) {
    if (one.person.id !== person.id) continue;
    const conversation = core.cache.putConversation({ ...one, person });
    core.panes.tell({ kind: "conversation", conversation });
  }
  core.later(core.cache.save());
}

function shows(core: Core, pane: Pane, conversation: number): void {
  pane.conversation = conversation;
  const page = pane.windowed ? null : core.pages.of(pane.tab);
  if (page) page.shows = conversation;
}

function open(core: Core, pane: Pane, { request, conversation: id }: Said<"open">): void {
  shows(core, pane, id);
  const known = core.cache.conversations.get(id);
  const thread = core.cache.threads.get(id);
  if (known && thread) opened(core, pane, request, known, thread.messages, thread.more, true);
  core.asks.ask(
    pane,
    { type: "conversation.get", conversation: id },
    (frame) => openedAnew(core, pane, request, frame),
    refusal(core, pane, request),
  );
}

function openPerson(
  core: Core,
  pane: Pane,
  { request, person, number }: Said<"open_person">,
): void {
  pane.conversation = null;
  const known = remembered(core, person, number);
  const thread = known && core.cache.threads.get(known.id);
  if (thread) opened(core, pane, request, known, thread.messages, thread.more, true);
  core.asks.ask(
    pane,
    { type: "conversation.open", person, number },
    (frame) => openedAnew(core, pane, request, frame),
    refusal(core, pane, request),
  );
}

function openedAnew(core: Core, pane: Pane, request: string, frame: ServerFrame): void {
  if (frame.type !== "conversation.opened") return;
  const newest = core.cache.putConversation(frame.conversation);
  const { messages } = core.cache.putThread(newest.id, frame.messages, frame.more);
  core.later(core.cache.save());
  reviewActions(core);
  opened(core, pane, request, newest, messages, frame.more, false);
}

/** The conversation with exactly this person, on this number of ours or else the latest one. Two
 * people may share a mobile: then nothing is shown before the backend has said which one it is. */
function remembered(
  core: Core,
  { mobile, crm_ref, name }: PersonOnPage,
  number: number | null,
): Conversation | null {
  const found = [...core.cache.conversations.values()].filter((one) => {
    const same = crm_ref ? one.person.crm_ref === crm_ref : one.person.name === name;
    return same && one.person.mobile === mobile && (number === null || one.number.id === number);
  });
  return found.sort((a, b) => b.last_at - a.last_at)[0] ?? null;
}

function opened(
  core: Core,
  pane: Pane,
  request: string,
  conversation: Conversation,
  messages: Message[],
  more: boolean,
  cached: boolean,
): void {
  shows(core, pane, conversation.id);
  core.panes.post(pane, {
    ...{ kind: "opened", request, conversation, messages, more, cached },
    draft: core.drafts.of(conversation.id),
    pending: core.outbox.of(conversation.id),
  });
}
