import type { Conversation } from "../../wire";
import { usePane } from "../context";
import { cheaper } from "../plain";
import { Blocked } from "./Blocked";
import { ComposeBox } from "./ComposeBox";

export function Compose({ conversation }: { conversation: Conversation }) {
  const { session, composer } = usePane();
  const text = composer.text(conversation.id);
  const blocked = conversation.blocked ?? session.value?.blocked;
  if (blocked) return <Blocked text={blocked.text} draft={text.trim() !== ""} />;
  return (
    <footer class="compose-place">
      <PlainNote conversation={conversation.id} text={text} />
      <ComposeBox conversation={conversation} text={text} />
    </footer>
  );
}

/** One character can double the price. Nothing is changed unasked: the rep may want it so. */
function PlainNote({ conversation, text }: { conversation: number; text: string }) {
  const { composer, ui } = usePane();
  const better = cheaper(text);
  return (
    <div role="status">
      {better && (
        <div class="note">
          <span>
            {better.cause} {messages(better.now)}, not {better.count}.
          </span>
          <button
            type="button"
            class="link"
            onClick={() => {
              composer.write(conversation, better.plain);
              ui.focus.value = "composer";
            }}
          >
            {better.action}
          </button>
        </div>
      )}
    </div>
  );
}

const messages = (count: number) => (count === 1 ? "1 message" : `${count} messages`);
