import type { Pending } from "../../lib/messages";
import { usePane } from "../context";
import { clock } from "../format/time";
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
  return (
    <div class="said out" data-ref={pending.ref}>
      <div class={`bubble${last ? " last" : ""}${refused ? " refused" : ""}`}>
        <span class="unseen">You: </span>
        <p dir="auto">{pending.body}</p>
      </div>
      {refused ? (
        <Refused pending={pending} />
      ) : (
        meta && (
          <div class="meta">
            <span>
              <Time at={pending.at} text={clock(pending.at)} />
              {" · "}
              <b>{online.value ? "Sending…" : "Waiting for connection"}</b>
            </span>
          </div>
        )
      )}
    </div>
  );
}

function Refused({ pending }: { pending: Pending }) {
  const { outgoing, composer, toast, ui } = usePane();
  const { ref, conversation, body } = pending;

  function edit(): void {
    composer.putBack(conversation, body);
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
        <Time at={pending.at} text={clock(pending.at)} /> · <b>Not sent</b>
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
