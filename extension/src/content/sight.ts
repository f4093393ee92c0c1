// What one look at a page goes by: gathered once, however many values are looked for.

import type { CrmRecord, Records } from "../lib/records";
import { closestOf, type Eyes, rootsOf } from "./eyes";
import { type Label, labelsIn, placesOf } from "./labels";

export interface Sight extends Eyes {
  document: Document;
  records: Records;
  application: string;
  record: CrmRecord | null;
  roots: ParentNode[];
  labels: Label[];
  /** Links to records, in the order of the page. */
  links: RecordLink[];
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
  const roots = rootsOf(document, eyes);
  return {
    ...{ document, records, application, record, roots },
    visible: (element) => eyes.visible(element),
    shadow: (element) => eyes.shadow(element),
    labels: roots.flatMap(labelsIn),
    links: record ? linksIn(roots, records, application) : [],
  };
}

/** Visible elements that the selector finds, shadow roots included. Nothing for a selector that is
 * none: the table of CRM pages came from elsewhere. */
export function* findAll(sight: Sight, selector: string): Generator<Element> {
  for (const root of sight.roots) {
    let found: Iterable<Element> = [];
    try {
      found = root.querySelectorAll(selector);
    } catch {}
    for (const element of found) if (sight.visible(element)) yield element;
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
  return (type === "contact" || type === "lead") && (type !== record.type || id !== record.id);
}

function linksIn(roots: ParentNode[], records: Records, application: string): RecordLink[] {
  const found: RecordLink[] = [];
  let looked = 0;
  for (const root of roots) {
    for (const at of root.querySelectorAll<HTMLAnchorElement>("a[href]")) {
      if (++looked > MOST_LINKS) return found;
      const url = URL.parse(at.href);
      const record = url && records.recordOf(url, application);
      if (record) found.push({ at, record });
    }
  }
  return found;
}
