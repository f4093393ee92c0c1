// A list of records with a box that filters it as one types.

import { COLUMNS } from "./columns.js";
import { all } from "./data.js";
import { bdi, el } from "./dom.js";
import { KINDS, plain } from "./words.js";

export function listPage(kind) {
  return el("section", {}, listCard(kind, "h1"));
}

/** @param {"h1" | "h2"} heading h1 when the list is the page */
export function listCard(kind, heading) {
  const { many } = KINDS[kind];
  const rows = all(kind).map((record) => ({
    row: row(kind, record),
    text: haystack(kind, record),
  }));
  const status = el("p", { class: "count", role: "status" });
  const nobody = el("p", { class: "nobody" });
  const box = el("input", {
    type: "search",
    placeholder: `Search ${many.toLowerCase()}`,
    "aria-label": `Search ${many.toLowerCase()}`,
    autocomplete: "off",
    spellcheck: "false",
    oninput: filter,
  });

  function filter() {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    const digits = box.value.replace(/\D/g, "");
    const isNumber = digits.length > 2 && !/\p{L}/u.test(box.value);
    let left = 0;
    for (const { row, text } of rows) {
      const found = isNumber
        ? text.digits.includes(digits)
        : words.every((w) => text.words.includes(w));
      row.hidden = !found;
      left += Number(found);
    }
    status.textContent = words.length ? `${left} of ${rows.length}` : String(rows.length);
    nobody.hidden = left > 0;
    nobody.textContent = `No ${many.toLowerCase()} match “${box.value.trim()}”.`;
  }

  filter();
  const headings = ["Name", ...COLUMNS[kind].map(([name]) => name)];
  return el(
    "div",
    { class: "card" },
    el(
      "div",
      { class: "card-head" },
      el(heading, heading === "h1" ? { tabindex: -1 } : {}, many),
      status,
      box,
    ),
    el(
      "div",
      { class: "scroll" },
      el(
        "table",
        { class: "records", "aria-label": many },
        el("thead", {}, el("tr", {}, ...headings.map((name) => el("th", { scope: "col" }, name)))),
        el("tbody", {}, ...rows.map(({ row }) => row)),
      ),
    ),
    nobody,
  );
}

function row(kind, record) {
  const name = el("a", { href: `/${kind}/${record.id}`, class: "name" }, bdi(record.name));
  const cells = COLUMNS[kind].map(([, cell]) => el("td", {}, cell(record)));
  return el("tr", {}, el("th", { scope: "row" }, name), ...cells);
}

function haystack(kind, record) {
  const cells = COLUMNS[kind].map(([, cell]) => cell(record)).map((c) => c.textContent ?? c);
  const numbers = (record.phones ?? []).map((phone) => phone.number);
  return {
    words: plain([record.name, ...cells, ...numbers].join(" ")),
    digits: numbers.map((number) => number.replace(/\D/g, "")).join(" "),
  };
}
