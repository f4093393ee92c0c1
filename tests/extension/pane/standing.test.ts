import { expect, test } from "vitest";
import { blockedAt, laterAt, timesFrom } from "../../../extension/src/pane/state/standing";
import type { TimeSuggested } from "../../../extension/src/wire";
import { blocked, conversation, MINUTE, NOW } from "./people";

const told = (reason: string, until: number | null) =>
  conversation(1, "Maya", "", { blocked: blocked(reason, "Not now.", { until }) });

test("quiet hours that are over block nothing, although nobody said so", () => {
  const quiet = told("quiet_hours", NOW + MINUTE);
  expect(blockedAt(quiet, NOW)?.reason).toBe("quiet_hours");
  expect(blockedAt(quiet, NOW + MINUTE)).toBeNull();
});

test("what no time mends stays", () => {
  expect(blockedAt(told("opted_out", null), NOW + 1000 * MINUTE)?.reason).toBe("opted_out");
});

test.each(["user_cap", "team_cap"])("a %s that a new day has ended blocks nothing", (reason) => {
  const capped = told(reason, NOW + MINUTE);
  expect(blockedAt(capped, NOW)?.reason).toBe(reason);
  expect(blockedAt(capped, NOW + MINUTE)).toBeNull();
});

test("what scheduling mends: to the minute after quiet hours, some time of the next day after a cap", () => {
  const until = NOW + MINUTE;
  expect(laterAt(blocked("quiet_hours", "", { until }))).toEqual({ from: until, exact: true });
  expect(laterAt(blocked("user_cap", "", { until }))).toEqual({ from: until, exact: false });
  expect(laterAt(blocked("team_cap", "", { until }))).toEqual({ from: until, exact: false });
  expect(laterAt(blocked("budget", "", { until }))).toBeNull();
  expect(laterAt(blocked("quiet_hours", "No hour is left."))).toBeNull();
});

test("no time is offered before a text may go", () => {
  const times: TimeSuggested = {
    ...{ v: 1, type: "time.suggested", request: "r1", zone: "America/New_York" },
    times: [1, 5, 9].map((at) => ({ at, label: `At ${at}` })),
    windows: [[0, 4], [4, 8], [8, 12]], // biome-ignore format: a table
  };
  expect(timesFrom(times, 5)).toMatchObject({
    times: [{ at: 5 }, { at: 9 }],
    windows: [[5, 8], [8, 12]], // biome-ignore format: a table
  });
  expect(timesFrom(times, 0)).toEqual(times);
});
