import { describe, expect, test } from "vitest";
import { entries } from "../../../extension/src/pane/format/log";
import {
  latestOfKind,
  logAddress,
  receiptWords,
} from "../../../extension/src/pane/format/receipts";
import type { Message, Receipt } from "../../../extension/src/wire";
import { message, NOW, receipt } from "./people";

const sentence = (state: Receipt["state"], change: Partial<Receipt> = {}) =>
  receiptWords(receipt(state, change))?.sentence;

describe("a receipt says", () => {
  test.each([
    [sentence("logged"), "Logged to Salesforce"],
    [
      sentence("logged", { opportunity: "Northwind", text: "without Type: the org rejects it" }),
      "Logged to Salesforce under Northwind, without Type: the org rejects it",
    ],
    [sentence("waiting"), "Will be logged to Salesforce"],
    [sentence("retrying"), "Salesforce can't be reached. We keep trying."],
    [sentence("retrying", { text: "Salesforce is busy" }), "Salesforce is busy. We keep trying."],
    [sentence("failed", { text: "It is locked." }), "Not logged to Salesforce: It is locked."],
    [sentence("unlinked"), "Not logged: not linked to a Salesforce record"],
    [sentence("unlinked", { text: "the record is deleted" }), "Not logged: the record is deleted"],
    [sentence("waiting", { crm: "" }), "Will be logged to the CRM"],
  ])("%s", (said, expected) => expect(said).toBe(expected));

  test("nothing where its state is newer than this client", () => {
    expect(receiptWords(receipt("parked" as Receipt["state"]))).toBeNull();
  });
});

describe("the address in the CRM", () => {
  test.each([
    "https://acme.lightning.force.com/lightning/r/Task/00T1/view",
    "http://localhost:5001/tasks/1",
    "http://127.0.0.1:5001/tasks/1",
  ])("%s is followed", (url) => expect(logAddress(receipt("logged", { url }))).toBe(url));

  test.each([
    "",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://acme.lightning.force.com/1",
    "http://localhost.evil.example/1",
    "https://acme.lightning.force.com@evil.example/1",
    "//evil.example/1",
    `https://acme.example/${"a".repeat(2000)}`,
  ])("%.60s is not", (url) => expect(logAddress(receipt("logged", { url }))).toBe(""));
});

describe("below a group of texts", () => {
  const of = (state: Receipt["state"] | null, text = "") =>
    message(1, "a", { at: NOW, receipt: state && receipt(state, { text }) });
  const lines = (...messages: Message[]) =>
    entries(messages, []).flatMap((entry) => (entry.kind === "message" ? [entry.meta] : []));

  test("the last one speaks for all that are logged", () => {
    expect(lines(of("logged"), of("logged"), of("logged"))).toEqual([false, false, true]);
  });

  test("nothing moves while a new one is on its way", () => {
    expect(lines(of("logged"), of("waiting"))).toEqual([false, true]);
  });

  test("one that is not logged says so under itself", () => {
    expect(lines(of("waiting"), of("logged"))).toEqual([true, true]);
    expect(lines(of("failed", "Locked."), of("failed", "Locked."))).toEqual([true, true]);
    expect(lines(of("logged", "without Type"), of("logged"))).toEqual([true, true]);
  });

  test("those that share a reason say it once, and those without a receipt nothing", () => {
    expect(lines(of("retrying"), of("retrying"))).toEqual([false, true]);
    expect(lines(of(null), of("logged"))).toEqual([false, true]);
  });
});

test("what holds for many texts is said in full under the latest of them", () => {
  const all = (["unlinked", "retrying", "unlinked", "retrying", null] as const).map(
    (state, id) => ({
      id,
      receipt: state && receipt(state),
    }),
  );
  expect([...latestOfKind(all)].sort()).toEqual([2, 3]);
});
