import { usePane } from "../context";
import { shortly } from "../format/zone";
import { ScheduleMenu } from "./ScheduleMenu";
import type { Popover } from "../hooks/use_popover";
import type { Conversation } from "../../wire";
import type { Later } from "../state/standing";

interface Props {
  conversation: Conversation;
  /** Set while a text may not go now. */
  later: Later | null;
  popover: Popover;
}

/** The one thing to do with what is written, and beside it the other time to do it. */
export function SendButtons({ conversation, later, popover }: Props) {
  const { composer, sending, schedule, now } = usePane();
  const { id, zone, person } = conversation;
  const edit = composer.edit(id);
  const waiting = sending.waiting.value?.conversation === id;
  const choosing = !edit && later !== null && !later.exact;
  const ready = edit ? composer.editReady(id) : composer.ready(id);

  if (waiting)
    return (
      // A node of its own: one that turned into Send in the midst of the click would submit.
      <span class="go" key="stop">
        <button type="button" class="primary send" onClick={() => sending.hold(id)}>
          Uploading… Stop
        </button>
      </span>
    );
  return (
    <span class="go" key="send">
      {edit && (
        <button type="button" key="discard" class="plain" onClick={() => schedule.discard(id)}>
          Discard
        </button>
      )}
      {!choosing && (
        <button type="submit" key="send" class="primary send" aria-disabled={!ready}>
          {edit
            ? "Save"
            : later
              ? `Schedule for ${shortly(later.from, zone || person.time_zone, now.value)}`
              : "Send"}
        </button>
      )}
      <ScheduleMenu {...{ conversation, popover, ready, from: later?.from ?? 0, choosing }} />
    </span>
  );
}
