// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from "vitest";
import type { Eyes } from "../../../extension/src/content/eyes";
import { readFacts } from "../../../extension/src/content/facts";
import { Leftovers, PATIENCE_MS } from "../../../extension/src/content/leftovers";
import { BUILT_IN } from "../../../extension/src/lib/crm_table";
import { Records } from "../../../extension/src/lib/records";

// The closed roots of this DOM are given by hand, as Chrome gives them to an extension.
const closed = new WeakMap<Element, ShadowRoot>();
const eyes: Eyes = {
  visible: (element) => element.closest("[hidden]") === null,
  shadow: (element) => element.shadowRoot ?? closed.get(element) ?? null,
};

const ID = "0035g00000abcdeAAA";
const CONTACT = `https://acme.lightning.force.com/lightning/r/Contact/${ID}/view`;
const GUID = "9f2b6f4e-0000-4000-8000-000000000001";
const D365 = `https://acme.crm.dynamics.com/main.aspx?pagetype=entityrecord&etn=contact&id=${GUID}`;

function read(address: string, leftovers = new Leftovers()) {
  return readFacts(document, address, eyes, new Records(BUILT_IN), leftovers).facts;
}

function shadow(selector: string, html: string, mode: ShadowRootMode = "closed"): void {
  const host = document.querySelector(selector);
  const root = host?.attachShadow({ mode });
  if (!host || !root) throw new Error(`no ${selector}`);
  root.innerHTML = html;
  closed.set(host, root);
}

beforeEach(() => {
  document.head.innerHTML = "";
  document.body.innerHTML = "";
});

const field = (name: string, label: string, value: string) =>
  `<div data-target-selection-name="sfdc:RecordField.Contact.${name}">
    <span>${label}</span><div>${value}<button>Edit ${label}</button></div></div>`;

describe("A field that the CRM marks", () => {
  test("is read whatever its label says", () => {
    document.body.innerHTML = `<h1>Contact <span slot="primaryField">Maya Okonkwo</span></h1>
      ${field("MobilePhone", "Portable", '<a href="tel:4045550187">(404) 555-0187</a>')}
      ${field("Title", "Position", "<p>VP Operations</p>")}
      ${field("AccountId", "Account Name", '<a href="/lightning/r/Account/0015g00000abcde/view?x=1">Northwind</a>')}
      ${field("Email", "Courriel", '<a href="mailto:maya@northwind.example">maya@northwind.example</a>')}`;
    expect(read(CONTACT)).toMatchObject({
      ...{ name: "Maya Okonkwo", title: "VP Operations", account: "Northwind" },
      ...{ email: "maya@northwind.example", record: `contact:${ID}` },
      numbers: [{ raw: "(404) 555-0187", label: "Mobile" }],
    });
  });

  test("that is empty is not filled with its label", () => {
    document.body.innerHTML = `<h1>Maya</h1>${field("Title", "Title", "")}${field("MobilePhone", "Mobile", "")}`;
    expect(read(CONTACT)).toMatchObject({ name: "Maya", title: "", numbers: [] });
  });

  test("in closed roots, roots within roots, with the label outside", () => {
    document.body.innerHTML = "<h1>Maya</h1><x-layout></x-layout>";
    shadow("x-layout", "<dl><dt>Mobile</dt><dd><x-phone></x-phone></dd></dl>");
    const layout = closed.get(document.querySelector("x-layout") as Element);
    const phone = layout?.querySelector("x-phone") as Element;
    const inner = phone.attachShadow({ mode: "closed" });
    inner.innerHTML = '<a href="tel:+14045550187">Call</a>';
    closed.set(phone, inner);
    expect(read(CONTACT)?.numbers).toEqual([{ raw: "+14045550187", label: "Mobile" }]);
  });

  test("in a form's input, and the name without what is said of saving", () => {
    document.body.innerHTML = `<h1 data-id="header_title">Maya Okonkwo<span>- Saved</span></h1>
      <input data-id="mobilephone.fieldControl-phone-text-input" aria-label="Mobile Phone" value="404-555-0187">
      <input data-id="telephone1.fieldControl-phone-text-input" aria-label="Business Phone" value="404-555-0100 x62">
      <input data-id="emailaddress1.fieldControl-mail-text-input" value="maya@northwind.example">`;
    expect(read(D365)).toMatchObject({
      ...{ name: "Maya Okonkwo", email: "maya@northwind.example", org: "acme.crm.dynamics.com" },
      numbers: [
        { raw: "404-555-0187", label: "Mobile" },
        { raw: "404-555-0100 x62", label: "Phone" },
      ],
    });
  });

  test("by a selector that is none is not found, and the rest is read all the same", () => {
    const crms = structuredClone(BUILT_IN.crms);
    for (const { fields } of crms) if (fields) fields.mobile = "[[";
    document.body.innerHTML = "<h1>Maya</h1><dl><dt>Mobile</dt><dd>404-555-0187</dd></dl>";
    const records = new Records({ version: 9, crms });
    const { facts } = readFacts(document, CONTACT, eyes, records, new Leftovers());
    expect(facts?.numbers).toEqual([{ raw: "404-555-0187", label: "Mobile" }]);
  });
});

describe("The e-mail address", () => {
  const read1 = (body: string) => {
    document.body.innerHTML = `<h1>Maya</h1>${body}`;
    return read(CONTACT)?.email;
  };
  test.each([
    ["the only link", '<a href="mailto:a@b.example?subject=Hi">Write</a>', "a@b.example"],
    ["a row", "<dl><dt>Email</dt><dd>a@b.example</dd></dl>", "a@b.example"],
    ["nothing of two", '<a href="mailto:a@b.example">a</a><a href="mailto:c@b.example">c</a>', ""],
    ["nothing hidden", '<p hidden><a href="mailto:a@b.example">a</a></p>', ""],
    ["nothing that is none", "<dl><dt>Email</dt><dd>&lt;script&gt;@x</dd></dl>", ""],
    ["nothing too long", `<dl><dt>Email</dt><dd>${"x".repeat(300)}@b.example</dd></dl>`, ""],
    [
      "nobody else's",
      "<table><tr><th>Name</th><th>Email</th></tr><tr><td>Jo</td><td><a href='mailto:a@b.example'>a</a></td></tr></table>",
      "",
    ],
  ])("is read from %s", (_where, body, email) => expect(read1(body)).toBe(email));
});

describe("The account is that of the only link to one", () => {
  const sf = "https://acme.lightning.force.com/lightning/r";
  const link = (id: string, text: string, more = "") =>
    `<a ${more} href="${sf}/Account/${id}/view?x=1">${text}</a>`;
  const one = link("0015g00000abcde", "Northwind");
  test.each([
    ["written in two ways", one + link("0015g00000abcdeAAA", "Northwind again"), "Northwind"],
    [
      "beside one in the furniture",
      `<nav>${link("0015g00000zzzzz", "Recent")}</nav>${one}`,
      "Northwind",
    ],
    ["beside a hidden one", link("0015g00000zzzzz", "Hidden", "hidden") + one, "Northwind"],
    ["beside one without a name", link("0015g00000zzzzz", "<img>") + one, "Northwind"],
    ["but not of two", one + link("0015g00000zzzzz", "Acme"), ""],
  ])("%s", (_which, body, account) => {
    document.body.innerHTML = `<h1>Maya</h1>${body}`;
    expect(read(CONTACT)?.account).toBe(account);
  });

  test("with its address, not with the page's own workspace", () => {
    document.body.innerHTML = `<h1>Maya</h1>${link("0015g00000abcdeAAA", "Northwind")}`;
    const ws = encodeURIComponent("/lightning/r/Account/0015g00000zzzzz/view");
    expect(read(`${CONTACT}?ws=${ws}`)).toMatchObject({
      ...{ url: CONTACT, account_url: `${sf}/Account/0015g00000abcdeAAA/view` },
    });
  });
});

describe("What is left of the record before", () => {
  const other = CONTACT.replace("abcdeAAA", "fghijAAA");
  const draw = (name: string, number: string) => {
    const [h1, dd] = [document.querySelector("h1"), document.querySelector("dd")];
    if (h1) h1.textContent = name;
    if (dd) dd.textContent = number;
  };

  test("is not taken for this one's: neither its name nor, beside the new name, its number", () => {
    const leftovers = new Leftovers();
    document.body.innerHTML = "<h1>Maya</h1><dl><dt>Mobile</dt><dd>404-555-0187</dd></dl>";
    expect(read(CONTACT, leftovers)?.numbers).toHaveLength(1);
    expect(read(other, leftovers)).toBeNull();
    draw("Jonas", "404-555-0187");
    expect(read(other, leftovers)).toMatchObject({ name: "Jonas", numbers: [] });
    expect(leftovers.met).toBe(true);
    draw("Jonas", "646-555-0142");
    expect(read(other, leftovers)?.numbers).toEqual([{ raw: "646-555-0142", label: "Mobile" }]);
    expect(leftovers.met).toBe(false);
    expect(read(CONTACT.replace("/view", "/edit"), leftovers)).toBeNull();
  });

  const held = (text: string) => {
    const at = document.createElement("h1");
    at.textContent = text;
    document.body.append(at);
    return at;
  };

  test("is known for what it is after several quick moves", () => {
    const leftovers = new Leftovers();
    const number = held("404-555-0187");
    leftovers.begin("a", 0);
    leftovers.isOld(number);
    leftovers.begin("b", 10); // its heading was old, so nobody looked at the number
    leftovers.begin("c", 20);
    expect(leftovers.isOld(number)).toBe(true);
    leftovers.begin("a", 30);
    expect(leftovers.isOld(number)).toBe(false);
  });

  test("is known though it was drawn and left between two looks", () => {
    const leftovers = new Leftovers();
    const name = held("Dora");
    leftovers.begin("a", 0);
    leftovers.isOld(name);
    leftovers.moved("b", 10);
    name.textContent = "Emil"; // of b, which is left before anybody looks
    leftovers.moved("a", 20);
    leftovers.begin("a", 30);
    expect(leftovers.isOld(name)).toBe(true);
    name.textContent = "Dora";
    expect(leftovers.isOld(name)).toBe(false);
  });

  test("is this one's after all when it stays", () => {
    const leftovers = new Leftovers();
    const name = held("John Smith");
    leftovers.begin("a", 0);
    expect(leftovers.isOld(name)).toBe(false);
    leftovers.begin("list", 10);
    leftovers.begin("b", 20);
    expect(leftovers.isOld(name)).toBe(true);
    leftovers.begin("b", 20 + PATIENCE_MS);
    expect(leftovers.isOld(name)).toBe(false);
  });
});
