// Who the page is about, as far as it says.

import type { PageFacts } from "../lib/messages";
import { type CrmRecord, isPerson, type Records, recordKey } from "../lib/records";
import { closestOf, type Eyes, textOf } from "./eyes";
import { readValue, type Words, wordsIn } from "./fields";
import { namesOf } from "./labels";
import type { Leftovers } from "./leftovers";
import { accountOn, emailOn, peopleOn } from "./links";
import { readNumbers } from "./numbers";
import { type Sight, sightOf, valueBeside } from "./sight";

const TOO_MANY_LINKS = 20; // a list, not a person

export interface Look {
  facts: PageFacts | null;
  /** Where the page may change: nothing for one that is no record. */
  roots: ParentNode[];
}

const NOTHING: Look = { facts: null, roots: [] };

/** What the page says, or null where no single person or record is on it. */
export function readFacts(
  document: Document,
  address: string,
  eyes: Eyes,
  records: Records,
  leftovers: Leftovers,
): Look {
  const url = new URL(address);
  const application = applicationOf(document);
  const record = records.recordOf(url, application);
  leftovers.begin(pageKey(url, record), performance.now());
  if (!record && !mayBePerson(document, eyes, url, application, records)) return NOTHING;
  const sight = sightOf(document, eyes, records, application, record);
  const { roots } = sight;
  const observed = record ? roots : [];
  const heading = headingOf(sight);
  // The record is still on its way, or this is still the one before.
  if (!heading || leftovers.isOld(heading.at)) return { facts: null, roots: observed };
  const numbers = readNumbers(sight, (at) => leftovers.isOld(at));
  if (!record && numbers.filter(({ label }) => /\b(mobile|cell)\b/i.test(label)).length !== 1) {
    return NOTHING;
  }
  const title = readValue(sight, "title")?.text ?? "";
  const email = readValue(sight, "email");
  const below = subtitle(sight, heading.at);
  const row = (names: Set<string>) => valueBeside(sight, names);
  const facts: PageFacts = {
    crm: record?.crm.id ?? "generic",
    crm_label: record?.crm.label ?? url.hostname,
    record: record ? recordKey(record) : "",
    org: record?.org ?? "",
    url: record?.url ?? url.href,
    name: heading.text.slice(0, 200),
    title: title.slice(0, 200) || below.title,
    ...accountOf(sight, below),
    email: emailOn(sight, email && !leftovers.isOld(email.at) ? email.text : ""),
    time_zone: textOf(row(ZONE), 64),
    region: regionOf(row),
    people: record && !isPerson(record.type) ? peopleOn(sight) : [],
    numbers,
  };
  return { facts, roots: observed };
}

/** The same while a page is about the same, whatever else changes in its address. */
export function pageKey(url: URL, record: CrmRecord | null): string {
  return record ? `${record.org} ${recordKey(record)}` : url.pathname;
}

export function applicationOf(document: Document): string {
  const named = document.head?.querySelector<HTMLMetaElement>('meta[name="application-name"]');
  return named?.content ?? "";
}

/** The record's name as its CRM marks it, else the first heading; on other sites the only one. */
function headingOf(sight: Sight): Words | null {
  const marked = sight.fields.get("name");
  for (const found of marked ? wordsIn(sight, marked) : []) return found;
  const headings = sight.headings.filter(sight.visible);
  if (!sight.record && headings.length !== 1) return null;
  for (const at of headings) {
    const text = textOf(at, 300) || [...wordsIn(sight, at)].map((words) => words.text).join(" ");
    if (text) return { at, text };
  }
  return null;
}

/** On other sites: what a look at everything may be worth, and not a page of a CRM that we know to
 * be something else. */
function mayBePerson(
  document: Document,
  eyes: Eyes,
  url: URL,
  application: string,
  records: Records,
): boolean {
  if (records.crmOf(url, application)) return false;
  if ([...document.querySelectorAll("h1")].filter(eyes.visible).length > 1) return false;
  return document.querySelectorAll('a[href^="tel:" i]').length <= TOO_MANY_LINKS;
}

const ZONE = new Set(["time zone", "timezone"]);
const WHOSE = "mailing,billing,other,home,work";
const STATE = namesOf(
  WHOSE,
  "state,province,state/province,state/region,province/state,province/region",
);
const ADDRESS = namesOf(WHOSE, "address,location,city");
/** "Atlanta, GA", "12 Main St, Austin, TX 78701", "Toronto, ON M5V 2T6": the state's two letters. */
const IN_ADDRESS = /,\s*([A-Z]{2})(?:\s+(?:\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d))?\s*(?:,|$)/;

/** The state or province where the page says it, as it says it. */
function regionOf(row: (names: Set<string>) => Element | null): string {
  const state = textOf(row(STATE), 41);
  if (state) return state.length <= 40 ? state : "";
  const address = textOf(row(ADDRESS), 300);
  return (address && IN_ADDRESS.exec(address)?.[1]) ?? "";
}

type Account = Pick<PageFacts, "account" | "account_url">;

/** The field's or the row's, the line below the name, or the only account that the page links to. */
function accountOf(sight: Sight, below: Account): Account {
  const found = readValue(sight, "account");
  if (found) {
    const link = closestOf(found.at, "a") ?? found.at.querySelector("a");
    return { account: found.text.slice(0, 200), account_url: addressOf(sight, link) };
  }
  if (below.account) return below;
  const only = accountOn(sight);
  return { account: only?.name ?? "", account_url: only?.url ?? "" };
}

/** A link's address, a record's without what differs from visit to visit. */
function addressOf({ records, application }: Sight, link: Element | null): string {
  const url = link instanceof HTMLAnchorElement ? URL.parse(link.href) : null;
  return url ? (records.recordOf(url, application)?.url ?? url.href) : "";
}

/** The line below a name: "VP Operations · Northwind Logistics". */
function subtitle(sight: Sight, heading: Element): Account & { title: string } {
  const line = heading.nextElementSibling;
  if (line?.localName !== "p" || !sight.visible(line)) {
    return { title: "", account: "", account_url: "" };
  }
  const parts =
    line.children.length > 1
      ? [...line.children].map((part) => textOf(part, 200))
      : textOf(line, 400).split(" · ");
  return {
    title: (parts[0] ?? "").slice(0, 200),
    account: (parts[1] ?? "").slice(0, 200),
    account_url: addressOf(sight, line.querySelector("a")),
  };
}
