import { describe, expect, test } from "vitest";
import { BUILT_IN } from "../../../extension/src/lib/crm_table";
import { displayPhone } from "../../../extension/src/lib/phone";
import { crmRef, Records } from "../../../extension/src/lib/records";
import { countText } from "../../../extension/src/lib/unread";

const records = new Records(BUILT_IN);

function of(address: string, application = "") {
  return records.recordOf(new URL(address), application);
}

function key(address: string, application = ""): string | null {
  const record = of(address, application);
  return record && crmRef(record);
}

const SF = "https://acme.lightning.force.com";
const GUID = "9f2b6f4e-0000-4000-8000-00000000000a";
const D365 = "https://acme.crm.dynamics.com/main.aspx?appid=1&pagetype=entityrecord";

describe("A record is known by its address", () => {
  test.each([
    ["http://127.0.0.1:5000/contacts/101", "demo:contact:101"],
    ["http://localhost/leads/7?tab=2", "demo:lead:7"],
    ["http://127.0.0.1:5000/accounts/3/", "demo:account:3"],
    ["http://127.0.0.1:5000/opportunities/9", "demo:opportunity:9"],
    ["http://127.0.0.1:5000/tasks/9#notes", "demo:task:9"],
  ])("%s in the demo CRM", (address, found) => expect(key(address, "Acme CRM")).toBe(found));

  test.each([
    [`${SF}/lightning/r/Contact/0035g00000ABcDEAA1/view`, "salesforce:contact:0035g00000ABcDEAA1"],
    [`${SF}/lightning/r/Lead/00Q5g00000ABcDE/edit`, "salesforce:lead:00Q5g00000ABcDEEA1"],
    [`${SF}/lightning/r/0015g00000abcde/view`, "salesforce:account:0015g00000abcdeAAA"],
    [`${SF}/lightning/r/Task/00T5g00000abcde/view`, "salesforce:task:00T5g00000abcdeEAA"],
    [
      `${SF}/one/one.app#/sObject/0065g00000abcde/view`,
      "salesforce:opportunity:0065g00000abcdeAAA",
    ],
    ["https://acme.my.salesforce.com/5005g00000abcde", "salesforce:case:5005g00000abcdeAAA"],
    ["https://app.hubspot.com/contacts/123/record/0-1/456", "hubspot:contact:456"],
    ["https://app-eu1.hubspot.com/contacts/123/record/0-3/456/", "hubspot:opportunity:456"],
    ["https://app.hubspot.com/contacts/123/company/456/", "hubspot:account:456"],
    [`${D365}&etn=lead&id=${GUID}`, `dynamics:lead:${GUID}`],
    [`${D365}&etn=contact&id=%7B${GUID.toUpperCase()}%7D`, `dynamics:contact:${GUID}`],
    [`${D365}&entityName=incident&id=${GUID}`, `dynamics:case:${GUID}`],
    ["https://app.salesloft.com/app/people/77", "salesloft:contact:77"],
    ["https://crm.zoho.com/crm/org123/tab/Leads/123456789012", "zoho:lead:123456789012"],
    ["https://acme.pipedrive.com/person/5", "pipedrive:contact:5"],
    ["https://acme.zendesk.com/sales/app/deals/5", "zendesk-sell:opportunity:5"],
    ["https://app.close.com/lead/lead_AbC123/", "close:lead:lead_AbC123"],
    ["https://acme.myfreshworks.com/crm/sales/contacts/5", "freshsales:contact:5"],
    [`https://app.attio.com/acme/person/${GUID}/overview`, `attio:contact:${GUID}`],
    ["https://app.copper.com/companies/1/app#/people/5", "copper:contact:5"],
  ])("%s", (address, found) => expect(key(address)).toBe(found));

  test("in Salesforce by its 18 characters, however long it is written", () => {
    // Published pairs of the two forms.
    for (const [short, long] of [
      ["001D000000IqhSL", "001D000000IqhSLIAZ"],
      ["0017000000LgRMb", "0017000000LgRMbAAN"],
    ])
      expect(of(`${SF}/lightning/r/Account/${short}/view`)?.id).toBe(long);
  });

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
  [`${SF}.evil.example/lightning/r/Contact/0035g00000abcde/view`, ""],
  ["https://evil-lightning.force.com/lightning/r/Contact/0035g00000abcde/view", ""],
  [`${SF}/lightning/o/Contact/list?filterName=Recent`, ""],
  [`${SF}/lightning/r/Robot__c/a015g00000abcde/view`, ""],
  [`${SF}/lightning/r/Contact/0035g00000abcde/related/Cases/view`, ""],
  ["https://app.hubspot.com.evil.example/contacts/123/record/0-1/456", ""],
  ["https://evilhubspot.com/contacts/123/record/0-1/456", ""],
  ["http://app.hubspot.com/contacts/123/record/0-1/456", ""],
  ["https://app.hubspot.com/contacts/123/objects/0-1/views/all/list", ""],
  [`${D365.replace("entityrecord", "entitylist")}&etn=contact&viewid=${GUID}`, ""],
  [`https://app.hubspot.com/contacts/123/record/0-1/456/${"x".repeat(600)}`, ""],
])("%s (%s) is no record", (address, application) => expect(key(address, application)).toBeNull());

test("Numbers are shown as people here write them", () => {
  expect(displayPhone("+14045550187")).toBe("(404) 555-0187");
  expect(displayPhone("+447700900123")).toBe("+447700900123");
});

test("Unread counts stay short", () => {
  expect([-1, 0, 1, 99, 100].map(countText)).toEqual(["", "", "1", "99", "99+"]);
});
