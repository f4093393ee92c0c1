// Regular expressions that a server may hand out. A bad one can take a browser's tab for good, so
// the ways in which one can match are counted before it ever runs: each piece may match in so many
// ways, and a search tries at most the product. That is only bounded where every repetition says
// its most, where no group repeats, and where the pattern begins at the beginning.

const LONGEST = 200;
const MOST_WAYS = 20_000;

/** One piece of a pattern. There is no dot, no look-around and no back-reference. */
const PIECE =
  /\(\?:|\(\?<[a-z]{2,5}>|\)\??|\||\^|\$|(?:\\[dw.\\/?{}-]|\[\^?(?:[^\]\\[]|\\[dw.-])+\]|[\w/:#%&=~ -])(?:\?|\{\d{1,3}(?:,\d{1,3})?\})?/y;
const REPEATED = /\{(\d+)(?:,(\d+))?\}$/;

/** Why a pattern may not run, or "" if it may. */
export function refusal(pattern: string): string {
  if (pattern.length > LONGEST) return "is too long";
  if (!pattern.startsWith("^")) return "does not begin with ^";
  let ways = 1;
  let at = 0;
  PIECE.lastIndex = 0;
  while (at < pattern.length) {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(pattern)?.[0];
    if (piece === undefined) return `cannot be read at ${at}`;
    // What can be taken or left is two ways, an alternative one more: each at most doubles them.
    if (piece === "|" || (piece.length > 1 && piece.endsWith("?"))) ways *= 2;
    const [, least, most] = REPEATED.exec(piece) ?? [];
    if (most !== undefined) ways *= Math.max(1, Number(most) - Number(least) + 1);
    if (ways > MOST_WAYS) return "can match in too many ways";
    at += piece.length;
  }
  try {
    new RegExp(pattern);
    return "";
  } catch {
    return "is no regular expression";
  }
}
