const FIRST_MS = 500;
const MOST_MS = 30_000;

/** Full jitter: anywhere up to a ceiling that doubles, so that many clients do not come at once. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
}
