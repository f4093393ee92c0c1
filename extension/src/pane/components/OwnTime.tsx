import { useState } from "preact/hooks";
import type { TimeSuggested } from "../../wire";
import { usePane } from "../context";
import { bothClocks, known, momentsOf, notThen, type Wall, wallAt } from "../format/zone";

interface Props {
  told: TimeSuggested;
  ready: boolean;
  choose(at: number): void;
}

/** A date and time on the recipient's clock. */
export function OwnTime({ told, ready, choose }: Props) {
  const { now } = usePane();
  const { zone, windows } = told;
  const first = told.times[0]?.at ?? windows[0]?.[0] ?? now.value;
  const [wall, setWall] = useState<Wall>(() => wallAt(first, zone));
  const moments = momentsOf(wall, zone);
  const [at] = moments;
  const wrong = at === undefined ? noSuchTime(wall) : notThen(at, windows, zone, now.value);
  const can = ready && at !== undefined && !wrong;

  function take(): void {
    if (can) choose(at);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a form within a form is none
    <div
      class="own-time"
      role="group"
      aria-label="A time of your own"
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        take();
      }}
    >
      <div class="fields">
        <input
          type="date"
          aria-label={known(zone) ? "Date, where they are" : "Date"}
          aria-invalid={wrong !== ""}
          aria-describedby="own-time"
          min={wallAt(now.value, zone).date}
          value={wall.date}
          onInput={(event) => setWall({ ...wall, date: event.currentTarget.value })}
        />
        <input
          type="time"
          aria-label={known(zone) ? "Time, where they are" : "Time"}
          aria-invalid={wrong !== ""}
          aria-describedby="own-time"
          value={wall.time}
          onInput={(event) => setWall({ ...wall, time: event.currentTarget.value })}
        />
        <button type="button" class="primary" aria-disabled={!can} onClick={take}>
          Choose
        </button>
      </div>
      <p id="own-time" class={wrong ? "wrong" : ""} role="status">
        {wrong ||
          (at !== undefined &&
            bothClocks(at, zone) +
              (moments.length > 1
                ? ". The clocks go back that night: this is the first time."
                : ""))}
      </p>
    </div>
  );
}

/** The clocks of the zone never show it. */
function noSuchTime({ date, time }: Wall): string {
  if (!date || !time) return "Give a date and a time.";
  return "The clocks go forward then and leave that time out. Choose another.";
}
