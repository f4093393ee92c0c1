import type { Conversation } from "../../wire";
import { usePane } from "../context";
import { firstName } from "../format/words";
import { clockIn, exactIn, zoneName } from "../format/time";
import { Icon } from "./Icon";

/** What the recipient's clock says now, and a moon while it is too late or too early to text. */
export function Clock({ conversation }: { conversation: Conversation }) {
  const { now } = usePane();
  const { person, zone_certain, blocked } = conversation;
  const zone = conversation.zone || person.time_zone;
  const time = clockIn(zone, now.value);
  if (!time) return null;
  const quiet = blocked?.reason === "quiet_hours" && (blocked.until ?? Infinity) > now.value;
  const short = zoneName(zone, now.value, "short");
  const long = zoneName(zone, now.value, "long");
  const guessed = conversation.zone !== "" && !zone_certain;
  const source = guessed ? " Told by the number's area code alone." : "";
  const hours = quiet ? " Quiet hours." : "";
  return (
    <span
      class={quiet ? "their-time quiet-hours" : "their-time"}
      title={`${exactIn(zone, now.value)}, ${long}.${source}${hours}`}
    >
      {quiet && <Icon name="moon" />}
      {guessed && <span class="unseen">Probably </span>}
      {guessed && <span aria-hidden="true">~</span>}
      {time} for {firstName(person)}
      {short && ` (${short})`}
      {quiet && <span class="unseen">, quiet hours</span>}
    </span>
  );
}
