// A record's page: who it is, the details, what belongs to it, and what happened.

import { activityCard } from "./activity.js";
import { all, find } from "./data.js";
import { detailsCard } from "./details.js";
import { bdi, el } from "./dom.js";
import { replace } from "./stage.js";
import { dollars } from "./words.js";

const SUBTITLE = {
  contacts: (r) => [bdi(r.title), accountLink(r)],
  leads: (r) => [bdi(r.title), bdi(r.company)],
  accounts: (r) => [r.industry, r.city],
  opportunities: (r) => [dollars(r.amount_usd), accountLink(r)],
  tasks: (r) => [r.status, accountLink(r)],
};

function accountLink(record) {
  const account = find("accounts", record.account);
  return el("a", { href: `/accounts/${account.id}` }, bdi(account.name));
}

export function recordPage(kind, record) {
  const again = () => {
    const path = `/${kind}/${record.id}`;
    replace(path, () => recordPage(kind, record))
      .querySelector(".edit")
      .focus();
  };
  const [first, second] = SUBTITLE[kind](record);
  return el(
    "section",
    { class: "record" },
    el(
      "header",
      { class: "card record-head" },
      el("h1", { dir: "auto", tabindex: -1 }, record.name),
      el("p", {}, first, " · ", second),
    ),
    el(
      "div",
      { class: "columns" },
      el("div", { class: "column" }, detailsCard(kind, record, again), ...related(kind, record)),
      el("div", { class: "column" }, activityCard(record)),
    ),
  );
}

function related(kind, record) {
  if (kind !== "accounts") return [];
  const contacts = all("contacts").filter((contact) => contact.account === record.id);
  const deals = all("opportunities").filter((deal) => deal.account === record.id);
  return [
    relatedCard("Contacts", "contacts", contacts, (contact) => contact.title),
    relatedCard("Opportunities", "opportunities", deals, (deal) => deal.stage),
  ];
}

function relatedCard(title, kind, records, note) {
  const items = records.map((record) =>
    el(
      "li",
      {},
      el("a", { href: `/${kind}/${record.id}` }, bdi(record.name)),
      el("small", {}, bdi(note(record))),
    ),
  );
  return el(
    "div",
    { class: "card" },
    el("div", { class: "card-head" }, el("h2", {}, title)),
    items.length
      ? el("ul", { class: "related" }, ...items)
      : el("p", { class: "nobody" }, "None yet."),
  );
}
