// What one look at a page goes by: gathered once, however many values are looked for.

import { type CrmRecord, isPerson, type Records } from "../lib/records";
import type { CrmFields } from "../wire";
import { closestOf, type Eyes } from "./eyes";
import { placesOf } from "./labels";
import { type Walked, walk } from "./walk";

export interface Sight extends Eyes, Omit<Walked, "links"> {
  records: Records;
  application: string;
  record: CrmRecord | null;
  /** Links to records of this CRM, in the order of the page. */
  links: RecordLink[];
  /** Fields that the CRM marks, those that are seen. */
  fields: Map<keyof CrmFields, Element>;
}

export interface RecordLink {
  at: HTMLAnchorElement;
  record: CrmRecord;
}

const MOST_LINKS = 1000;

export function sightOf(
  document: Document,
  eyes: Eyes,
  records: Records,
  application: string,
  record: CrmRecord | null,
): Sight {
  const walked = walk(document, eyes);
  return {
    ...walked,
    ...{ records, application, record },
    visible: (element) => eyes.visible(element),
    shadow: (element) => eyes.shadow(element),
    links: record ? recordLinks(walked.links, records, record) : [],
    fields: record ? fieldsIn(walked.roots, record, eyes) : new Map(),
  };
}

function fieldsIn(roots: ParentNode[], record: CrmRecord, eyes: Eyes): Sight["fields"] {
  const found: Sight["fields"] = new Map();
  const wanted = Object.entries(record.crm.fields ?? {})
    .map(([key, selector]) => [key, selector.replaceAll("{type}", record.word)] as const)
    .filter(([, selector]) => isSelector(selector)) as [keyof CrmFields, string][];
  if (!wanted.length) return found;
  const any = wanted.map(([, selector]) => selector).join(",");
  for (const root of roots) {
    for (const at of root.querySelectorAll(any)) {
      const of = wanted.find(([key, selector]) => !found.has(key) && at.matches(selector));
      if (of && eyes.visible(at)) found.set(of[0], at);
    }
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

/** What stands beside a label of these words. */
export function valueBeside({ labels, visible }: Sight, words: RegExp): Element | null {
  for (const { at, text } of labels) {
    if (!words.test(text)) continue;
    const [place] = placesOf(at);
    if (place && visible(place)) return place;
  }
  return null;
}

const ROWS_OF_OTHERS = "tr, li, article, [role=row], [role=listitem]";

/** Tells elements that stand in a list of other people, or in a table with columns. Each table and
 * row is looked at once. */
export function othersIn({ record, links }: Sight): (at: Element) => boolean {
  const known = new Map<Element, boolean>();
  const inTable = (table: Element) => table.querySelector("tr > th + th") !== null;
  const rows = new Set<Element>();
  for (const link of links) {
    if (!record || !isAnother(record, link.record)) continue;
    const row = closestOf(link.at, ROWS_OF_OTHERS);
    if (row) rows.add(row);
  }
  return (at) => {
    const table = closestOf(at, "table");
    if (table && !known.has(table)) known.set(table, inTable(table));
    if (table && known.get(table)) return true;
    const row = closestOf(at, ROWS_OF_OTHERS);
    return row !== null && rows.has(row);
  };
}

function isAnother(record: CrmRecord, { type, id }: CrmRecord): boolean {
  return isPerson(type) && (type !== record.type || id !== record.id);
}

/** A CRM links to its own records where it is itself: other addresses are nobody's. */
function recordLinks(
  links: HTMLAnchorElement[],
  records: Records,
  { crm, url }: CrmRecord,
): RecordLink[] {
  const found: RecordLink[] = [];
  const { origin } = new URL(url);
  for (const at of links.slice(0, MOST_LINKS)) {
    const record = records.linkedFrom(crm, origin, at.href);
    if (record) found.push({ at, record });
  }
  return found;
}
