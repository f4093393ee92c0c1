import { usePane } from "../context";
import { Icon } from "./Icon";

/** A press was refused, as the rep may not have seen what they pressed. In a window of its own
 * nothing of a page is over the pane: that is the way out where something harmless is. */
export function Covered() {
  const { guard, talks, composer, post, world } = usePane();
  const refused = guard.refused.value;
  if (!refused) return null;
  return (
    // Anew for each press: screen readers say it again.
    <div class="note covered" role="alert" key={refused.times}>
      <Icon name="warning" />
      <span>
        {refused.sight === "early"
          ? "The pane was in sight for less than half a second: nothing was done. Try again."
          : "Something covered the pane: nothing was done. Look, then try again."}
      </span>
      {world.framed && refused.sight === "covered" && (
        <button
          type="button"
          class="link"
          onClick={() => {
            composer.flush();
            post({ kind: "window", conversation: talks.current.value });
          }}
        >
          Open in a window
        </button>
      )}
    </div>
  );
}
