import type { Message, Person } from "../../wire";
import { usePane } from "../context";
import { initials } from "../format/initials";
import { clock } from "../format/time";
import { attachments, callName, delivery } from "../format/words";
import { Icon } from "./Icon";
import { LinkText } from "./LinkText";
import { MediaGrid } from "./MediaTile";
import { Time } from "./Time";

interface Props {
  message: Message;
  person: Person;
  meta: boolean;
  last: boolean;
}

export function Bubble({ message, person, meta, last }: Props) {
  const outbound = message.direction === "outbound";
  const side = outbound ? "out" : "in";
  const who = outbound ? message.author || "You" : callName(person);
  // Counted, and not told one by one: an older backend, or an older memory of this worker.
  const untold = message.media_count > 0 && message.media.length === 0;
  return (
    <div class={`said ${side}`} data-message={message.id}>
      <span class="unseen">{who}: </span>
      {message.media.length > 0 && <MediaGrid media={message.media} who={who} />}
      {(message.body || untold) && (
        <div class={last ? "bubble last" : "bubble"}>
          {message.body && <LinkText text={message.body} />}
          {untold && (
            <p class="media">
              <Icon name="clip" />
              {attachments(message.media_count)}
            </p>
          )}
        </div>
      )}
      {meta &&
        (outbound ? (
          <Outbound message={message} name={callName(person)} />
        ) : (
          <Inbound at={message.at} />
        ))}
    </div>
  );
}

function Inbound({ at }: { at: number }) {
  return (
    <div class="meta">
      <Time at={at} text={clock(at)} />
    </div>
  );
}

function Outbound({ message, name }: { message: Message; name: string }) {
  const { session, composer, ui } = usePane();
  const { words, tone, detail } = delivery(message, name);
  const own = message.author_id === null || message.author_id === session.value?.user?.id;
  return (
    <div class={`meta tone-${tone}`}>
      <span>
        {!own && message.author && (
          <>
            <abbr title={message.author}>{initials(message.author)}</abbr>
            {" · "}
          </>
        )}
        <Time at={message.at} text={clock(message.at)} />
        {words && (
          <>
            {" · "}
            <b>{words}</b>
          </>
        )}
      </span>
      {detail && (
        <span class="detail" dir="auto">
          {detail}
        </span>
      )}
      {tone === "bad" && message.body && (
        <button
          type="button"
          class="link"
          onClick={() => {
            composer.putBack(message.conversation, message.body);
            ui.focus.value = "composer";
          }}
        >
          Edit and send again
        </button>
      )}
    </div>
  );
}
