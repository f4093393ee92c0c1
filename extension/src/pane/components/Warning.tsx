import type { Conversation } from "../../wire";
import { usePane } from "../context";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";

/** A text may go, but may not arrive as one: said before it is written. */
export function Warning({ conversation }: { conversation: Conversation }) {
  const { ui } = usePane();
  const { warning, blocked, id } = conversation;
  const key = `warning ${warning?.reason} ${id}`;
  if (!warning || blocked || ui.putAway.value.has(key)) return null;
  return (
    <div class="note warning" role="note">
      <Icon name="warning" />
      <span dir="auto">{warning.text}</span>
      <IconButton
        icon="close"
        label="Hide this warning"
        onClick={() => {
          ui.putAwayFor(key);
          ui.focus.value = "composer";
        }}
      />
    </div>
  );
}
