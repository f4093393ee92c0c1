import { describe, expect, test } from "vitest";
import { displayPhone } from "../../../extension/src/lib/phone";
import { recordKey, recordOf } from "../../../extension/src/lib/records";
import { countText } from "../../../extension/src/lib/unread";

function key(address: string, application = ""): string | null {
  const record = recordOf(new URL(address), application);
  return record && `${record.crm.id}:${recordKey(record)}`;
}

describe("A record is known by its address", () => {
  test.each([
    ["http://127.0.0.1:5000/contacts/101", "demo:contact:101"],
    ["http://crm.test/leads/7?tab=2", "demo:lead:7"],
    ["http://127.0.0.1:5000/accounts/3/", "demo:account:3"],
    ["http://127.0.0.1:5000/opportunities/9", "demo:opportunity:9"],
  ])("%s in the demo CRM", (address, found) => expect(key(address, "Acme CRM")).toBe(found));

  test.each([
    [
      "https://acme.lightning.force.com/lightning/r/Contact/003000000000001AAA/view",
      "salesforce:contact:003000000000001AAA",
    ],
    ["https://app.hubspot.com/contacts/123/record/0-1/456", "hubspot:contact:456"],
    ["https://app.hubspot.com/contacts/123/company/456/", "hubspot:account:456"],
    [
      "https://acme.crm.dynamics.com/main.aspx?pagetype=entityrecord&etn=lead&id=9f2b6f4e-0000-4000-8000-000000000001",
      "dynamics:lead:9f2b6f4e-0000-4000-8000-000000000001",
    ],
  ])("%s", (address, found) => expect(key(address)).toBe(found));
});

test.each([
  ["http://127.0.0.1:5000/contacts", "Acme CRM"],
  ["http://127.0.0.1:5000/", "Acme CRM"],
  ["http://127.0.0.1:5000/contacts/101", "Other CRM"],
  ["https://app.hubspot.com.evil.example/contacts/123/record/0-1/456", ""],
  ["https://evilhubspot.com/contacts/123/record/0-1/456", ""],
  ["http://app.hubspot.com/contacts/123/record/0-1/456", ""],
])("%s (%s) is no record", (address, application) => expect(key(address, application)).toBeNull());

test("Numbers are shown as people here write them", () => {
  expect(displayPhone("+14045550187")).toBe("(404) 555-0187");
  expect(displayPhone("+447700900123")).toBe("+447700900123");
});

test("Unread counts stay short", () => {
  expect([-1, 0, 1, 99, 100].map(countText)).toEqual(["", "", "1", "99", "99+"]);
});
