// Which characters make a text dearer, and what to put in their place. Nothing is changed unasked.
import { graphemes } from "./graphemes";
import { alike, cheaper, plain } from "./plain";
import { offenders, segments } from "./segments";

/** One kind of character that is not in GSM-7, and the plain one for it. */
export interface Swap {
  from: string;
  to: string;
  /** How often it is in the text. */
  times: number;
}

export interface Advice {
  /** Messages as it is, and as it could be. */
  now: number;
  count: number;
  /** "Curly quotes make this": the beginning of a sentence. */
  cause: string;
  /** The text with all swaps made, and what the button for it says; empty where that saves nothing. */
  plain: string;
  action: string;
  swaps: Swap[];
}

/** With more, a note would list an alphabet. */
const MOST_LEFT = 3;
const MOST_SWAPS = 8;

/** Why the text is more messages than it need be, or null when it is not. */
export function advice(text: string): Advice | null {
  const odd = oddOnes(text);
  if (!odd.length) return null;
  const swaps = swapsOf(odd);
  const better = cheaper(text);
  if (better) return { ...better, swaps };

  const now = segments(text).count;
  const bare = swapped(text, swaps);
  const then = segments(bare);
  if (swaps.length <= MOST_SWAPS && then.encoding === "GSM-7" && then.count < now) {
    const cause = "Letters outside of the plain alphabet make this";
    return { now, count: then.count, cause, plain: bare, action: "Use plain letters", swaps };
  }
  const left = [...new Set(odd.filter((one) => !swaps.some(({ from }) => from === one)))];
  if (!left.length || left.length > MOST_LEFT) return null;
  const without = segments(left.reduce((rest, one) => rest.replaceAll(one, ""), bare));
  if (without.encoding !== "GSM-7" || without.count >= now) return null;
  const cause = `${left.join(" ")} ${left.length === 1 ? "makes" : "make"} this`;
  return { now, count: without.count, cause, plain: "", action: "", swaps };
}

/** A stretch of the text; `odd` ones are what the note speaks of. */
export interface Stretch {
  text: string;
  odd: boolean;
}

/** The text with the characters that make it UCS-2 apart, or null where none is worth a mark: an
 * emoji that costs nothing, or a text in another alphabet. */
export function marked(text: string): Stretch[] | null {
  const found = offenders(text);
  if (!found.length) return null;
  const some = found.some(({ characters }) => [...characters].some((c) => alike(c) !== undefined));
  if (!some && !advice(text)) return null;
  const stretches: Stretch[] = [];
  let end = 0;
  for (const { from, until } of found) {
    if (from > end) stretches.push({ text: text.slice(end, from), odd: false });
    stretches.push({ text: text.slice(from, until), odd: true });
    end = until;
  }
  if (end < text.length) stretches.push({ text: text.slice(end), odd: false });
  return stretches;
}

const oddOnes = (text: string) => offenders(text).flatMap((one) => graphemes(one.characters));

function swapsOf(odd: readonly string[]): Swap[] {
  const swaps = new Map<string, Swap>();
  for (const from of odd) {
    const known = swaps.get(from);
    const to = plainFor(from);
    if (known) known.times += 1;
    else if (to !== null) swaps.set(from, { from, to, times: 1 });
  }
  return [...swaps.values()];
}

/** "'" for "’", "a" for "á"; null where nothing plain says the same. */
function plainFor(one: string): string | null {
  const like = plain(one);
  if (segments(like).encoding === "GSM-7") return like;
  const letter = one.normalize("NFD").replace(/\p{M}/gu, "");
  return /^[A-Za-z]+$/.test(letter) ? letter : null;
}

export function swapped(text: string, swaps: readonly Swap[]): string {
  return swaps.reduce((rest, { from, to }) => rest.replaceAll(from, to), text);
}

const NAMES: Record<string, string> = {
  " ": "space",
  "": "nothing",
  "\u00a0": "no-break space",
  "\u2002": "wide space",
  "\u2003": "wide space",
  "\u2007": "wide space",
  "\u2009": "thin space",
  "\u202f": "thin space",
  "\u200b": "invisible space",
  "\ufeff": "invisible mark",
  "‘": "curly quote",
  "’": "curly quote",
  "“": "curly quote",
  "”": "curly quote",
  "–": "dash",
  "—": "long dash",
  "…": "ellipsis",
  "'": "straight quote",
  '"': "straight quote",
  "-": "hyphen",
};

/** What cannot be seen is named; the rest is shown as it is. */
export const visible = (one: string) => (one.trim() ? one : (NAMES[one] ?? "space"));

/** For a screen reader, which may keep silent about punctuation. */
export const spoken = (one: string) => NAMES[one] ?? one;
