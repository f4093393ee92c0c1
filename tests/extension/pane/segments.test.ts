import { SegmentedMessage } from "sms-segments-calculator";
import { describe, expect, test } from "vitest";
import { classOf, graphemes } from "../../../extension/src/pane/graphemes";
import { offenders, segments } from "../../../extension/src/pane/segments";
import { runs } from "../../../scripts/graphemes.mjs";
import table from "../../../shared/graphemes.json";

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

const PLAIN = [..."abc XYZ0189.,!?@£$\n\r'\"èÑ_ß^{}\\[~]|€\f"];
const LETTERS = [
  ..."’—“”…`çñяشل日本한각ㄱก็ไทยनमस्ते",
  "\u00a0",
  "\u200b",
  "\u200d",
  "\ufe0f",
  "\u0301",
  "\u0600",
];
const EMOJI = "😀 👍🏽 👩‍👩‍👧‍👦 🏳️‍🌈 🇺🇸 🇺🇸🇨🇦 1️⃣ ❤️‍🔥 👨🏿‍🚀 🤷🏻‍♀️ 👩‍💻 🇦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ☝🏼".split(" ");
/** Halves of pairs, which a text box can hold. */
const TORN = ["\ud83d", "\ude00", "😀"];

test("agrees with Twilio's own calculator on texts of every class of character", {
  timeout: 60_000,
}, () => {
  const random = seeded(20261123);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = (from: string[]) => from[below(from.length)] ?? "";
  const of = new Map<number, string[]>();
  for (let code = 0; code < 0x1ffff; code += code < 0x3000 ? 1 : 3) {
    const kept = of.get(classOf(code)) ?? [];
    of.set(classOf(code), kept);
    kept.push(String.fromCodePoint(code));
  }
  const odd = [...of.values()].flatMap((each) => [pick(each), pick(each), pick(each)]);
  const mixed = [...PLAIN, ...LETTERS, ...EMOJI, "\r\n"];
  const pools = [PLAIN, [...PLAIN, ...LETTERS], EMOJI, mixed, odd, [...mixed, ...TORN]];
  for (let round = 0; round < 3000; round++) {
    const pool = pools[round % pools.length] ?? PLAIN;
    const some = Array.from({ length: 1 + below(12) }, () => pick(pool));
    const length = 1 + Math.floor(330 * random() ** 2.5);
    const text = Array.from({ length }, () => pick(some)).join("");
    const theirs = new SegmentedMessage(text);
    const ours = segments(text);
    expect([ours.count, ours.encoding], text).toEqual([theirs.segmentsCount, theirs.encodingName]);
    expect(graphemes(text), text).toEqual(theirs.graphemes);
  }
});

test("the classes of characters are those of the calculator's own splitter", () => {
  expect(table.runs).toBe(runs());
});

describe("what makes a text Unicode", () => {
  const found = (text: string) => offenders(text).map((each) => [each.from, each.characters]);

  test("is found where it stands, neighbours as one", () =>
    expect(found("It’s “fine” 👍🏽")).toEqual([
      [2, "’"],
      [5, "“"],
      [10, "”"],
      [12, "👍🏽"],
    ]));

  test("is the whole of what is read as one character", () =>
    expect(found("e\u0301 🇺🇸🇨🇦")).toEqual([
      [0, "e\u0301"],
      [3, "🇺🇸🇨🇦"],
    ]));

  test("is nothing where GSM-7 says it all", () => expect(found("{€} ok\r\n")).toEqual([]));
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
