// Lightning's console: each record has a tab of its own that stays in the document when another one
// is shown, and fields stand in shadow roots, open and closed ones, one within the other.
"use strict";

function piece(name, mode, draw) {
  customElements.define(
    name,
    class extends HTMLElement {
      connectedCallback() {
        if (this.drawn) return;
        this.drawn = true;
        this.attachShadow({ mode }).append(...draw(this));
      }
    },
  );
}

const sheet = () => make("link", { rel: "stylesheet", href: "/static/pages.css" });
const named = { Contact: "Contact", lead: "Lead", contact: "Contact" };

piece("lightning-formatted-phone", "open", ({ dataset }) => [
  make("a", { href: `tel:${dataset.value.replace(/\D/g, "")}` }, dataset.value),
]);
piece("records-highlights2", "closed", ({ record }) => [
  sheet(),
  make(
    "h1",
    {},
    make("div", { class: "entity" }, record.kind),
    make("lightning-formatted-text", { slot: "primaryField" }, record.name),
  ),
]);
piece("records-lwc-detail-panel", "closed", ({ record }) => [sheet(), ...fieldsOf(record)]);

function field(object, name, label, value) {
  return make(
    "div",
    { class: "field", "data-target-selection-name": `sfdc:RecordField.${object}.${name}` },
    make("span", { class: "label" }, label),
    make("div", { class: "value" }, value, make("button", { type: "button" }, `Edit ${label}`)),
  );
}

const phone = (value) =>
  value ? make("lightning-formatted-phone", { "data-value": value }) : make("span");

function fieldsOf(record) {
  const object = named[record.kind];
  const account = link(crm.account, crm.account_name);
  if (!object) {
    const people = crm.people.slice(0, 2).map((one) => link(one.path, one.name));
    const own = record.kind === "account" ? [] : [field("Task", "WhatId", "Account Name", account)];
    return [...own, make("ul", {}, ...people.map((one) => make("li", {}, one)))];
  }
  return [
    field(object, "Title", "Title", "VP Operations"),
    ...(object === "Contact" ? [field(object, "AccountId", "Account Name", account)] : []),
    field(object, "MobilePhone", "Mobile", phone(record.mobile)),
    field(object, "Phone", "Phone", phone(record.phone)),
    field(object, "Email", "Email", link(`mailto:${record.email}`, record.email)),
  ];
}

const tabs = new Map();
const bar = make("nav", {}, link(crm.list, "Contacts"), link(crm.account, "Accounts"));
const panels = make("main");
document.body.append(make("header", { role: "banner" }, bar), panels);

begin(async (record) => {
  const key = here();
  for (const [, tab] of tabs) tab.classList.add("closed");
  let tab = tabs.get(key);
  if (!tab) {
    tab = make("section", { class: "tab", "aria-label": record.name });
    tabs.set(key, tab);
    await later(120);
    if (record.kind === "list") tab.append(make("h1", {}, "Contacts"), listOf(crm.people));
    else
      for (const name of ["records-highlights2", "records-lwc-detail-panel"])
        tab.append(Object.assign(document.createElement(name), { record }));
    panels.append(tab);
  }
  tab.classList.toggle("closed", key !== here());
});
