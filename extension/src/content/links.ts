// What the record belongs to, as far as the page links to it, and whom it names.

import type { PageLink } from "../lib/messages";
import { crmRef, isPerson } from "../lib/records";
import { textOf } from "./eyes";
import { othersIn, type Sight } from "./sight";

const MOST = 10;
const MOST_PEOPLE = 20;
/** What the page offers on every record is no part of this one. */
const FURNITURE = "nav, header[role=banner], [role=navigation], [role=banner]";

/** Accounts and opportunities that the page links to, each once, the workspace's record first. */
export function linksOn(sight: Sight, url: URL): PageLink[] {
  const { record, records } = sight;
  if (!record) return [];
  const found = new Map<string, PageLink>();
  const add = (of: typeof record, name: string) => {
    const isOwn = of.id === record.id && of.type === record.type;
    if (isOwn || (of.type !== "account" && of.type !== "opportunity")) return;
    const ref = crmRef(of);
    if (!found.get(ref)?.name) found.set(ref, { type: of.type, ref, url: of.url, name });
  };
  const parent = records.parentOf(url, record);
  if (parent) add(parent, "");
  for (const { at, record: linked } of sight.links) {
    if (found.size >= MOST) break;
    if (!at.closest(FURNITURE) && sight.visible(at)) add(linked, textOf(at, 200));
  }
  return [...found.values()].slice(0, MOST);
}

/** The contacts and leads that the page links to, each once, by their crm_ref. */
export function peopleOn(sight: Sight): string[] {
  const found = new Set<string>();
  for (const { at, record } of sight.links) {
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
