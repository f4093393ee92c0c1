// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { readChosen } from "../../../extension/src/content/chosen";
import { BUILT_IN } from "../../../extension/src/lib/crm_table";
import { Records } from "../../../extension/src/lib/records";

const LIST = "https://app.hubspot.com/contacts/123/objects/0-1/views/all/list";
const eyes = {
  visible: (element: Element) => element.closest("[hidden]") === null,
  shadow: () => null,
};

const row = (id: number, more = "", box = "") =>
  `<tr ${more}><td><input type="checkbox" ${box}></td>
   <td><a href="https://app.hubspot.com/contacts/123/record/0-1/${id}">Person ${id}</a></td>
   <td>(404) 555-010${id}</td><td>(404) 555-020${id}</td></tr>`;

function chosen(rows: string, address = LIST) {
  document.body.innerHTML = `<h1>Contacts</h1><table>
    <thead><tr><th></th><th>Name</th><th>Phone</th><th>Mobile</th></tr></thead>
    <tbody>${rows}</tbody></table>`;
  return readChosen(document, address, eyes, new Records(BUILT_IN));
}

describe("Who is chosen in a list", () => {
  test.each([
    ["the row whose box is ticked", row(1) + row(2, "", "checked") + row(3)],
    ["the row that is selected", row(1) + row(2, 'aria-selected="true"') + row(3)],
    ["the only row", row(2)],
    ["the only row that is seen", row(1, "hidden") + row(2)],
  ])("is %s", (_which, rows) =>
    expect(chosen(rows)).toMatchObject({
      ...{ record: "contact:2", org: "123", name: "Person 2" },
      url: "https://app.hubspot.com/contacts/123/record/0-1/2",
      numbers: [
        { raw: "(404) 555-0102", label: "Phone" },
        { raw: "(404) 555-0202", label: "Mobile" },
      ],
    }),
  );

  test.each([
    ["one of many", row(1) + row(2)],
    ["two at once", row(1, "", "checked") + row(2, "", "checked")],
    ["an empty list", ""],
    ["a row that is about nobody", "<tr><td>(404) 555-0101</td></tr>"],
  ])("is nobody in %s", (_what, rows) => expect(chosen(rows)).toBeNull());

  test("is nobody on a site that is no CRM", () =>
    expect(chosen(row(2), "https://app.hubspot.com.evil.example/")).toBeNull());
});
