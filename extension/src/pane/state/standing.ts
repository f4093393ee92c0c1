// Why a text may not go now. Some reasons end by themselves: what was told of them does not outlive
// them, so everybody asks here and not the conversation itself.
import type { Blocked, Conversation, TimeSuggested } from "../../wire";

/** From when a text may go that may not go now. */
export interface Later {
  from: number; // ms
  /** Whether it may go at that very minute, as far as its time is concerned. */
  exact: boolean;
}

/** Where a day's texts are used up the next day's begin at midnight, when nobody wants one. */
const OF_THE_DAY = new Set(["team_cap", "user_cap"]);

export function blockedAt({ blocked }: Conversation, now: number): Blocked | null {
  if (!blocked) return null;
  const later = laterAt(blocked);
  return later && later.from <= now ? null : blocked;
}

/** What scheduling mends; null where waiting does not help, or helps too late. */
export function laterAt({ reason, until }: Blocked): Later | null {
  if (until === null) return null;
  if (reason === "quiet_hours") return { from: until, exact: true };
  return OF_THE_DAY.has(reason) ? { from: until, exact: false } : null;
}

/** Of the times that suit the recipient those from `from` on. */
export function timesFrom(told: TimeSuggested, from: number): TimeSuggested {
  const windows = told.windows
    .map(([begins, ends]): [number, number] => [Math.max(begins, from), ends])
    .filter(([begins, ends]) => begins < ends);
  return { ...told, times: told.times.filter(({ at }) => at >= from), windows };
}
