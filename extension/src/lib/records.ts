// Which record a CRM's page is about, told from its address by the table of CRM pages.

import type { CrmRule, CrmSite, CrmTable, RecordType } from "../wire";
import { normalId } from "./record_ids";

export interface CrmRecord {
  crm: CrmSite;
  type: RecordType;
  /** The CRM's own word for the type, such as "Contact" or "0-1". */
  word: string;
  id: string;
  /** Whose CRM it is: the account's number where the address has one, else the host. */
  org: string;
  /** The address without what may differ from visit to visit. */
  url: string;
}

/** Nothing longer is looked into: it bounds what a pattern can cost. */
const LONGEST = 500;
const MOST_LINKED = 2000;
const LOCAL = new Set(["localhost", "127.0.0.1"]);

export class Records {
  readonly #patterns = new Map<string, RegExp>();
  readonly #linked = new Map<string, CrmRecord | null>();
  readonly #mayBe = new Map<CrmSite, RegExp>();

  constructor(private readonly table: CrmTable) {}

  /** The CRM at this address; `application` is what the page calls itself. */
  crmOf(url: URL, application: string): CrmSite | null {
    const isSafe = url.protocol === "https:" || LOCAL.has(url.hostname);
    const found = this.table.crms.find(
      (crm) =>
        crm.hosts.some((host) => isAt(url.hostname, host)) &&
        (!crm.application || crm.application === application),
    );
    return (isSafe && found) || null;
  }

  /** The record at this address, or null for lists, home pages and other sites. */
  recordOf(url: URL, application: string): CrmRecord | null {
    const crm = this.crmOf(url, application);
    return crm && this.#recordIn(crm, url);
  }

  /** The record to which a link on a page of this CRM leads; `href` is all of its address or what
   * follows the origin. A page has hundreds of links and is looked at again and again: most are told
   * from their path, and none is taken apart twice. */
  linkedFrom(crm: CrmSite, origin: string, href: string): CrmRecord | null {
    const isHere = href.startsWith("/") || href.startsWith(`${origin}/`);
    const rest = href.startsWith("/") ? href : href.slice(origin.length);
    if (!isHere || !this.#mayBeRecord(crm, rest)) return null;
    const address = origin + rest;
    const known = this.#linked.get(address);
    if (known !== undefined) return known;
    const url = URL.parse(address);
    const record = url && this.#recordIn(crm, url);
    if (this.#linked.size >= MOST_LINKED) this.#linked.clear();
    this.#linked.set(address, record);
    return record;
  }

  #mayBeRecord(crm: CrmSite, rest: string): boolean {
    const end = rest.search(/[?#]/);
    const path = end < 0 ? rest : rest.slice(0, end);
    let any = this.#mayBe.get(crm);
    if (!any) {
      const patterns = crm.rules.map(onPath).join("|");
      any = new RegExp(patterns.replaceAll(/\(\?<[a-z]+>/g, "(?:"));
      this.#mayBe.set(crm, any);
    }
    return path.length <= LONGEST && any.test(path);
  }

  #recordIn(crm: CrmSite, url: URL): CrmRecord | null {
    for (const rule of crm.rules) {
      const found = this.#found(crm, rule, url);
      if (found) return found;
    }
    return null;
  }

  #found(crm: CrmSite, rule: CrmRule, url: URL): CrmRecord | null {
    if (rule.when && !this.#match(rule.when, url.pathname)) return null;
    const texts = {
      path: url.pathname,
      hash: url.hash,
      query: paramOf(url, rule.id_params),
    };
    const groups = this.#match(rule.pattern, texts[rule.where])?.groups;
    if (!groups?.id) return null;
    const word = groups.type ?? paramOf(url, rule.type_params);
    const type = rule.type || typeOf(crm, word, groups.id);
    if (!type) return null;
    return {
      ...{ crm, type, word: word || wordFor(crm, type) },
      id: normalId(crm.id_form, groups.id),
      org: groups.org ?? url.hostname,
      url: rule.where === "path" ? url.origin + url.pathname : url.href,
    };
  }

  #match(pattern: string, text: string): RegExpExecArray | null {
    if (!text || text.length > LONGEST) return null;
    let compiled = this.#patterns.get(pattern);
    if (!compiled) {
      compiled = new RegExp(pattern);
      this.#patterns.set(pattern, compiled);
    }
    return compiled.exec(text);
  }
}

/** A dot in front matches any host below, and only those: never a look-alike. */
function isAt(hostname: string, host: string): boolean {
  return host.startsWith(".") ? hostname.endsWith(host) : hostname === host;
}

/** What the path of a record's address is like by this rule; everything may be where it does not say. */
function onPath({ where, when, pattern }: CrmRule): string {
  return where === "path" ? pattern : when || "^";
}

function paramOf(url: URL, names: string[] | undefined): string {
  return names?.map((name) => url.searchParams.get(name)).find(Boolean) ?? "";
}

function typeOf({ types = {}, prefixes = {} }: CrmSite, word: string, id: string) {
  const [from, key] = word ? [types, word] : [prefixes, id.slice(0, 3)];
  return Object.hasOwn(from, key) ? from[key] : undefined;
}

function wordFor({ types = {} }: CrmSite, type: RecordType): string {
  return Object.keys(types).find((word) => types[word] === type) ?? type;
}

/** Whether a record is one person, as against something that people belong to. */
export function isPerson(type: string): boolean {
  return type === "contact" || type === "lead";
}

/** "contact:12": the same however the address of the record is written. */
export function recordKey({ type, id }: Pick<CrmRecord, "type" | "id">): string {
  return `${type}:${id}`;
}

/** "salesforce:contact:003…": the same for everybody who has this record before them. */
export function crmRef(record: CrmRecord): string {
  return `${record.crm.id}:${recordKey(record)}`;
}
