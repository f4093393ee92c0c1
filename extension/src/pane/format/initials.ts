const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** One or two whole characters for the avatar; empty for a sender without a name. */
export function initials(name: string): string {
  const words = name
    .split(/[\s\u00a0]+/)
    // "(Bob)" and "-" begin with nothing to stand for a person.
    .map((word) => word.replace(/^[\p{P}\p{Cf}]+/u, ""))
    .filter(Boolean);
  // A flag beside a name says less of the person than the name does.
  const spelled = words.filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = spelled[0] ?? words[0];
  if (!first) return "";
  const last = spelled.length > 1 ? spelled[spelled.length - 1] : "";
  return (head(first) + (last ? head(last) : "")).toLocaleUpperCase("en");
}

function head(word: string): string {
  for (const { segment } of graphemes.segment(word)) {
    // A stack of combining marks is one grapheme of any length: keep what an avatar can hold.
    return [...segment].slice(0, 8).join("");
  }
  return "";
}
