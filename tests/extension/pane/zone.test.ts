// The process runs in the zone that the machine has, so every expectation names its own.
import { describe, expect, test } from "vitest";
import { dollars } from "../../../extension/src/pane/format/money";
import { momentsOf, notThen, wallAt, whenInWords } from "../../../extension/src/pane/format/zone";

const NEW_YORK = "America/New_York";
const utc = (text: string) => Date.parse(`${text}Z`);

describe("a time on the recipient's clock", () => {
  test.each([
    [NEW_YORK, "2026-11-24", "09:00", ["2026-11-24T14:00"]],
    [NEW_YORK, "2026-07-01", "09:00", ["2026-07-01T13:00"]],
    ["America/St_Johns", "2026-11-24", "09:00", ["2026-11-24T12:30"]],
    ["Pacific/Honolulu", "2026-11-24", "20:00", ["2026-11-25T06:00"]],
    // Clocks go forward: 2:30 is left out, the minutes around it are not.
    [NEW_YORK, "2027-03-14", "02:30", []],
    [NEW_YORK, "2027-03-14", "01:59", ["2027-03-14T06:59"]],
    [NEW_YORK, "2027-03-14", "03:00", ["2027-03-14T07:00"]],
    // Clocks go back: 1:30 is there twice.
    [NEW_YORK, "2027-11-07", "01:30", ["2027-11-07T05:30", "2027-11-07T06:30"]],
    [NEW_YORK, "2027-11-07", "02:00", ["2027-11-07T07:00"]],
    ["America/Phoenix", "2027-03-14", "02:30", ["2027-03-14T09:30"]],
    [NEW_YORK, "", "09:00", []],
    [NEW_YORK, "2026-11-24", "", []],
  ])("%s %s %s", (zone, date, time, moments) => {
    expect(momentsOf({ date, time }, zone)).toEqual(moments.map(utc));
  });

  test("is the way back from every hour around the changes of the clocks", () => {
    for (const zone of [NEW_YORK, "America/St_Johns", "America/Los_Angeles", "America/Regina"])
      for (const from of [Date.UTC(2027, 2, 12), Date.UTC(2027, 10, 5)])
        for (let hour = 0; hour < 96; hour += 1) {
          const at = from + (hour * 60 + 15) * 60_000;
          expect(momentsOf(wallAt(at, zone), zone)).toContain(at);
        }
  });
});

describe("why a time can't be taken", () => {
  const now = utc("2026-11-23T15:44");
  const windows = [
    [utc("2026-11-23T14:00"), utc("2026-11-24T01:00")],
    [utc("2026-11-24T14:00"), utc("2026-11-25T01:00")],
    [utc("2026-11-26T14:00"), utc("2026-11-27T01:00")],
  ] as const;
  const why = (date: string, time: string) =>
    notThen(momentsOf({ date, time }, NEW_YORK)[0] ?? 0, windows, NEW_YORK, now);

  test("nothing speaks against one within the windows", () => {
    expect(why("2026-11-24", "09:00")).toBe("");
    expect(why("2026-11-24", "19:59")).toBe("");
  });
  test.each([
    ["2026-11-23", "10:00", "has passed"],
    ["2026-11-24", "20:00", "tomorrow from 9:00 AM to 8:00 PM"],
    ["2026-11-24", "08:59", "tomorrow from 9:00 AM to 8:00 PM"],
    ["2026-11-25", "12:00", "don't go out on Wed, 25 Nov"],
    ["2026-12-24", "12:00", "until Thu, 26 Nov"],
  ])("%s %s", (date, time, words) => expect(why(date, time)).toContain(words));
  test("no window at all", () => {
    expect(notThen(now + 1, [], NEW_YORK, now)).toContain("No time is allowed");
  });
});

test("both clocks are told where they differ", () => {
  const now = utc("2026-11-23T15:44");
  const words = whenInWords(utc("2026-11-24T17:00"), "America/Los_Angeles", now);
  expect(words).toMatch(/^tomorrow, 9:00 AM( their time \(.+ yours\))?$/);
  expect(whenInWords(utc("2026-11-24T17:00"), "Not/AZone", now)).toContain("your time");
});

test.each([
  [16_600, "$0.02"],
  [8_300, "$0.01"],
  [0, "$0.00"],
  [100, "under $0.01"],
  [1_995_000, "$2.00"],
])("%d millionths are %s", (millionths, words) => expect(dollars(millionths)).toBe(words));
