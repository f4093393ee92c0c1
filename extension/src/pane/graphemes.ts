// Splits a text into graphemes as Twilio's calculator does, so that our count is its count. The
// browser's own Intl.Segmenter knows a newer Unicode and parts some texts elsewhere; the backend's
// messaging/graphemes.py holds the same rules.
import table from "../../../shared/graphemes.json" with { type: "json" };

// Grapheme_Cluster_Break of Unicode 10, numbered as in the table.
const [CR, LF, CONTROL, EXTEND, REGIONAL, SPACING] = [0, 1, 2, 3, 4, 5];
const [L, V, T, LV, LVT, OTHER, PREPEND] = [6, 7, 8, 9, 10, 11, 12];
const [BASE, MODIFIER, ZWJ, GLUE, BASE_GLUE] = [13, 14, 15, 16, 17];

const firsts: number[] = [];
const lasts: number[] = [];
const classes: number[] = [];
let end = 0;
for (const [, gap, more, letter] of table.runs.matchAll(/([0-9a-z]+)(?:\+([0-9a-z]+))?([A-Z])/g)) {
  firsts.push(end + Number.parseInt(gap ?? "", 36));
  end = (firsts.at(-1) ?? 0) + Number.parseInt(more ?? "0", 36);
  lasts.push(end);
  classes.push((letter ?? "").charCodeAt(0) - 65);
}

/** The class of a code point; a surrogate without its other half is a control. */
export function classOf(code: number): number {
  if (code >= 0xac00 && code <= 0xd7a3) return (code - 0xac00) % 28 ? LVT : LV;
  let low = 0;
  let high = firsts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((firsts[middle] ?? 0) <= code) low = middle + 1;
    else high = middle;
  }
  return code <= (lasts[low - 1] ?? -1) ? (classes[low - 1] ?? OTHER) : OTHER;
}

/** A grapheme as far as it has been read: what the rules ask of it, so that none is slow. */
interface Cluster {
  first: number;
  second: number;
  before: number;
  last: number;
  rest: number;
  onlyExtend: boolean;
  extended: boolean;
  regional: boolean;
}

const begin = (first: number): Cluster => ({
  first,
  second: -1,
  before: -1,
  last: first,
  rest: 0,
  onlyExtend: true,
  extended: first === EXTEND,
  regional: false,
});

function add(to: Cluster, next: number): void {
  if (!to.rest) to.second = next;
  to.rest += 1;
  to.onlyExtend &&= next === EXTEND;
  to.extended ||= next === EXTEND;
  to.regional ||= next === REGIONAL;
  to.before = to.last;
  to.last = next;
}

const ends = (of: number) => of === CR || of === LF || of === CONTROL;
const base = (of: number) => of === BASE || of === BASE_GLUE;

function hangul(last: number, next: number): boolean {
  if (last === L) return next === L || next === V || next === LV || next === LVT;
  if (last === LV || last === V) return next === V || next === T;
  return (last === LVT || last === T) && next === T;
}

/** Whether a new grapheme begins; the calculator's rules in its order. */
function endsBefore(cluster: Cluster, next: number): boolean {
  const { first, second, before, last, rest, onlyExtend, extended, regional } = cluster;
  if (next === MODIFIER && rest && onlyExtend && !base(first) && first !== EXTEND) return true;
  // Flags: what follows a mark behind one is parted from it, unlike in UAX #29.
  if (last !== PREPEND && last !== REGIONAL) {
    if (next === REGIONAL && !rest) return true;
    if (next !== REGIONAL && second === REGIONAL) return true;
  }
  if (ends(last) || ends(next)) return true;
  if (hangul(last, next)) return false;
  if (next === EXTEND || next === ZWJ || next === SPACING || last === PREPEND) return false;
  if (next === MODIFIER && base(extended ? before : last) && (last === EXTEND || !extended))
    return false;
  if (last === ZWJ && (next === GLUE || next === BASE_GLUE)) return false;
  return regional || !(last === REGIONAL && next === REGIONAL);
}

/** The graphemes of the text; CR LF are two, since the carrier counts both. */
export function graphemes(text: string): string[] {
  const found: string[] = [];
  let cluster: Cluster | null = null;
  let start = 0;
  let at = 0;
  for (const character of text) {
    const next = classOf(character.codePointAt(0) ?? 0);
    if (cluster && !endsBefore(cluster, next)) {
      add(cluster, next);
    } else {
      if (cluster) found.push(text.slice(start, at));
      cluster = begin(next);
      start = at;
    }
    at += character.length;
  }
  if (cluster) found.push(text.slice(start));
  return found;
}
