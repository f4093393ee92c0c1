import type { Conversation, Message } from "../../wire";
import { usePane } from "../context";
import { initials } from "../format/initials";
import { clock } from "../format/time";
import { attachments, callName, delivery } from "../format/words";
import { Doubtful } from "./Doubtful";
import { Icon } from "./Icon";
import { LinkText } from "./LinkText";
import { MediaGrid } from "./MediaTile";
import { MessageMenu } from "./MessageMenu";
import { LoggedNote, LoggedWord } from "./Receipt";
import { Time } from "./Time";

interface Props {
  message: Message;
  conversation: Conversation;
  meta: boolean;
  last: boolean;
  /** The latest with such a receipt, which says it in full. */
  full: boolean;
  /** Whether Tab reaches its menu. */
  tabbed: boolean;
}

export function Bubble({ message, conversation, meta, last, full, tabbed }: Props) {
  const { changing } = usePane();
  const outbound = message.direction === "outbound";
  const side = outbound ? "out" : "in";
  const name = callName(conversation.person);
  const who = outbound ? message.author || "You" : name;
  // Counted, and not told one by one: an older backend, or an older memory of this worker.
  const untold = message.media_count > 0 && message.media.length === 0;
  return (
    <div class={`said ${side}`} data-message={message.id}>
      <span class="unseen">{who}: </span>
      <div class="spoken">
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
        <MessageMenu message={message} conversation={conversation} tabbed={tabbed} />
      </div>
      {(meta || changing.troubles.value.has(message.id)) && (
        <Meta message={message} name={name} full={full} />
      )}
    </div>
  );
}

interface MetaProps {
  message: Message;
  name: string;
  full: boolean;
}

function Meta({ message, name, full }: MetaProps) {
  const { session, composer, receipts, ui } = usePane();
  const { words, tone, detail } = delivery(message, name);
  const own = message.author_id === null || message.author_id === session.value?.user?.id;
  const receipt = receipts.of(message);
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
        {receipt && <LoggedWord receipt={receipt} full={full} />}
      </span>
      {detail && (
        <span class="detail" dir="auto">
          {detail}
        </span>
      )}
      {message.doubt === "open" && <Doubtful message={message} name={name} />}
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
      <LoggedNote message={message.id} receipt={receipt} full={full} />
    </div>
  );
}
