// What one look at a page goes by: gathered once, however many values are looked for.

import { type CrmRecord, isPerson, type Records } from "../lib/records";
import type { CrmFields } from "../wire";
import { closestOf, type Eyes } from "./eyes";
import { placesOf } from "./labels";
import { type Walked, walk } from "./walk";

export interface Sight extends Eyes, Walked {
  records: Records;
  application: string;
  record: CrmRecord | null;
  /** Links to records of this CRM, in the order of the page; looked for when they are first asked for. */
  links(): RecordLink[];
  /** Fields that the CRM marks, those that are seen. */
  fields: Map<keyof CrmFields, Element>;
}

export interface RecordLink {
  at: HTMLAnchorElement;
  record: CrmRecord;
}

const MOST_LINKS = 1000;
const LINKS = 'a[href]:not([href^="tel:" i],[href^="mailto:" i])';

export function sightOf(
  document: Document,
  eyes: Eyes,
  records: Records,
  application: string,
  record: CrmRecord | null,
): Sight {
  const wanted = record ? wantedFields(record) : [];
  const walked = walk(document, eyes, wanted.map(([, selector]) => selector).join(","));
  let links: RecordLink[] | undefined;
  return {
    ...walked,
    ...{ records, application, record },
    visible: (element) => eyes.visible(element),
    shadow: (element) => eyes.shadow(element),
    links: () => {
      links ??= record ? recordLinks(walked.roots, records, record) : [];
      return links;
    },
    fields: fieldsIn(walked.marked, wanted, eyes),
  };
}

type Wanted = [keyof CrmFields, string];

function wantedFields({ crm, word }: CrmRecord): Wanted[] {
  return Object.entries(crm.fields ?? {})
    .map(([key, selector]) => [key, selector.replaceAll("{type}", word)] as Wanted)
    .filter(([, selector]) => isSelector(selector));
}

function fieldsIn(marked: Element[], wanted: Wanted[], eyes: Eyes): Sight["fields"] {
  const found: Sight["fields"] = new Map();
  for (const at of marked) {
    const of = wanted.find(([key, selector]) => !found.has(key) && at.matches(selector));
    if (of && eyes.visible(at)) found.set(of[0], at);
    if (found.size === wanted.length) break;
  }
  return found;
}

/** The table of CRM pages came from elsewhere: what is no selector finds nothing. */
function isSelector(text: string): boolean {
  try {
    document.createDocumentFragment().querySelector(text);
    return text !== "";
  } catch {
    return false;
  }
}

/** What stands beside a label that says one of these. */
export function valueBeside({ labels, visible }: Sight, names: Set<string>): Element | null {
  for (const { at, name } of labels) {
    if (!names.has(name)) continue;
    const [place] = placesOf(at);
    if (place && visible(place)) return place;
  }
  return null;
}

const ROWS_OF_OTHERS = "tr, li, article, [role=row], [role=listitem]";

/** Tells elements that stand in a list of other people, or in a table with columns. Each table and
 * row is looked at once. */
export function othersIn(sight: Sight): (at: Element) => boolean {
  const known = new Map<Element, boolean>();
  const inTable = (table: Element) => table.querySelector("tr > th + th") !== null;
  let rows: Set<Element> | undefined;
  return (at) => {
    const table = closestOf(at, "table");
    if (table && !known.has(table)) known.set(table, inTable(table));
    if (table && known.get(table)) return true;
    const row = closestOf(at, ROWS_OF_OTHERS);
    if (!row) return false;
    rows ??= rowsOfOthers(sight);
    return rows.has(row);
  };
}

function rowsOfOthers({ record, links }: Sight): Set<Element> {
  const rows = new Set<Element>();
  for (const link of links()) {
    if (!record || !isAnother(record, link.record)) continue;
    const row = closestOf(link.at, ROWS_OF_OTHERS);
    if (row) rows.add(row);
  }
  return rows;
}

function isAnother(record: CrmRecord, { type, id }: CrmRecord): boolean {
  return isPerson(type) && (type !== record.type || id !== record.id);
}

/** A CRM links to its own records where it is itself: other addresses are nobody's. */
function recordLinks(roots: ParentNode[], records: Records, { crm, url }: CrmRecord): RecordLink[] {
  const found: RecordLink[] = [];
  const { origin } = new URL(url);
  const isHome = document.baseURI.startsWith(`${origin}/`);
  let left = MOST_LINKS;
  for (const root of roots) {
    for (const at of root.querySelectorAll<HTMLAnchorElement>(LINKS)) {
      if (left-- <= 0) return found;
      const record = records.linkedFrom(crm, origin, hrefOf(at, isHome));
      if (record) found.push({ at, record });
    }
  }
  return found;
}

/** A link's address, from the path on where it is written so: hundreds are, and taking each of them
 * apart to put it together again costs more than all else about them. */
function hrefOf(at: Element, isHome: boolean): string {
  const written = at.getAttribute("href") ?? "";
  if (isHome && written.startsWith("/") && !"/\\".includes(written.charAt(1))) return written;
  return URL.parse(written, document.baseURI)?.href ?? "";
}
