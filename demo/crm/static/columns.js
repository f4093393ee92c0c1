// What each kind's list shows: a heading and a cell (text, a node, or nothing) per column.

import { all, find } from "./data.js";
import { bdi, el } from "./dom.js";
import { dateIn, dollars } from "./words.js";

function to(kind, record) {
  return el("a", { href: `/${kind}/${record.id}` }, bdi(record.name));
}

function phone({ phones: [first] }) {
  return el("span", { class: "number" }, first.number, " ", el("small", {}, first.label));
}

export const COLUMNS = {
  contacts: [
    ["Title", (r) => bdi(r.title)],
    ["Account", (r) => to("accounts", find("accounts", r.account))],
    ["Phone", phone],
    ["Owner", (r) => r.owner],
  ],
  leads: [
    ["Title", (r) => bdi(r.title)],
    ["Company", (r) => bdi(r.company)],
    ["Phone", phone],
    ["Status", (r) => r.status],
    ["Owner", (r) => r.owner],
  ],
  accounts: [
    ["Industry", (r) => r.industry],
    ["City", (r) => r.city],
    ["Phone", phone],
    ["Contacts", (r) => String(all("contacts").filter((c) => c.account === r.id).length)],
    ["Owner", (r) => r.owner],
  ],
  opportunities: [
    ["Account", (r) => to("accounts", find("accounts", r.account))],
    ["Contact", (r) => to("contacts", find("contacts", r.contact))],
    ["Stage", (r) => r.stage],
    ["Amount", (r) => el("span", { class: "number" }, dollars(r.amount_usd))],
    ["Closes", (r) => dateIn(r.closes_in_days).text],
  ],
  tasks: [
    ["Account", (r) => to("accounts", find("accounts", r.account))],
    ["Contact", (r) => to("contacts", find("contacts", r.contact))],
    ["Status", (r) => r.status],
    ["Due", (r) => dateIn(r.due_in_days).text],
  ],
};
