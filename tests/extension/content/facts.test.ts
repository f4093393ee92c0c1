// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import type { Eyes } from "../../../extension/src/content/eyes";
import { readFacts } from "../../../extension/src/content/facts";
import { Leftovers } from "../../../extension/src/content/leftovers";
import { BUILT_IN } from "../../../extension/src/lib/crm_table";
import { Records } from "../../../extension/src/lib/records";

// This DOM has no layout: here an element is visible unless it or one around it says hidden.
const eyes: Eyes = {
  visible: (element) => element.closest("[hidden]") === null,
  shadow: (element) => element.shadowRoot,
};

const RECORD = "http://127.0.0.1:5000/contacts/101";

function read(body: string, address = RECORD, application = "Acme CRM") {
  document.head.innerHTML = `<meta name="application-name" content="${application}">`;
  document.body.innerHTML = body;
  return look(address);
}

function look(address = RECORD, leftovers = new Leftovers()) {
  return readFacts(document, address, eyes, new Records(BUILT_IN), leftovers).facts;
}

const numbers = (body: string) => read(`<h1>Maya</h1>${body}`)?.numbers;

describe("A person's page", () => {
  test("gives name, title, account and time zone", () => {
    const facts = read(`
      <header><h1>Maya Okonkwo</h1>
      <p><bdi>VP Operations</bdi> · <a href="http://127.0.0.1:5000/accounts/1">Northwind</a></p></header>
      <dl><div><dt>Mobile</dt><dd>(404) 555-0187</dd></div>
      <div><dt>E-mail</dt><dd>maya@northwind.example</dd></div>
      <div><dt>Time zone</dt><dd>Eastern</dd></div></dl>`);
    expect(facts).toEqual({
      crm: "demo",
      crm_label: "Acme CRM",
      record: "contact:101",
      org: "127.0.0.1",
      url: RECORD,
      name: "Maya Okonkwo",
      title: "VP Operations",
      account: "Northwind",
      account_url: "http://127.0.0.1:5000/accounts/1",
      email: "maya@northwind.example",
      time_zone: "Eastern",
      region: "",
      people: [],
      numbers: [{ raw: "(404) 555-0187", label: "Mobile" }],
    });
  });

  test.each([
    ["<dt>Mailing State/Province</dt><dd>Georgia</dd>", "Georgia"],
    ["<dt>State</dt><dd>GA</dd>", "GA"],
    ["<dt>Mailing Address</dt><dd>12 Peachtree St, Atlanta, GA 30303, USA</dd>", "GA"],
    ["<dt>Address</dt><dd>1 King St W, Toronto, ON M5V 2T6</dd>", "ON"],
    ["<dt>City</dt><dd>Austin, TX</dd>", "TX"],
    ["<dt>Address</dt><dd>12 Peachtree St</dd>", ""],
    ["<dt>Statement</dt><dd>GA</dd>", ""],
  ])("%s tells the state %j", (row, region) =>
    expect(read(`<h1>Maya</h1><dl><div>${row}</div></dl>`)?.region).toBe(region),
  );

  test("of a task names the people that it links to, visible ones alone", () => {
    const crm = "http://127.0.0.1:5000";
    const facts = read(
      `<h1>Send the sheet</h1><p>Open · <a href="${crm}/accounts/3">Northwind</a></p>
      <a href="${crm}/contacts/7">Maya</a> <a href="${crm}/contacts/7">her page</a>
      <a hidden href="${crm}/contacts/8">Jonas</a> <a href="${crm}/contacts">All</a>`,
      `${crm}/tasks/5`,
    );
    expect(facts).toMatchObject({
      ...{ record: "task:5", account: "Northwind", people: ["demo:contact:7"] },
    });
  });

  test("is not read from the record before, which is still there but hidden", () => {
    const facts = read(`
      <section hidden><h1>Jonas</h1><dl><dt>Mobile</dt><dd>(646) 555-0142</dd></dl></section>
      <section><h1>Maya</h1><dl><dt>Office</dt><dd>(404) 555-0100</dd></dl></section>`);
    expect(facts?.name).toBe("Maya");
    expect(facts?.numbers).toEqual([{ raw: "(404) 555-0100", label: "Office" }]);
  });

  test("whose heading is not drawn yet says nothing", () => {
    expect(read("<p>Loading</p>")).toBeNull();
  });

  test("keeps hostile names as plain text within bounds", () => {
    const facts = read(`<h1>&lt;img src=x onerror=alert(1)&gt;${"x".repeat(5000)}</h1>`);
    expect(facts?.name.startsWith("<img src=x")).toBe(true);
    expect(facts?.name).toHaveLength(200);
  });
});

describe("A number is read with its label", () => {
  test.each([
    [
      "a tel: link in a list",
      `<dl><dt>Cell</dt><dd><a href="tel:+1 404 555 0187">(404) 555-0187</a></dd></dl>`,
      "Cell",
    ],
    [
      "a tel: link whose text is no number",
      `<div><span>Mobile</span><a href="tel:+14045550187">Call</a></div>`,
      "Mobile",
    ],
    [
      "a row with a header",
      `<table><tr><th>Mobile</th><td>+1 404 555 0187</td></tr></table>`,
      "Mobile",
    ],
    [
      "a cell whose neighbour types it",
      `<table><tr><td>(404) 555-0187</td><td>Mobile</td></tr></table>`,
      "Mobile",
    ],
    [
      "a labelled input",
      `<label for="m">Mobile</label><input id="m" type="tel" value="404-555-0187">`,
      "Mobile",
    ],
    [
      "an input with an aria-label",
      `<input aria-label="Mobile phone" value="404-555-0187">`,
      "Mobile phone",
    ],
    [
      "words beside it",
      `<div><div><span>Mobile:</span></div><div>404.555.0187</div></div>`,
      "Mobile:",
    ],
  ])("in %s", (_where, body, label) => {
    const found = numbers(body);
    expect(found?.map((number) => number.label)).toEqual([label]);
    expect(found?.[0]?.raw.replace(/\D/g, "").slice(-10)).toBe("4045550187");
  });

  test("in an open shadow root", () => {
    read("<h1>Maya</h1><x-field></x-field>");
    const host = document.querySelector("x-field");
    const root = host?.attachShadow({ mode: "open" });
    if (root) root.innerHTML = "<dl><dt>Mobile</dt><dd>404-555-0187</dd></dl>";
    expect(look()?.numbers).toEqual([{ raw: "404-555-0187", label: "Mobile" }]);
  });

  test("once, though link and row both have it", () => {
    expect(
      numbers(`<dl><dt>Mobile</dt><dd><a href="tel:4045550187">404 555 0187</a></dd></dl>`),
    ).toHaveLength(1);
  });

  test("with its extension", () => {
    expect(numbers("<dl><dt>Office</dt><dd>(404) 555-0100 ext. 62</dd></dl>")?.[0]?.raw).toBe(
      "(404) 555-0100 ext. 62",
    );
  });

  test("or without one where nothing says what it is", () => {
    expect(numbers(`<p><a href="tel:4045550187">404 555 0187</a></p>`)).toEqual([
      { raw: "404 555 0187", label: "" },
    ]);
  });

  test("never with the label of a number beside it", () => {
    const two = `<p><a href="tel:4045550187">404 555 0187</a> <a href="tel:4045550100">404 555 0100</a> <span>Mobile</span></p>`;
    const found = numbers(two);
    expect(found?.find(({ raw }) => raw.endsWith("0187"))?.label).toBe("");
  });
});

describe("Another person's mobile is not taken for this one's", () => {
  test.each([
    [
      "a table with columns",
      `<table><tr><th>Name</th><th>Mobile</th></tr><tr><td>Jo</td><td><a href="tel:4045550187">404 555 0187</a></td></tr></table>`,
    ],
    [
      "a list of other records",
      `<ul><li><a href="http://127.0.0.1:5000/contacts/102">Jo</a> <span>Mobile</span><span>404 555 0187</span></li></ul>`,
    ],
  ])("in %s", (_where, body) => {
    expect(numbers(body)?.filter(({ label }) => label === "Mobile")).toEqual([]);
  });
});

describe("A page that is about nobody", () => {
  const mobile = "<dl><dt>Mobile</dt><dd>404 555 0187</dd></dl>";
  test.each([
    [
      "a list of a CRM we know",
      `<h1>Contacts</h1>${mobile}`,
      "http://127.0.0.1:5000/contacts",
      "Acme CRM",
    ],
    ["a page with several headings", `<h1>A</h1><h1>B</h1>${mobile}`, "http://localhost/x", ""],
    [
      "a page with several mobiles",
      `<h1>A</h1>${mobile}<dl><dt>Mobile</dt><dd>404 555 0188</dd></dl>`,
      "http://localhost/x",
      "",
    ],
    ["a page without one", "<h1>A</h1><p>404 555 0187</p>", "http://localhost/x", ""],
  ])("%s", (_what, body, address, application) =>
    expect(read(body, address, application)).toBeNull(),
  );

  test("is unlike one with one name and one mobile, on any site", () => {
    expect(read(`<h1>Maya</h1>${mobile}`, "http://localhost/people/maya", "")).toMatchObject({
      crm: "generic",
      record: "",
      name: "Maya",
      numbers: [{ label: "Mobile" }],
    });
  });
});
