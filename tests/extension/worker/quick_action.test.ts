import { describe, expect, test } from "vitest";
import { clip, personOnPage, webAddress } from "../../../extension/src/worker/person";
import {
  type Around,
  type Decision,
  decide,
  judge,
} from "../../../extension/src/worker/quick_action";
import { serverAddress } from "../../../extension/src/worker/server";
import type { Person } from "../../../extension/src/wire";
import { FACTS } from "../samples";

const AROUND: Around = { signedIn: true, people: null, standing: () => "" };
const on = (...numbers: { raw: string; label: string }[]) => decide({ ...FACTS, numbers }, AROUND);
const mobileOf = ({ mobiles }: Decision) => [...mobiles.values()];
const mobile = (raw: string) => ({ raw, label: "Mobile" });
const reason = (raw: string) => judge(raw).reason;

describe("Message", () => {
  test("is offered for the number that the page calls a mobile", () => {
    const decision = on({ raw: "(404) 555-0100", label: "Office" }, mobile("(404) 555-0187"));
    expect(decision.action).toEqual({
      ...{ kind: "ready", label: "Message", number: "(404) 555-0187", numbers: [], warning: "" },
    });
    expect(mobileOf(decision)).toEqual(["+14045550187"]);
  });

  test.each(["Mobile", "Cell phone", "CELLULAR", "Handy", "Teléfono móvil", "Mobile (work)"])(
    "takes %s for a mobile",
    (label) => expect(on({ raw: "4045550187", label }).action.kind).toBe("ready"),
  );

  test.each(["", "Phone", "Office", "Automobile", "Cello teacher", "Handyman", "Cancelled"])(
    "never guesses that %j is one: it asks which number takes texts",
    (label) =>
      expect(on({ raw: "4045550187", label }).action).toEqual({
        ...{ kind: "choose", label: "Message", numbers: [{ number: "(404) 555-0187", label }] },
      }),
  );

  test.each(["Assistant's mobile", "Asst. Mobile", "Spouse cell", "Old mobile"])(
    "does not take %s for the person's own",
    (label) => {
      expect(on({ raw: "4045550123", label }).action.kind).toBe("choose");
      const decision = on({ raw: "4045550123", label }, mobile("4045550187"));
      expect(mobileOf(decision)).toEqual(["+14045550187"]);
    },
  );

  test.each([
    ["no number at all", []],
    ["a fax", [{ raw: "4045550187", label: "Fax" }]],
    ["an extension", [{ raw: "(404) 555-0100 ext. 62", label: "Office" }]],
    ["a number of elsewhere", [{ raw: "+44 20 7946 0123", label: "Office" }]],
  ])("says that there is no mobile where there is %s", (_, numbers) =>
    expect(on(...numbers).action).toMatchObject({
      kind: "inactive",
      reason: "No mobile number on this page",
    }),
  );

  test("offers all mobiles that can be texted, each once, the first one first", () => {
    const decision = on(
      ...[mobile("+44 7700 900123"), mobile("416-555-0123"), mobile("404 555 0187")],
      { raw: "+1 (416) 555-0123", label: "Cell" },
    );
    expect(decision.action).toMatchObject({
      number: "(416) 555-0123",
      numbers: [
        { number: "(416) 555-0123", label: "Mobile" },
        { number: "(404) 555-0187", label: "Mobile" },
      ],
    });
    expect(mobileOf(decision)).toEqual(["+14165550123", "+14045550187"]);
  });

  test("is not there where there is no person, and leads to the sign-in where nobody is", () => {
    expect(decide(null, AROUND).action).toEqual({ kind: "none" });
    expect(decide(FACTS, { ...AROUND, signedIn: false }).action).toMatchObject({
      reason: "Sign in to Repline to text",
      signs_in: true,
    });
  });

  test("is marked with what is known of the mobile", () => {
    const standing = (number: string) => (number === "+14045550187" ? "Opted out." : "");
    expect(decide(FACTS, { ...AROUND, standing }).action).toMatchObject({ warning: "Opted out." });
  });
});

describe("On a record that is no person", () => {
  const known = (id: number, name: string) =>
    ({
      id,
      name,
      mobile_display: `(404) 555-010${id}`,
      crm_ref: `demo:contact:${id}`,
    }) as Person;
  const TASK = { ...FACTS, record: "task:1", name: "Send the sheet" };
  const people = [known(1, "Maya"), known(2, "Jonas"), known(3, "")];
  const names = ({ action }: Decision) =>
    action.kind === "people" ? action.people.map(({ name }) => name) : action;

  test("Message offers the people of the account, never a number of the account's", () => {
    const page = { ...FACTS, record: "account:1", people: ["demo:contact:1"] };
    const decision = decide(page, { ...AROUND, people });
    expect(names(decision)).toEqual(["Maya", "Jonas", "(404) 555-0103"]);
    expect(mobileOf(decision)).toEqual([]);
  });

  test("a task offers whom it names", () => {
    const page = { ...TASK, people: ["demo:contact:2"] };
    expect(names(decide(page, { ...AROUND, people }))).toEqual(["Jonas"]);
    expect(names(decide(TASK, { ...AROUND, people }))).toHaveLength(3);
  });

  test.each([
    [null, "Looking for people of Northwind Logistics"],
    [[], "Nobody of Northwind Logistics is in Repline yet. Open a contact to text them."],
  ])("with %j known it says so", (found, reason) =>
    expect(decide(TASK, { ...AROUND, people: found }).action).toMatchObject({ reason }),
  );

  test("without an account there is nobody to offer", () =>
    expect(decide({ ...TASK, account: "" }, { ...AROUND, people: [] }).action).toMatchObject({
      reason: "No person on this page",
    }));
});

describe("A mobile", () => {
  test.each([
    ["(404) 555-0187", "+14045550187"],
    ["+1 404.555.0187", "+14045550187"],
    ["1-416-555-0173", "+14165550173"],
    ["(646) 555 0142", "+16465550142"],
  ])("%s is textable", (raw, e164) => expect(judge(raw)).toEqual({ mobile: e164, reason: "" }));

  test.each([
    [
      "+44 7700 900123",
      "Texting works with US and Canadian mobiles; this one is in the United Kingdom",
    ],
    ["+1 876 555 0111", "Texting works with US and Canadian mobiles; this one is in Jamaica"],
    ["+49 151 23456789", "Texting works with US and Canadian mobiles; this one is in Germany"],
    ["(404) 555-0100 ext. 62", "A number with an extension can't get texts"],
    ["404-555-0100 x62", "A number with an extension can't get texts"],
    ["800-234-5678", "A toll-free number can't get texts"],
    ["900-234-5678", "A premium-rate number can't get texts"],
    ["555-0187", "The mobile on this page is not a valid number"],
    ["ask Ana", "The mobile on this page is not a phone number"],
  ])("%s is not: %s", (raw, why) => expect(reason(raw)).toBe(why));
});

describe("The person on a page", () => {
  test("fits the wire's bounds, whatever the page says", () => {
    const person = personOnPage(
      { ...FACTS, name: `a\0${"😀".repeat(300)}`, crm_label: "x".repeat(99) },
      "+14045550187",
    );
    expect(person.name?.length).toBeLessThanOrEqual(200);
    expect(person.name?.isWellFormed()).toBe(true);
    expect(person.name).not.toContain("\0");
    expect(person.crm).toHaveLength(40);
    expect(person.crm_ref).toBe("demo:contact:101");
    expect(person.time_zone).toBe("America/New_York");
  });

  test("has its numbers with their labels and the state, within bounds", () => {
    const numbers = Array.from({ length: 12 }, (_, at) => ({
      raw: `40455501${at}`,
      label: "Cell",
    }));
    const page = { ...FACTS, region: "x".repeat(99), numbers };
    const person = personOnPage(page, "+14045550187");
    expect(person.numbers).toHaveLength(10);
    expect(person.numbers?.[0]).toEqual({ number: "404555010", label: "Cell" });
    expect(person.region).toHaveLength(40);
  });

  test("has no CRM where the page is no record of one", () => {
    expect(personOnPage({ ...FACTS, record: "" }, "+14045550187")).toMatchObject({
      crm: "",
      crm_ref: "",
    });
  });

  test("has links to the web alone", () => {
    expect(webAddress("https://crm.example/1")).toBe("https://crm.example/1");
    expect(
      ["javascript:alert(1)", "data:,x", "", "//x", `https://a/${"x".repeat(3000)}`].map(
        webAddress,
      ),
    ).toEqual(["", "", "", "", ""]);
    expect(clip("ab\ud83d\ude00", 3)).toBe("ab\ufffd");
  });

  test.each([
    ["Eastern", "America/New_York"],
    ["Pacific Time (US)", "America/Los_Angeles"],
    ["America/Chicago", "America/Chicago"],
    ["Nowhere/Land", ""],
    ["United Kingdom", ""],
  ])("is in the time zone %s: %s", (said, zone) => {
    expect(personOnPage({ ...FACTS, time_zone: said }, "").time_zone).toBe(zone);
  });
});

describe("A server's address", () => {
  test.each([
    ["repline.example.com", "https://repline.example.com"],
    [" https://repline.example.com/ ", "https://repline.example.com"],
    ["https://example.com/repline/", "https://example.com/repline"],
    ["127.0.0.1:8000", "http://127.0.0.1:8000"],
    ["http://localhost:8000", "http://localhost:8000"],
  ])("%j becomes %s", (typed, address) => expect(serverAddress(typed)).toEqual({ address }));

  test.each([
    "",
    "http://repline.example.com",
    "ftp://x",
    "https://a:b@x.example",
    "http://127.0.0.1.evil.example",
    "https://",
    "not an address",
  ])("%j is refused with what to do", (typed) =>
    expect(serverAddress(typed)).toHaveProperty("problem"),
  );
});
