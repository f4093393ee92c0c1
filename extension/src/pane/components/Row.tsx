import type { Conversation } from "../../wire";
import { countText } from "../../lib/unread";
import { usePane } from "../context";
import { initials } from "../format/initials";
import { listTime } from "../format/time";
import { callName, peek, standing } from "../format/words";
import { Icon } from "./Icon";
import { Time } from "./Time";

interface Props {
  conversation: Conversation;
  current: boolean;
  tabbed: boolean;
  open(): void;
}

export function Row({ conversation, current, tabbed, open }: Props) {
  const { now, conversations } = usePane();
  const unread = conversations.unread(conversation);
  return (
    <button
      type="button"
      class={unread ? "row unread" : "row"}
      aria-current={current ? "true" : undefined}
      tabIndex={tabbed ? 0 : -1}
      data-id={conversation.id}
      onClick={open}
    >
      <span class="face" aria-hidden="true">
        {initials(conversation.person.name) || <Icon name="person" />}
      </span>
      <span class="line">
        <span class="name" dir="auto">
          {callName(conversation.person)}
        </span>
        <span class="when">
          <Time at={conversation.last_at} text={listTime(conversation.last_at, now.value)} />
        </span>
      </span>
      <span class="line">
        <span class="peek">
          {conversation.last_message !== null &&
            !standing(conversation) &&
            conversation.preview_direction === "outbound" &&
            "You: "}
          <bdi>{peek(conversation)}</bdi>
        </span>
        {unread > 0 && (
          <span class="count">
            {countText(unread)}
            <span class="unseen"> unread</span>
          </span>
        )}
      </span>
    </button>
  );
}
