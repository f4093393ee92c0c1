// What a text costs: the carrier bills each part, and one character outside GSM-7 makes all parts
// less than half as long.

export interface Segments {
  count: number;
  encoding: "GSM-7" | "UCS-2";
  /** Characters as the 1,600 limit counts them. */
  characters: number;
}

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Sent as an escape and a second septet. */
const EXTENDED = new Set("\f^{}\\[~]|€");

const LIMITS = { "GSM-7": { one: 160, part: 153 }, "UCS-2": { one: 70, part: 67 } } as const;

export function segments(text: string): Segments {
  const characters = [...text];
  const encoding = characters.every((c) => BASIC.has(c) || EXTENDED.has(c)) ? "GSM-7" : "UCS-2";
  const width =
    encoding === "GSM-7" ? (c: string) => (EXTENDED.has(c) ? 2 : 1) : (c: string) => c.length; // an astral character is a surrogate pair
  return {
    count: parts(characters, width, LIMITS[encoding]),
    encoding,
    characters: characters.length,
  };
}

/** Neither an escape nor a surrogate is parted from its other half, so a part may end one short. */
function parts(
  characters: string[],
  width: (c: string) => number,
  limit: { one: number; part: number },
): number {
  if (characters.length === 0) return 0;
  let total = 0;
  let count = 1;
  let used = 0;
  for (const c of characters) {
    const w = width(c);
    total += w;
    if (used + w > limit.part) {
      count += 1;
      used = 0;
    }
    used += w;
  }
  return total <= limit.one ? 1 : count;
}
