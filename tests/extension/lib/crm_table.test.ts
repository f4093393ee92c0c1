import { describe, expect, test } from "vitest";
import { BUILT_IN, newer, readTable } from "../../../extension/src/lib/crm_table";
import { refusal } from "../../../extension/src/lib/patterns";
import goldens from "../../shared/crm_patterns.json";

type Json = Record<string, unknown>;

const SITE = {
  id: "other",
  label: "Other CRM",
  hosts: [".other.example"],
  rules: [{ where: "path", pattern: "^/people/(?<id>\\d{1,9})$", type: "contact" }],
};
const table = (site: Json, version: unknown = 2) => ({ version, crms: [{ ...SITE, ...site }] });
const rule = (more: Json) => table({ rules: [{ ...SITE.rules[0], ...more }] });

describe("The table of CRM pages", () => {
  test("that is built in keeps to the bounds of one that is handed out", () => {
    const read = readTable(JSON.parse(JSON.stringify(BUILT_IN)));
    expect(read.crms.map(({ id }) => id)).toEqual(BUILT_IN.crms.map(({ id }) => id));
  });

  test("takes the place of the built-in one if it is newer", () => {
    const given = readTable(table({}, BUILT_IN.version + 1));
    expect(newer(given)).toBe(given);
    expect(newer({ ...given, version: BUILT_IN.version })).toBe(BUILT_IN);
    expect(newer(undefined)).toBe(BUILT_IN);
  });

  test("may say more than this version of the extension knows", () => {
    expect(readTable({ ...table({ colour: "red" }), more: 1 }).crms[0]).not.toHaveProperty(
      "colour",
    );
  });

  test.each<[string, unknown]>([
    ["nothing", null],
    ["a list", []],
    ["no version", table({}, "2")],
    ["version 0", table({}, 0)],
    ["a host that is a whole domain of the internet", table({ hosts: [".com"] })],
    ["a host with a star", table({ hosts: ["*.other.example"] })],
    ["a host with a port", table({ hosts: ["other.example:8443"] })],
    ["no hosts", table({ hosts: [] })],
    ["a hundred hosts", table({ hosts: Array(100).fill(".other.example") })],
    ["a type of its own", table({ types: { person: "robot" } })],
    ["types that are none", table({ types: ["contact"] })],
    ["an id that is no word", table({ id: "a:b" })],
    ["a label of a thousand letters", table({ label: "x".repeat(1000) })],
    ["an unknown form of ids", table({ id_form: "eval" })],
    ["a place that is none", rule({ where: "body" })],
    ["a pattern that is no text", rule({ pattern: {} })],
    ["a bad pattern for when", rule({ when: "^(a+)+$" })],
    ["a selector with a pseudo-class", table({ fields: { mobile: "a:has(b)" } })],
    ["a field of its own", table({ fields: { password: "input" } })],
  ])("is refused with %s", (_what, json) => expect(() => readTable(json)).toThrow());
});

describe("A pattern", () => {
  test.each(goldens.fine)("%s may run", (pattern) => expect(refusal(pattern)).toBe(""));

  test.each([
    ...Object.entries(goldens.refused),
    ["/people/(?<id>\\d{1,9})", "begin"],
    [`^${"a".repeat(300)}`, "long"],
  ])("%s may not: %s", (pattern, why) => expect(refusal(pattern)).toContain(why));

  test("that may run is quick on the worst text that it can get", () => {
    const worst = "^(?<id>\\w{1,140}\\w{1,140})$";
    expect(refusal(worst)).toBe("");
    const text = `${"a".repeat(499)}!`;
    const begun = performance.now();
    expect(new RegExp(worst).test(text)).toBe(false);
    expect(performance.now() - begun).toBeLessThan(50);
  });
});
