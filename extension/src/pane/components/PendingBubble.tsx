import type { Pending } from "../../lib/messages";
import { usePane } from "../context";
import { clock } from "../format/time";
import { WAITING } from "../format/words";
import { MediaGrid } from "./MediaTile";
import { Time } from "./Time";

interface Props {
  pending: Pending;
  meta: boolean;
  last: boolean;
}

/** A text that the backend does not have yet. */
export function PendingBubble({ pending, meta, last }: Props) {
  const { online } = usePane();
  const refused = pending.state === "refused";
  const later = pending.send_at !== null;
  const media = pending.media ?? []; // from before an update of the extension
  const looks = refused ? " refused" : later ? " scheduled" : "";
  return (
    <div class="said out" data-ref={pending.ref}>
      <span class="unseen">You: </span>
      {media.length > 0 && <MediaGrid media={media} who="You" />}
      {pending.body && (
        <div class={`bubble${last ? " last" : ""}${looks}`}>
          <p dir="auto">{pending.body}</p>
        </div>
      )}
      {refused ? (
        <Refused pending={pending} />
      ) : (
        meta && (
          <div class="meta">
            <span>
              <Time at={pending.at} text={clock(pending.at)} />
              {" · "}
              <b>{online.value ? (later ? "Scheduling…" : "Sending…") : WAITING}</b>
            </span>
          </div>
        )
      )}
    </div>
  );
}

function Refused({ pending }: { pending: Pending }) {
  const { outgoing, composer, attachments, toast, ui } = usePane();
  const { ref, conversation, body, send_at, media } = pending;

  function edit(): void {
    composer.putBack(conversation, body);
    attachments.restore(conversation, media ?? []);
    outgoing.hide(ref);
    outgoing.discard(ref);
    ui.focus.value = "composer";
  }

  function remove(): void {
    outgoing.hide(ref);
    toast.offer(
      "Text deleted",
      () => outgoing.discard(ref),
      () => outgoing.show(ref),
    );
    ui.focus.value = "composer";
  }

  return (
    <div class="meta tone-bad">
      <span>
        <Time at={pending.at} text={clock(pending.at)} /> ·{" "}
        <b>{send_at === null ? "Not sent" : "Not scheduled"}</b>
      </span>
      <span class="detail" dir="auto">
        {pending.text || "The text was refused."}
      </span>
      <span class="choices">
        <button type="button" class="link" onClick={() => outgoing.tryAgain(pending)}>
          Try again
        </button>
        <button type="button" class="link" onClick={edit}>
          Edit
        </button>
        <button type="button" class="link" onClick={remove}>
          Delete
        </button>
      </span>
    </div>
  );
}
