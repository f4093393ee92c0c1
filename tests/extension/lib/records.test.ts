import { describe, expect, test } from "vitest";
import { BUILT_IN } from "../../../extension/src/lib/crm_table";
import { displayPhone } from "../../../extension/src/lib/phone";
import { crmRef, Records } from "../../../extension/src/lib/records";
import { countText } from "../../../extension/src/lib/unread";
import goldens from "../../shared/crm_addresses.json";

const records = new Records(BUILT_IN);

function of(address: string, application = "") {
  return records.recordOf(new URL(address), application);
}

function key(address: string, application = ""): string | null {
  const record = of(address, application);
  return record && crmRef(record);
}

const SF = "https://acme.lightning.force.com";

describe("A record is known by its address", () => {
  test.each([
    ["http://127.0.0.1:5000/contacts/101", "demo:contact:101"],
    ["http://localhost/leads/7?tab=2", "demo:lead:7"],
    ["http://127.0.0.1:5000/accounts/3/", "demo:account:3"],
    ["http://127.0.0.1:5000/opportunities/9", "demo:opportunity:9"],
    ["http://127.0.0.1:5000/tasks/9#notes", "demo:task:9"],
  ])("%s in the demo CRM", (address, found) => expect(key(address, "Acme CRM")).toBe(found));

  test.each(Object.entries(goldens.records))("%s", (address, found) =>
    expect(key(address)).toBe(found),
  );

  test("in a console tab by what has the focus, not by its workspace", () => {
    const ws = encodeURIComponent("/lightning/r/Opportunity/0065g00000abcde/view");
    const address = `${SF}/lightning/r/Contact/0035g00000abcde/view?ws=${ws}`;
    expect(key(address)).toBe("salesforce:contact:0035g00000abcdeAAA");
    const record = of(address);
    expect(record?.url).toBe(`${SF}/lightning/r/Contact/0035g00000abcde/view`);
  });

  test("and with it whose CRM it is", () => {
    expect(of("https://app.hubspot.com/contacts/123/record/0-1/456")?.org).toBe("123");
    expect(of(`${SF}/lightning/r/0015g00000abcde/view`)?.org).toBe("acme.lightning.force.com");
  });
});

test.each([
  ["http://127.0.0.1:5000/contacts", "Acme CRM"],
  ["http://127.0.0.1:5000/", "Acme CRM"],
  ["http://127.0.0.1:5000/contacts/101", "Other CRM"],
  ["http://crm.example/contacts/101", "Acme CRM"],
  ["http://127.0.0.1:5000/constructor/101", "Acme CRM"],
])("%s (%s) is no record", (address, application) => expect(key(address, application)).toBeNull());

test.each(goldens.none)("%s is no record", (address) => expect(key(address)).toBeNull());

test("Numbers are shown as people here write them", () => {
  expect(displayPhone("+14045550187")).toBe("(404) 555-0187");
  expect(displayPhone("+447700900123")).toBe("+447700900123");
});

test("Unread counts stay short", () => {
  expect([-1, 0, 1, 99, 100].map(countText)).toEqual(["", "", "1", "99", "99+"]);
});
