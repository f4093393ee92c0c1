// HubSpot's single page: it writes the address twice for one move, draws the new name first and the
// properties later, into the elements that held those of the record before.
"use strict";

const KINDS = { contact: "contact", account: "company", opportunity: "deal" };
const title = make("h1", { "data-test-id": "record-title" });
const properties = make("div", { class: "properties" });
const rows = make("div");
const bar = make("nav", {}, link(crm.list, "Contacts"), link(crm.account, "Companies"));
document.body.append(make("header", {}, bar), make("main", {}, title, properties, rows));

const values = new Map();
for (const label of ["Job title", "Mobile phone number", "Phone number", "Email", "Company name"]) {
  const value = make("div", { class: "value" });
  values.set(label, value);
  properties.append(
    make("div", { class: "field" }, make("div", { class: "label" }, make("span", {}, label)), value),
  );
}

function put(label, text, href) {
  const value = values.get(label);
  value.parentElement.hidden = !text;
  const held = value.firstElementChild ?? make(href ? "a" : "span");
  held.textContent = text;
  if (href) held.setAttribute("href", href);
  if (!held.parentElement) value.append(held);
}

const dial = (number) => (number ? `tel:${number.replace(/\D/g, "")}` : "tel:");
let last = 0;

async function show(record) {
  const turn = ++last;
  await later(80);
  if (turn !== last) return;
  title.textContent = record.name;
  await later(250);
  if (turn !== last) return;
  rows.replaceChildren();
  const isPerson = record.kind === "contact" || record.kind === "lead";
  const mobile = isPerson ? record.mobile : "";
  put("Job title", isPerson ? "VP Operations" : "");
  put("Mobile phone number", mobile, dial(mobile));
  put("Phone number", isPerson ? record.phone : "", dial(record.phone ?? ""));
  put("Email", isPerson ? record.email : "", `mailto:${record.email}`);
  const isAccount = record.kind === "account" || record.kind === "list";
  put("Company name", isAccount ? "" : crm.account_name, crm.account);
  if (record.kind === "list") rows.append(listOf(crm.people));
  else if (!isPerson)
    rows.append(...crm.people.slice(0, 2).map((one) => make("p", {}, link(one.path, one.name))));
}

begin(show, (path) => {
  const [, org, , type, id] = path.split("/").filter(Boolean);
  const short = { "0-1": KINDS.contact, "0-2": KINDS.account, "0-3": KINDS.opportunity }[type];
  history.pushState(null, "", short ? `/contacts/${org}/${short}/${id}` : path);
  setTimeout(() => history.replaceState(null, "", `${path}${short ? "?x=1" : ""}`), 40);
});
