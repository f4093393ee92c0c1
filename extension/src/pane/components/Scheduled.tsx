import type { Conversation } from "../../wire";
import { usePane } from "../context";
import { ScheduledBubble } from "./ScheduledBubble";

/** Below the log: what will be said. */
export function Scheduled({ conversation }: { conversation: Conversation }) {
  const { schedule } = usePane();
  const { id } = conversation;
  const waiting = schedule.waiting(id);
  const unseen = schedule.unseen(id);
  if (!waiting.length && !unseen) return null;
  return (
    <section class="waiting" aria-label="Scheduled texts">
      {waiting.map((message) => (
        <ScheduledBubble key={message.id} message={message} conversation={conversation} />
      ))}
      {unseen > 0 && (
        <p class="day">
          {unseen === 1 ? "1 more scheduled text is" : `${unseen} more scheduled texts are`} among
          the older texts.
        </p>
      )}
    </section>
  );
}
