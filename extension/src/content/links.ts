// The record's account, as far as the page links to it, and whom it names.

import { crmRef, isPerson, recordKey } from "../lib/records";
import { textOf } from "./eyes";
import { othersIn, type Sight } from "./sight";

const MOST_PEOPLE = 20;
/** What the page offers on every record is no part of this one. */
const FURNITURE = "nav, header[role=banner], [role=navigation], [role=banner]";

/** The only account that the page links to by its name; its own does not count. */
export function accountOn(sight: Sight): { name: string; url: string } | null {
  const own = sight.record ? recordKey(sight.record) : "";
  const found = new Map<string, { name: string; url: string }>();
  for (const { at, record } of sight.links()) {
    if (record.type !== "account" || recordKey(record) === own) continue;
    if (at.closest(FURNITURE) || !sight.visible(at)) continue;
    const name = textOf(at, 200);
    if (name && !found.has(record.id)) found.set(record.id, { name, url: record.url });
    if (found.size > 1) return null;
  }
  const [only] = found.values();
  return only ?? null;
}

/** The contacts and leads that the page links to, each once, by their crm_ref. */
export function peopleOn(sight: Sight): string[] {
  const found = new Set<string>();
  for (const { at, record } of sight.links()) {
    if (isPerson(record.type) && !at.closest(FURNITURE) && sight.visible(at))
      found.add(crmRef(record));
    if (found.size >= MOST_PEOPLE) break;
  }
  return [...found];
}

const ADDRESS = /^[^\s@<>"']{1,64}@[^\s@<>"']{1,189}$/;

/** The person's e-mail address: the field's, or the only one on the page that is nobody else's. */
export function emailOn(sight: Sight, field: string): string {
  if (ADDRESS.test(field)) return field;
  const isOthers = othersIn(sight);
  const found = new Set<string>();
  for (const at of sight.mails) {
    const address = (at.getAttribute("href") ?? "").slice("mailto:".length).split("?", 1)[0] ?? "";
    if (ADDRESS.test(address) && !isOthers(at) && sight.visible(at)) found.add(address);
  }
  const [only] = found;
  return found.size === 1 && only ? only : "";
}
