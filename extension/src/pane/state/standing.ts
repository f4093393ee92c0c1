// Why a text may not go now. Quiet hours end by themselves: what was told of them does not outlive
// them, so everybody asks here and not the conversation itself.
import type { Blocked, Conversation } from "../../wire";

export function blockedAt({ blocked }: Conversation, now: number): Blocked | null {
  if (!blocked) return null;
  const later = laterAt(blocked);
  return later !== null && later <= now ? null : blocked;
}

/** When a text may go that may not go now, in ms; null where waiting does not help. */
export const laterAt = ({ reason, until }: Blocked) => (reason === "quiet_hours" ? until : null);
