import { useRef } from "preact/hooks";
import type { Blocked as Reason, Conversation } from "../../wire";
import { usePane } from "../context";
import { dateAndTime, exact } from "../format/time";
import { webAddress } from "../format/words";
import { whenInWords } from "../format/zone";
import { useFocus } from "../hooks/use_focus";
import { Icon, type IconName } from "./Icon";
import { NumberPicker } from "./NumberPicker";

/** What the choice of another number, of ours or of theirs, may mend. The gate's own words. */
const OF_NUMBERS = new Set([
  ...["no_number", "retired_number", "local_presence", "number_not_sms", "a2p"],
  ...["media_not_possible", "landline", "own_number"],
  ...["no_mobile", "extension", "country", "toll_free", "premium", "fictitious"],
]);
const ICONS: Record<string, IconName> = {
  quiet_hours: "moon",
  opted_out: "forbid",
  do_not_text: "forbid",
  do_not_contact: "forbid",
};

interface Props {
  blocked: Reason;
  conversation: Conversation;
  /** Something is written that cannot be sent now. */
  draft: boolean;
}

/** In the composer's place while a text may not be sent: why, since when, and what can be done. */
export function Blocked({ blocked, conversation, draft }: Props) {
  const { now } = usePane();
  const place = useRef<HTMLDivElement>(null);
  useFocus("composer", place);
  const { reason, text, since, until } = blocked;
  const { person } = conversation;
  const zone = conversation.zone || person.time_zone;
  const choosable = OF_NUMBERS.has(reason);
  return (
    <footer class="compose-place">
      <div class="blocked" ref={place} tabIndex={-1} data-reason={reason}>
        <Icon name={ICONS[reason] ?? "warning"} />
        <div>
          <p dir="auto">{text}</p>
          <p class="more-of">
            {since !== null && (
              <span title={exact(since)}>Since {dateAndTime(since, now.value)}.</span>
            )}
            {until !== null && until > now.value && (
              <span title={exact(until)}>Until {whenInWords(until, zone, now.value)}.</span>
            )}
            {next(reason, text) && <span>{next(reason, text)}</span>}
            {draft && <span>Your draft is kept.</span>}
          </p>
          <Doing reason={reason} conversation={conversation} />
          {choosable && <NumberPicker conversation={conversation} />}
        </div>
      </div>
    </footer>
  );
}

/** The next step where the sentence does not name it already. */
function next(reason: string, text: string): string {
  if (reason === "opted_out" && !/\bSTART\b/.test(text))
    return "You can text again when they reply START.";
  return "";
}

function Doing({ reason, conversation }: { reason: string; conversation: Conversation }) {
  const { consent, ui, post } = usePane();
  const { person, do_not_text } = conversation;
  const error = consent.error(conversation.id);
  const profile = webAddress(person.profile_url);
  return (
    <>
      {reason === "do_not_text" && do_not_text && (
        <button
          type="button"
          class="link"
          aria-disabled={consent.busy.value}
          onClick={async () => {
            await consent.allow(conversation);
            ui.focus.value = "composer";
          }}
        >
          Allow texting
        </button>
      )}
      {reason === "suspected" && consent.suspicion(conversation) && (
        <button
          type="button"
          class="link"
          onClick={() => {
            ui.focus.value = "suspicion";
          }}
        >
          Go to the question
        </button>
      )}
      {reason === "do_not_contact" && profile && (
        <button type="button" class="link" onClick={() => post({ kind: "follow", url: profile })}>
          Open profile
        </button>
      )}
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
    </>
  );
}
