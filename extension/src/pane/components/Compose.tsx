import type { Conversation } from "../../wire";
import { usePane } from "../context";
import { blockedAt, laterAt } from "../state/standing";
import { Blocked } from "./Blocked";
import { ComposeBox } from "./ComposeBox";
import { ComposeNotes } from "./ComposeNotes";

export function Compose({ conversation }: { conversation: Conversation }) {
  const { session, composer, attachments, now } = usePane();
  const { id } = conversation;
  const text = composer.text(id);
  const passing = blockedAt(conversation, now.value);
  const reasons = [session.value?.blocked, passing];
  const blocked = reasons.find((reason) => reason && laterAt(reason) === null);
  if (blocked) {
    const draft = text.trim() !== "" || attachments.of(id).length > 0;
    return <Blocked blocked={blocked} conversation={conversation} draft={draft} />;
  }
  return (
    <footer class="compose-place">
      <ComposeNotes conversation={conversation} passing={passing} />
      <ComposeBox conversation={conversation} later={passing && laterAt(passing)} />
    </footer>
  );
}
