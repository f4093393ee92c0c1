// What the worker says, by kind.
import type { WorkerToPane } from "../../lib/messages";
import { receiptWords } from "../format/receipts";
import { callName, delivery } from "../format/words";
import type { Pane } from "./pane";

type Handlers = {
  [K in WorkerToPane["kind"]]: (pane: Pane, message: Extract<WorkerToPane, { kind: K }>) => void;
};

const handlers: Handlers = {
  session(pane, { session }) {
    pane.session.value = session;
    pane.welcomed();
  },
  target(pane, { target }) {
    pane.aim(target);
  },
  page(pane, message) {
    pane.list.page(message);
  },
  opened(pane, message) {
    pane.opening.opened(message);
  },
  older(pane, message) {
    pane.opening.older(message);
  },
  message(pane, { message, conversation, created }) {
    const before = pane.talks.message(message.id);
    if (conversation) pane.list.put(conversation);
    pane.talks.put(message);
    pane.outgoing.arrived(message);
    pane.activities.logged(message);
    announce(pane, message, before, created);
  },
  conversation(pane, { conversation }) {
    pane.list.put(conversation);
    pane.naming.settled();
  },
  pending(pane, { conversation, pending }) {
    pane.outgoing.told(conversation, pending);
    const refused = pending.find((p) => p.state === "refused");
    if (refused) pane.ui.status.value = `Not sent: ${refused.text}`;
  },
  answer(pane, { request, frame }) {
    pane.asking.answered(request, frame);
  },
  uploaded(pane, { request, media }) {
    pane.asking.answered(request, media);
  },
  media(pane, message) {
    pane.asking.answered(message.request, message);
  },
  erased(pane, { conversations }) {
    for (const id of conversations) pane.forgetConversation(id);
  },
  reset(pane) {
    pane.refresh();
  },
  refused(pane, message) {
    const { list, opening, naming, outgoing, asking } = pane;
    if (asking.refused(message)) return;
    if (list.refused(message) || opening.refused(message) || naming.refused(message)) return;
    outgoing.refused(message.request, message.reason, message.text);
  },
};

type Told = Extract<WorkerToPane, { kind: "message" }>["message"];

/** Screen readers hear a new text of the open conversation, how a sent one ended, and that one was
 * not logged. What else has changed of it is not theirs to sit through. */
function announce(pane: Pane, message: Told, before: Told | undefined, created: boolean): void {
  if (message.conversation !== pane.talks.current.value) return;
  const conversation = pane.conversations.get(message.conversation);
  const name = conversation ? callName(conversation.person) : "";
  const { receipt } = message;
  if (receipt?.state === "failed" && before?.receipt?.state !== "failed")
    pane.ui.status.value = receiptWords(receipt)?.sentence ?? "";
  else if (message.direction === "outbound") {
    if (before?.status === message.status && before.error === message.error) return;
    const { words, detail } = delivery(message, name);
    pane.ui.status.value = detail ? `${words}. ${detail}` : words;
  } else if (created) pane.ui.heard.value = `${name}: ${message.body}`;
}

export function handle(pane: Pane, message: WorkerToPane): void {
  // A newer worker may say more than this pane knows.
  const handler = handlers[message.kind] as ((p: Pane, m: WorkerToPane) => void) | undefined;
  handler?.(pane, message);
}
