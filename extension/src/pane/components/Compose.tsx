import type { Blocked as Reason, Conversation } from "../../wire";
import { usePane } from "../context";
import { Blocked } from "./Blocked";
import { ComposeBox } from "./ComposeBox";
import { ComposeNotes } from "./ComposeNotes";

export function Compose({ conversation }: { conversation: Conversation }) {
  const { session, composer, attachments } = usePane();
  const { id } = conversation;
  const text = composer.text(id);
  const reasons = [session.value?.blocked, conversation.blocked];
  const blocked = reasons.find((reason) => reason && laterAt(reason) === null);
  if (blocked) {
    const draft = text.trim() !== "" || attachments.of(id).length > 0;
    return <Blocked blocked={blocked} conversation={conversation} draft={draft} />;
  }
  const quiet = conversation.blocked;
  return (
    <footer class="compose-place">
      <ComposeNotes conversation={conversation} quiet={quiet} />
      <ComposeBox conversation={conversation} later={quiet ? laterAt(quiet) : null} />
    </footer>
  );
}

/** When a text may go that may not go now, in ms; null where waiting does not help. */
const laterAt = ({ reason, until }: Reason) => (reason === "quiet_hours" ? until : null);
