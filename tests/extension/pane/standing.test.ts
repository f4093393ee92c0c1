import { expect, test } from "vitest";
import { blockedAt } from "../../../extension/src/pane/state/standing";
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
