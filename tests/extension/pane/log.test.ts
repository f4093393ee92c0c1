import { expect, test } from "vitest";
import { entries } from "../../../extension/src/pane/format/log";
import { merge } from "../../../extension/src/pane/state/talks";
import { DAY, MINUTE, message, NOW, pending, sent } from "./people";

const kinds = (drawn: ReturnType<typeof entries>) =>
  drawn.map((e) => (e.kind === "day" ? "day" : `${e.kind}${e.meta ? "+" : ""}`));

test("texts of one side within minutes share one line below them", () => {
  const drawn = entries([message(1, "a", { at: NOW - MINUTE }), message(1, "b", { at: NOW })], []);
  expect(kinds(drawn)).toEqual(["day", "message", "message+"]);
});

test("a pause, another side or another author ends the group", () => {
  const drawn = entries(
    [
      message(1, "a", { at: NOW - 30 * MINUTE }),
      message(1, "b", { at: NOW }),
      sent(1, "c", { at: NOW }),
      sent(1, "d", { at: NOW, author_id: 9 }),
    ],
    [],
  );
  expect(kinds(drawn)).toEqual(["day", "message+", "message+", "message+", "message+"]);
});

test("each failed text tells its own reason", () => {
  const failed = { status: "failed", at: NOW } as const;
  expect(kinds(entries([sent(1, "a", failed), sent(1, "b", failed)], []))).toEqual([
    "day",
    "message+",
    "message+",
  ]);
});

test("each day begins with its name, pending texts come last", () => {
  const drawn = entries(
    [message(1, "a", { at: NOW - DAY }), message(1, "b", { at: NOW })],
    [pending(1, "c")],
  );
  expect(kinds(drawn)).toEqual(["day", "message+", "day", "message+", "pending+"]);
});

test("a pending text and the message it becomes have the same key", () => {
  const [, waiting] = entries([], [pending(1, "a", { ref: "ref-12345" })]);
  const [, arrived] = entries([sent(1, "a", { ref: "ref-12345" })], []);
  expect(waiting?.key).toBe(arrived?.key);
});

test("the higher revision of a message wins, whichever comes first", () => {
  const old = sent(1, "a", { status: "sent", revision: 2 });
  const newer = { ...old, status: "delivered" as const, revision: 3 };
  expect(merge([newer], [old])).toEqual([newer]);
  expect(merge([old], [newer])).toEqual([newer]);
});
