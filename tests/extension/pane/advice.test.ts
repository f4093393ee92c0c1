import { describe, expect, test } from "vitest";
import { advice, marked, spoken, swapped, visible } from "../../../extension/src/pane/advice";

const long = "a".repeat(90);

describe("what makes a text dearer", () => {
  test("each character is told with the plain one for it", () => {
    const text = `${long}’s “x” – y’`;
    const found = advice(text);
    expect(found?.swaps).toEqual([
      { from: "’", to: "'", times: 2 },
      { from: "“", to: '"', times: 1 },
      { from: "”", to: '"', times: 1 },
      { from: "–", to: "-", times: 1 },
    ]);
    expect(swapped(text, found?.swaps.slice(0, 1) ?? [])).toBe(`${long}'s “x” – y'`);
  });

  test("letters with accents can be had plain", () => {
    const found = advice(`${long} amanhã às três`);
    expect(found).toMatchObject({ now: 2, count: 1, action: "Use plain letters" });
    expect(found?.plain).toBe(`${long} amanha às tres`);
  });

  test("an emoji is named, and nothing is offered for it", () => {
    expect(advice(`${long} 👍🏽`)).toMatchObject({
      ...{ now: 2, count: 1, cause: "👍🏽 makes this", action: "", swaps: [] },
    });
  });

  test("nothing is said where it costs nothing, or the text is in another alphabet", () => {
    expect(advice("It’s fine 😀")).toBeNull();
    expect(
      advice("Привет, как дела? Позвоните мне завтра утром, пожалуйста, в девять."),
    ).toBeNull();
    expect(advice("שלום ".repeat(40))).toBeNull();
    expect(advice("")).toBeNull();
  });
});

describe("marks in the text", () => {
  const odd = (text: string) =>
    marked(text)
      ?.filter((one) => one.odd)
      .map((one) => one.text);

  test("are where the characters are, and the text stays whole", () => {
    const text = "It’s “so”";
    expect(odd(text)).toEqual(["’", "“", "”"]);
    expect(
      marked(text)
        ?.map((one) => one.text)
        .join(""),
    ).toBe(text);
  });

  test("are on an emoji only when it costs", () => {
    expect(odd("Thanks 🙌")).toBeUndefined();
    expect(odd(`${long} 🙌`)).toEqual(["🙌"]);
  });

  test("are not all over another alphabet", () => expect(odd("Привет".repeat(30))).toBeUndefined());
});

test("what can't be seen is named", () => {
  expect(visible("\u00a0")).toBe("no-break space");
  expect(visible("’")).toBe("’");
  expect(spoken("’")).toBe("curly quote");
});
