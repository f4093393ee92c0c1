// A record's fields, in the several ways in which real CRMs mark them up.

import { all, find } from "./data.js";
import { bdi, el } from "./dom.js";
import { editForm } from "./edit.js";
import { dateIn, dollars, zone } from "./words.js";

/** Label and value of each field, in the order of the page. */
const FIELDS = {
  contacts: (r) => [...phones(r), ["Email", mail(r)], ["Owner", r.owner], ...deals(r), where(r)],
  leads: (r) => [
    ...phones(r),
    ["Email", mail(r)],
    ["Owner", r.owner],
    ["Status", r.status],
    ["Lead source", r.source],
    where(r),
  ],
  accounts: (r) => [...phones(r), ["Website", r.website], ["Owner", r.owner]],
  opportunities: (r) => [
    ["Primary contact", contact(r)],
    ["Stage", r.stage],
    ["Amount", dollars(r.amount_usd)],
    ["Close date", dateIn(r.closes_in_days).text],
    ["Owner", r.owner],
  ],
  tasks: (r) => [
    ["Contact", contact(r)],
    ["Status", r.status],
    ["Due", dateIn(r.due_in_days).text],
    ["Owner", r.owner],
  ],
};

function contact(record) {
  const found = find("contacts", record.contact);
  return el("a", { href: `/contacts/${found.id}` }, bdi(found.name));
}

function where(record) {
  return ["Time zone", zone(record.time_zone)];
}

function mail(record) {
  const address = encodeURIComponent(record.email).replace("%40", "@");
  return el("a", { href: `mailto:${address}` }, record.email);
}

function phones(record) {
  return record.phones.map(({ label, number }) => [label, phone(record, number)]);
}

function phone(record, number) {
  const text = { class: "number", dir: "ltr" };
  // With spaces in the address, which no standard allows and many CRMs write.
  return record.tel_links
    ? el("a", { href: `tel:${number}`, ...text }, number)
    : el("span", text, number);
}

function deals(record) {
  const open = all("opportunities").filter((deal) => deal.contact === record.id);
  return open.map((deal) => [
    "Open opportunity",
    el("a", { href: `/opportunities/${deal.id}` }, deal.name),
  ]);
}

/** @param {() => void} saved shows the record afresh */
export function detailsCard(kind, record, saved) {
  const fields = FIELDS[kind](record);
  const view = record.layout === "table" ? asTable(fields) : asList(fields);
  const head = el("div", { class: "card-head" }, el("h2", {}, "Details"));
  const card = el("div", { class: "card details" }, head, view);
  if (kind === "contacts" || kind === "leads") {
    const edit = el("button", { class: "edit", type: "button" }, "Edit");
    edit.addEventListener("click", () => {
      edit.hidden = true;
      const form = editForm(kind, record, saved);
      view.replaceWith(form);
      form.querySelector("input").focus();
    });
    head.append(edit);
  }
  return card;
}

function asList(fields) {
  const rows = fields.map(([label, value]) =>
    el("div", {}, el("dt", {}, label), el("dd", {}, value)),
  );
  return el("dl", { class: "fields" }, ...rows);
}

function asTable(fields) {
  const rows = fields.map(([label, value]) =>
    el("tr", {}, el("th", { scope: "row" }, label), el("td", {}, value)),
  );
  return el("table", { class: "fields" }, el("tbody", {}, ...rows));
}
