// What a text costs: the carrier bills each part, and one character outside GSM-7 makes all parts
// less than half as long. Counts as Twilio's own calculator does, on any text.
import { graphemes } from "./graphemes";

export interface Segments {
  count: number;
  encoding: "GSM-7" | "UCS-2";
  /** Characters as the 1,600 limit counts them. */
  characters: number;
}

/** A stretch of the text, in the units of a string's `slice`, that makes it UCS-2. */
export interface Offender {
  from: number;
  until: number;
  characters: string;
}

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Sent as an escape and a second septet. */
const EXTENDED = new Set("\f^{}\\[~]|€");

/** Bits of one part, and those that each of several gives up to say which one it is. */
const ROOM = 1120;
const HEADER = 48;

const plain = (character: string) => BASIC.has(character) || EXTENDED.has(character);

export function segments(text: string): Segments {
  const characters = [...text];
  if (characters.every(plain)) {
    const sizes = characters.map((each) => (EXTENDED.has(each) ? 14 : 7));
    return { count: parts(sizes), encoding: "GSM-7", characters: characters.length };
  }
  // What fits into one part needs no splitting.
  const sizes = text.length * 16 <= ROOM ? [16] : graphemes(text).map((each) => each.length * 16);
  return { count: parts(sizes), encoding: "UCS-2", characters: characters.length };
}

/** What makes the text UCS-2, in order: each grapheme that GSM-7 cannot say, neighbours as one. */
export function offenders(text: string): Offender[] {
  const found: Offender[] = [];
  let from = 0;
  for (const characters of graphemes(text)) {
    const until = from + characters.length;
    if (!plain(characters)) {
      const last = found.at(-1);
      if (last?.until === from) {
        last.until = until;
        last.characters += characters;
      } else {
        found.push({ from, until, characters });
      }
    }
    from = until;
  }
  return found;
}

/** Parts for characters of these sizes in bits. Neither an escape and its character nor a joined
 * emoji is parted; when a second part begins, what no longer fits beside the first one's header
 * moves over. */
function parts(sizes: number[]): number {
  if (sizes.length === 0) return 0;
  const first: number[] = [];
  let count = 1;
  let room = ROOM;
  for (const size of sizes) {
    if (room < size) {
      count += 1;
      let moved = 0;
      if (count === 2) {
        room -= HEADER;
        while (room < 0) {
          const last = first.pop() ?? 0;
          room += last;
          moved += last;
        }
      }
      room = ROOM - HEADER - moved;
    }
    if (count === 1) first.push(size);
    room -= size;
  }
  return count;
}
