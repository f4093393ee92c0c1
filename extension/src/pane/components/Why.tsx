import type { Conversation } from "../../wire";
import { usePane } from "../context";
import { whyThisPerson } from "../format/words";
import { IconButton } from "./IconButton";

/** Why the text is here, where the number alone does not say it. */
export function Why({ conversation }: { conversation: Conversation }) {
  const { ui } = usePane();
  const why = whyThisPerson(conversation);
  const key = `why ${conversation.id}`;
  if (!why || ui.putAway.value.has(key)) return null;
  return (
    <div class="why">
      <p dir="auto">{why}</p>
      <IconButton
        icon="close"
        label="Hide this line"
        onClick={() => {
          ui.putAwayFor(key);
          ui.focus.value = "composer";
        }}
      />
    </div>
  );
}
