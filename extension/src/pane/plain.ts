// Word processors and phones put in quotes, dashes and spaces that look alike and more than double
// the price of a text. Where these alone do it, the composer offers the plain ones.
import { segments } from "./segments";

const QUOTES: Record<string, string> = {
  "‘": "'",
  "’": "'",
  "‚": "'",
  "‛": "'",
  "′": "'",
  "`": "'",
  "´": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "‟": '"',
  "″": '"',
  "«": '"',
  "»": '"',
};
const DASHES: Record<string, string> = {
  "‐": "-",
  "‑": "-",
  "‒": "-",
  "–": "-",
  "—": "-",
  "―": "-",
  "−": "-",
};
const SPACES: Record<string, string> = {
  "\u00a0": " ",
  "\u2002": " ",
  "\u2003": " ",
  "\u2007": " ",
  "\u2009": " ",
  "\u202f": " ",
  "\u200b": "",
  "\ufeff": "",
};
const OTHER: Record<string, string> = { "…": "...", "•": "-" };
const PLAIN: Record<string, string> = { ...QUOTES, ...DASHES, ...SPACES, ...OTHER };

export interface Cheaper {
  plain: string;
  /** Messages as it is, and with plain characters. */
  now: number;
  count: number;
  /** "Curly quotes make this", for the note. */
  cause: string;
  /** The button: a verb. */
  action: string;
}

/** What stands in for this character and looks alike, or undefined. */
export const alike = (character: string): string | undefined => PLAIN[character];

export function plain(text: string): string {
  return [...text].map((c) => alike(c) ?? c).join("");
}

/** What plain characters would save, or null when they would save no part. */
export function cheaper(text: string): Cheaper | null {
  const now = segments(text);
  if (now.encoding === "GSM-7") return null;
  const better = plain(text);
  const then = segments(better);
  if (then.encoding !== "GSM-7" || then.count >= now.count) return null;
  return { plain: better, now: now.count, count: then.count, ...wording(text) };
}

function wording(text: string): { cause: string; action: string } {
  const found = [QUOTES, DASHES, SPACES, OTHER].map((table) => [...text].some((c) => c in table));
  const kinds = found.filter(Boolean).length;
  if (kinds > 1)
    return { cause: "Special punctuation makes this", action: "Use plain punctuation" };
  if (found[0]) return { cause: "Curly quotes make this", action: "Use plain quotes" };
  if (found[1]) return { cause: "A long dash makes this", action: "Use plain dashes" };
  if (found[2]) return { cause: "A no-break space makes this", action: "Use plain spaces" };
  return { cause: "A special character makes this", action: "Use plain characters" };
}
