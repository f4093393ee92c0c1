import { useRef } from "preact/hooks";
import { MAX_NOTE, type Person } from "../../wire";
import { usePane } from "../context";
import { callName } from "../format/words";
import { sendable } from "../state/composer";

/** Counting begins where the end comes near. */
const NEAR_END = 500;
const number = new Intl.NumberFormat("en-US");

/** A note about the person, for the team: nobody outside reads it. */
export function NoteForm({ person }: { person: Person }) {
  const { activities, ui } = usePane();
  const area = useRef<HTMLTextAreaElement>(null);
  const text = activities.note(person.id);
  const left = MAX_NOTE - [...text].length;
  const can = sendable(text) !== "" && left >= 0 && !activities.saving.value;

  async function save(): Promise<void> {
    if (!can) return;
    if (await activities.addNote(person.id)) ui.status.value = "Note added";
    area.current?.focus();
  }

  return (
    <form
      class={left < 0 ? "note-form over" : "note-form"}
      aria-label="Add a note"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        ref={area}
        rows={2}
        dir="auto"
        placeholder="Write a note for your team"
        aria-label={`Note about ${callName(person)}`}
        aria-invalid={left < 0}
        aria-describedby="note-left"
        value={text}
        onInput={(event) => activities.write(person.id, event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          if (!event.repeat) void save();
        }}
      />
      <div class="tools">
        <span class={left < 0 ? "price over" : "price"} id="note-left">
          {left < 0
            ? `${number.format(-left)} too many`
            : left <= NEAR_END
              ? `${number.format(left)} left`
              : "Ctrl Enter"}
        </span>
        <button type="submit" class="primary" aria-disabled={!can}>
          {activities.saving.value ? "Adding…" : "Add note"}
        </button>
      </div>
      <p class="error" role="alert">
        {activities.noteError.value}
      </p>
    </form>
  );
}
