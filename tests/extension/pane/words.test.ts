import { describe, expect, test } from "vitest";
import { initials } from "../../../extension/src/pane/format/initials";
import { clockIn, dayLabel, exact, listTime } from "../../../extension/src/pane/format/time";
import { delivery, webAddress, whyThisPerson } from "../../../extension/src/pane/format/words";
import { cheaper, plain } from "../../../extension/src/pane/plain";
import { conversation, DAY, NOW, sent } from "./people";

describe("initials", () => {
  test.each([
    ["Maya Okonkwo", "MO"],
    ["  lê   thị hoa ", "LH"],
    ["נועה כהן", "נכ"],
    ["Cher", "C"],
    ["田中", "田"],
    ["(Bob) -", "B"],
    ["👩🏽‍💻 Maya 🇺🇸", "M"],
    ["👩🏽‍💻", "👩🏽‍💻"],
    ["e\u0301mile zola", "E\u0301Z"],
    ["", ""],
    [" \u202e ", ""],
  ])("of %o are %o", (name, expected) => expect(initials(name)).toBe(expected));

  test("a tower of combining marks stays small", () => {
    expect([...initials(`Z${"\u0300".repeat(500)}`)].length).toBeLessThanOrEqual(8);
  });
});

describe("times", () => {
  const local = (day: number, hour: number) => new Date(2026, 10, day, hour, 5).getTime();
  const now = local(23, 10); // a Monday

  test("the list shows the time today, the weekday this week, the date before", () => {
    expect(listTime(local(23, 9), now)).toBe("9:05 AM");
    expect(listTime(local(22, 23), now)).toBe("Sun");
    expect(listTime(local(17, 9), now)).toBe("Tue");
    expect(listTime(local(16, 9), now)).toBe("16 Nov");
    expect(listTime(new Date(2025, 10, 3).getTime(), now)).toBe("3 Nov 2025");
  });

  test("days between messages have names", () => {
    expect(dayLabel(local(23, 0), now)).toBe("Today");
    expect(dayLabel(local(22, 23), now)).toBe("Yesterday");
    expect(dayLabel(local(17, 1), now)).toBe("Tue");
    expect(dayLabel(local(3, 1), now)).toBe("3 Nov");
  });

  test("a clock that is ahead still says today", () => {
    expect(listTime(now + DAY, now)).toBe("10:05 AM");
  });

  test("the recipient's clock, and none for a zone that nobody knows", () => {
    expect(clockIn("America/Los_Angeles", NOW)).toBe("7:44 AM");
    expect(clockIn("Mars/Olympus", NOW)).toBe("");
    expect(clockIn("", NOW)).toBe("");
  });

  test("the exact time has the year", () => expect(exact(now)).toContain("2026"));
});

describe("plain characters", () => {
  test("curly quotes that cost a message are named, with what they would cost plain", () => {
    const text = "Here’s the sheet. See you Thursday at 2, I’ll bring the onboarding plan";
    expect(cheaper(text)).toMatchObject({ now: 2, count: 1, action: "Use plain quotes" });
    expect(cheaper(text)?.plain).toBe(text.replaceAll("’", "'"));
  });

  test.each([
    ["—", "Use plain dashes"],
    ["\u00a0", "Use plain spaces"],
    ["’—", "Use plain punctuation"],
    ["…", "Use plain characters"],
  ])("%o offers: %s", (odd, action) => {
    expect(cheaper(`${"a".repeat(90)}${odd}`)?.action).toBe(action);
  });

  test("nothing is offered where nothing would be saved", () => {
    expect(cheaper("It’s fine")).toBeNull();
    expect(cheaper(`${"a".repeat(90)}’ 😀`)).toBeNull();
    expect(cheaper("a".repeat(200))).toBeNull();
  });

  test("other letters stay as they are", () => expect(plain("“né”—😀")).toBe('"né"-😀'));
});

describe("words", () => {
  test("a failed text says why, an unknown one what to check", () => {
    expect(delivery(sent(1, "a", { status: "failed", error: "Landline." }), "Maya")).toEqual({
      words: "Failed",
      tone: "bad",
      detail: "Landline.",
    });
    const unknown = delivery(sent(1, "a", { status: "unknown" }), "Maya");
    expect(unknown.words).toBe("May not have been sent");
    expect(unknown.detail).toContain("Ask Maya");
    const looking = sent(1, "a", { status: "unknown", doubt: "looking" });
    expect(delivery(looking, "Maya").detail).not.toContain("Ask Maya");
  });

  test("a text that was sent again does not ask to be sent a third time", () => {
    const again = sent(1, "a", { status: "failed", doubt: "again", error: "Sent again." });
    const told = { words: "May not have been sent", tone: "quiet", detail: "Sent again." };
    expect(delivery(again, "Maya")).toEqual(told);
  });

  test("two people with one number: says who, and who else", () => {
    const shared = conversation(1, "Maya", "", {
      match: "last_contacted",
      match_others: ["Jonas", "Priya"],
    });
    expect(whyThisPerson(shared)).toBe(
      "Filed under Maya: contacted last on this number. Also on this number: Jonas and Priya.",
    );
    expect(whyThisPerson({ ...shared, match: "only" })).toBe("");
  });

  test.each(["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://", ""])(
    "%o is no link",
    (url) => expect(webAddress(url)).toBe(""),
  );
});
