// Who the page is about, as far as it says.

import type { PageFacts } from "../lib/messages";
import { type CrmRecord, crmOf, isPerson, recordKey, recordOf } from "../lib/records";
import { type Eyes, textOf } from "./eyes";
import { type Label, labelsIn, placesOf } from "./labels";
import { readNumbers } from "./numbers";

const ROWS_OF_OTHERS = "tr, li, article, [role=row], [role=listitem]";
const TOO_MANY_LINKS = 20; // a list, not a person

/** What the page says, or null where no single person or record is on it. */
export function readFacts(document: Document, address: string, eyes: Eyes): PageFacts | null {
  const url = new URL(address);
  const application = applicationOf(document);
  const record = recordOf(url, application);
  const headings = [...document.querySelectorAll("h1")].filter(eyes.visible);
  const [heading] = headings;
  if (!record && !mayBePerson(document, url, application, headings)) return null;
  if (!heading) return null; // the record is still on its way
  const numbers = readNumbers(document, eyes, (at) => isOthers(at, record, application));
  if (!record && numbers.filter(({ label }) => /\b(mobile|cell)\b/i.test(label)).length !== 1) {
    return null;
  }
  const labels = labelsIn(document.body);
  const row = (words: RegExp) => valueBeside(labels, eyes, words);
  const account = row(/^(account|company|company name|account name)$/i);
  const below = subtitle(heading, eyes);
  return {
    crm: record?.crm.id ?? "generic",
    crm_label: record?.crm.label ?? url.hostname,
    record: record ? recordKey(record) : "",
    url: url.href,
    name: textOf(heading, 200),
    title: textOf(row(/^(job )?title$/i), 200) || below.title,
    account: textOf(account, 200) || below.account,
    account_url: account?.querySelector("a")?.href ?? below.account_url,
    time_zone: textOf(row(/^time ?zone$/i), 64),
    region: regionOf(row),
    people: record && !isPerson(record.type) ? peopleOn(document, eyes, application) : [],
    numbers,
  };
}

export function applicationOf(document: Document): string {
  const named = document.querySelector<HTMLMetaElement>('meta[name="application-name"]');
  return named?.content ?? "";
}

/** On other sites: one heading, and not a page of a CRM that we know to be something else. */
function mayBePerson(
  document: Document,
  url: URL,
  application: string,
  headings: Element[],
): boolean {
  if (crmOf(url, application) || headings.length !== 1) return false;
  return document.querySelectorAll('a[href^="tel:" i]').length <= TOO_MANY_LINKS;
}

/** Whether an element stands in a list of other records, or in a table with columns. */
function isOthers(at: Element, record: CrmRecord | null, application: string): boolean {
  const table = at.closest("table");
  if (table?.querySelector("tr > th + th")) return true;
  const row = at.closest(ROWS_OF_OTHERS);
  if (!row || !record) return false;
  const own = recordKey(record);
  return [...row.querySelectorAll<HTMLAnchorElement>("a[href]")].some((link) => {
    const other = URL.parse(link.href);
    const found = other && recordOf(other, application);
    return found && isPerson(found.type) && recordKey(found) !== own;
  });
}

const STATE =
  /^(?:mailing |billing |other |home |work )?(?:state|province)(?:\s*\/\s*(?:state|province|region))?$/i;
const ADDRESS = /^(?:mailing |billing |other |home |work )?(?:address|location|city)$/i;
/** "Atlanta, GA", "12 Main St, Austin, TX 78701", "Toronto, ON M5V 2T6": the state's two letters. */
const IN_ADDRESS = /,\s*([A-Z]{2})(?:\s+(?:\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d))?\s*(?:,|$)/;

/** The state or province where the page says it, as it says it. */
function regionOf(row: (words: RegExp) => Element | null): string {
  const state = textOf(row(STATE), 41);
  if (state) return state.length <= 40 ? state : "";
  return IN_ADDRESS.exec(textOf(row(ADDRESS), 300))?.[1] ?? "";
}

const MOST_PEOPLE = 20;

/** The contacts and leads that the page links to, each once. */
function peopleOn(document: Document, eyes: Eyes, application: string): string[] {
  const found = new Set<string>();
  for (const link of document.body.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    const url = URL.parse(link.href);
    const record = url && recordOf(url, application);
    if (record && isPerson(record.type) && eyes.visible(link)) found.add(url.href);
    if (found.size >= MOST_PEOPLE) break;
  }
  return [...found];
}

function valueBeside(labels: readonly Label[], eyes: Eyes, words: RegExp): Element | null {
  for (const { at, text } of labels) {
    if (!words.test(text)) continue;
    const [place] = placesOf(at);
    if (place && eyes.visible(place)) return place;
  }
  return null;
}

/** The line below a name: "VP Operations · Northwind Logistics". */
function subtitle(
  heading: Element,
  eyes: Eyes,
): Pick<PageFacts, "title" | "account" | "account_url"> {
  const line = heading.nextElementSibling;
  if (line?.localName !== "p" || !eyes.visible(line)) {
    return { title: "", account: "", account_url: "" };
  }
  const parts =
    line.children.length > 1
      ? [...line.children].map((part) => textOf(part, 200))
      : textOf(line, 400).split(" · ");
  const link = line.querySelector("a");
  return {
    title: (parts[0] ?? "").slice(0, 200),
    account: (parts[1] ?? "").slice(0, 200),
    account_url: link?.href ?? "",
  };
}
