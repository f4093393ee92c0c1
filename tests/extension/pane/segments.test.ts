import { SegmentedMessage } from "sms-segments-calculator";
import { describe, expect, test } from "vitest";
import { segments } from "../../../extension/src/pane/segments";

const count = (text: string) => segments(text).count;

describe("what a text costs", () => {
  test.each([
    ["", 0],
    ["a", 1],
    ["a".repeat(160), 1],
    ["a".repeat(161), 2],
    ["a".repeat(306), 2],
    ["a".repeat(307), 3],
    ["a".repeat(1600), 11],
    ["€".repeat(80), 1],
    ["€".repeat(81), 2],
    ["я".repeat(70), 1],
    ["я".repeat(71), 2],
    ["я".repeat(1600), 24],
    ["😀".repeat(35), 1],
    ["😀".repeat(36), 2],
  ])("%#", (text, parts) => expect(count(text)).toBe(parts));

  test("an escaped pair is not split, so the part before it ends one short", () => {
    // 304 septets would fill two parts of 153 if the euro could lie across both.
    expect(count(`${"a".repeat(152)}€${"a".repeat(152)}`)).toBe(3);
    expect(count(`${"a".repeat(151)}€${"a".repeat(153)}`)).toBe(2);
  });

  test("a surrogate pair is not split either", () => {
    expect(count(`${"я".repeat(66)}😀${"я".repeat(66)}`)).toBe(3);
    expect(count(`${"я".repeat(65)}😀${"я".repeat(67)}`)).toBe(2);
  });

  test.each(["’", "\u00a0", "`", "ç", "😀"])("one %o makes it Unicode", (one) => {
    expect(segments(`a${one}`).encoding).toBe("UCS-2");
  });

  test("characters are counted as the limit counts them", () => {
    expect(segments("a😀").characters).toBe(2);
  });
});

test("agrees with Twilio's own calculator over thousands of texts", { timeout: 60_000 }, () => {
  // Characters that stand alone: Twilio's calculator also keeps joined emoji in one part.
  const plain = [..."abc XYZ0189.,!?@£$\n\r'\"èÑ_ß"];
  const escaped = [..."^{}\\[~]|€"];
  const unicode = [..."’—яçñ日ل\u00a0`", "😀", "🚀"];
  const random = seeded(20261123);
  const pick = (from: string[]) => from[Math.floor(random() * from.length)] ?? "";
  for (let round = 0; round < 2500; round++) {
    const alphabet =
      [plain, [...plain, ...escaped], [...plain, ...escaped, ...unicode]][round % 3] ?? plain;
    const text = Array.from({ length: 1 + Math.floor(random() * 330) }, () => pick(alphabet)).join(
      "",
    );
    const theirs = new SegmentedMessage(text);
    const ours = segments(text);
    expect([ours.count, ours.encoding], text).toEqual([theirs.segmentsCount, theirs.encodingName]);
  }
});

/** mulberry32: the same texts in every run, so that a failure can be seen again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
