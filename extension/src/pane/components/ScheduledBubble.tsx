import type { Conversation, Message } from "../../wire";
import { usePane } from "../context";
import { firstName, WAITING } from "../format/words";
import { whenInWords } from "../format/zone";
import { blockedAt } from "../state/standing";
import { Icon } from "./Icon";
import { MediaGrid } from "./MediaTile";

interface Props {
  message: Message;
  conversation: Conversation;
}

/** A text that waits for its time, and what may be done with it until then. */
export function ScheduledBubble({ message, conversation }: Props) {
  const { changing, schedule, composer, session, now } = usePane();
  const { id, body, author, author_id, media, hold } = message;
  const own = author_id === null || author_id === session.value?.user?.id;
  const edited = composer.edit(conversation.id)?.message.id === id;
  const trouble = edited ? "" : changing.troubles.value.get(id);
  const busy = changing.busy.value.has(id);
  const changeable = schedule.mine(message, session.value?.user ?? null);
  return (
    <div class="said out" data-message={id}>
      <span class="unseen">{own ? "You, scheduled: " : `${author}, scheduled: `}</span>
      {media.length > 0 && <MediaGrid media={media} who={own ? "You" : author} />}
      {body && (
        <div class={`bubble last scheduled${edited ? " edited" : ""}`}>
          <p dir="auto">{body}</p>
        </div>
      )}
      <div class="meta">
        {!own && <span>By {author}</span>}
        <When message={message} conversation={conversation} />
        {trouble && (
          <span class="detail bad" role="alert">
            {trouble}
          </span>
        )}
        {changing.waits(id) && <span class="detail">{WAITING}</span>}
        {edited ? (
          <span>Being changed below</span>
        ) : (
          changeable && (
            <span class="choices" aria-busy={busy}>
              {hold === "reply" ? (
                <Choice words="Keep" busy={busy} act={() => void schedule.keep(message)} />
              ) : (
                <>
                  <Choice words="Edit" busy={busy} act={() => schedule.edit(message)} />
                  {!hold && !blockedAt(conversation, now.value) && (
                    <Choice
                      words="Send now"
                      busy={busy}
                      act={() => void schedule.sendNow(message)}
                    />
                  )}
                </>
              )}
              <Choice words="Cancel" busy={busy} act={() => schedule.cancel(message)} />
            </span>
          )
        )}
      </div>
    </div>
  );
}

function When({ message, conversation }: Props) {
  const { now } = usePane();
  const { scheduled_for, hold } = message;
  const { person, zone, blocked } = conversation;
  const where = zone || person.time_zone;
  const first = firstName(person);
  const name = first === "them" ? "The recipient" : first;
  if (hold === "reply")
    return (
      <span class="detail warn">
        <b>{name} answered since. Send it anyway?</b>
      </span>
    );
  if (hold === "quiet_hours") {
    const until = blocked?.reason === "quiet_hours" ? blocked.until : scheduled_for;
    const when =
      until !== null && until > now.value ? ` until ${whenInWords(until, where, now.value)}` : "";
    return (
      <span class="detail warn">
        <Icon name="moon" /> Quiet hours for {first}: it waits{when}.
      </span>
    );
  }
  if (scheduled_for === null) return <b>Scheduled</b>;
  return (
    <span>
      <Icon name="clock" /> <b>Scheduled for {whenInWords(scheduled_for, where, now.value)}</b>
    </span>
  );
}

function Choice({ words, busy, act }: { words: string; busy: boolean; act(): void }) {
  return (
    <button type="button" class="link" aria-disabled={busy} onClick={act}>
      {words}
    </button>
  );
}
