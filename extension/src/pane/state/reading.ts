import { effect, type ReadonlySignal } from "@preact/signals";
import type { PaneToWorker } from "../../lib/messages";
import type { Conversations } from "./conversations";
import type { Talks } from "./talks";
import type { Ui } from "./ui";

/** Tells what the rep has really seen: the pane inSight to, the newest message on the screen. */
export function tellReading(
  post: (message: PaneToWorker) => void,
  inSight: ReadonlySignal<boolean>,
  stores: { talks: Talks; conversations: Conversations; ui: Ui },
): () => void {
  const { talks, conversations, ui } = stores;
  return effect(() => {
    const talk = talks.talk.value;
    const last = talk?.messages.at(-1);
    if (!talk || !last || !inSight.value || !ui.atBottom.value) return;
    const conversation = conversations.get(talk.id);
    // What is held may be older than the conversation says: then the newest was not seen.
    if (!conversation || conversations.unread(conversation) === 0) return;
    if ((conversation.last_message ?? 0) > last.id) return;
    if (conversations.wasSeen(talk.id, last.id)) return;
    conversations.markSeen(talk.id, last.id);
    post({ kind: "read", conversation: talk.id, upto: last.id });
  });
}
