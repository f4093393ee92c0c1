// Whom a rep has chosen in a list of people, looked for when they ask and at no other time: the one
// row that is selected, or the only row that there is.

import type { PageFacts, PageNumber } from "../lib/messages";
import { type CrmRecord, isPerson, type Records, recordKey } from "../lib/records";
import { type Eyes, textOf } from "./eyes";
import { applicationOf } from "./facts";
import { looksLikePhone } from "./numbers";

const ROWS = "tbody > tr, [role=row]";
const HEADERS = "thead th, [role=columnheader]";
const CELLS = ":scope > td, :scope > th, :scope > [role=gridcell], :scope > [role=rowheader]";
const SELECTED = '[aria-selected="true"], [aria-checked="true"], input[type=checkbox]:checked';
const MOST_ROWS = 2000;

export function readChosen(
  document: Document,
  address: string,
  eyes: Eyes,
  records: Records,
): PageFacts | null {
  const application = applicationOf(document);
  const crm = records.crmOf(new URL(address), application);
  if (!crm) return null;
  const rows = [...document.querySelectorAll(ROWS)]
    .slice(0, MOST_ROWS)
    .map((row) => ({ row, person: personIn(row, records, application) }))
    .filter(({ row, person }) => person && eyes.visible(row));
  const selected = rows.filter(({ row }) => row.matches(SELECTED) || row.querySelector(SELECTED));
  const [only] = selected.length ? selected : rows;
  if (!only?.person || selected.length > 1 || (!selected.length && rows.length > 1)) return null;
  const { record, name } = only.person;
  return {
    ...{ crm: crm.id, crm_label: crm.label, record: recordKey(record), org: record.org },
    ...{ url: record.url, name, title: "", account: "", account_url: "", email: "" },
    ...{ time_zone: "", region: "", people: [] },
    numbers: numbersIn(only.row),
  };
}

function personIn(
  row: Element,
  records: Records,
  application: string,
): { record: CrmRecord; name: string } | null {
  for (const link of row.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    const url = URL.parse(link.href);
    const record = url && records.recordOf(url, application);
    const name = textOf(link, 200);
    if (record && isPerson(record.type) && name) return { record, name };
  }
  return null;
}

/** The row's numbers, each with the heading of its column. */
function numbersIn(row: Element): PageNumber[] {
  const table = row.closest("table, [role=grid], [role=table]");
  const headers = [...(table?.querySelectorAll(HEADERS) ?? [])].map((head) => textOf(head, 40));
  const found: PageNumber[] = [];
  [...row.querySelectorAll(CELLS)].forEach((cell, column) => {
    const raw = textOf(cell, 65);
    if (looksLikePhone(raw)) found.push({ raw, label: headers[column] ?? "" });
  });
  return found.slice(0, 20);
}
