// The table of CRM pages that is built in, and what a newer one must be like to take its place.
// shared/wire/crm_pages.py has the words; docs/crm-pages.md explains them.

import builtIn from "../../../shared/crm_pages.json";
import type { CrmFields, CrmRule, CrmSite, CrmTable } from "../wire";
import { refusal } from "./patterns";

export const BUILT_IN = builtIn as CrmTable;
export const LARGEST_BYTES = 100_000;

const HOST = /^(?:\.?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}|localhost)$/;
/** No pseudo-class: `:has()` can cost as much as a bad pattern. A colon is fine in quotes. */
const SELECTOR = /^(?:[^:'"()\\]|'[^'\\]*'|"[^"\\]*"){1,200}$/;
const TYPES = new Set<unknown>(["contact", "lead", "account", "opportunity", "task", "case"]);
const FIELDS = new Set(["name", "title", "account", "email", "mobile", "phone"]);

class Unfit extends Error {}

/** The table in this JSON, of which nothing is believed. Throws an Error that says what is wrong. */
export function readTable(json: unknown): CrmTable {
  if (!isObject(json)) throw new Unfit("no table");
  const { version, crms } = json;
  need(Number.isSafeInteger(version) && Number(version) > 0, "no version");
  return { version: Number(version), crms: list(crms, 50, "crms").map(site) };
}

/** The table to go by: the newer one. */
export function newer(stored: CrmTable | undefined): CrmTable {
  return stored && stored.version > BUILT_IN.version ? stored : BUILT_IN;
}

function site(json: unknown): CrmSite {
  if (!isObject(json)) throw new Unfit("a CRM that is none");
  const id = text(json.id, 20, "id");
  need(/^[a-z][a-z0-9-]*$/.test(id), `id ${id}`);
  const hosts = list(json.hosts, 40, `hosts of ${id}`).map((host) => text(host, 100, "host"));
  need(hosts.length > 0, `${id} has no hosts`);
  for (const host of hosts) need(HOST.test(host), `host ${host}`);
  const form = json.id_form ?? "";
  need(form === "" || form === "sf18" || form === "guid", `id_form of ${id}`);
  return {
    ...{ id, hosts, label: text(json.label, 40, "label") },
    application: text(json.application ?? "", 80, "application"),
    id_form: form as CrmSite["id_form"],
    rules: list(json.rules, 10, `rules of ${id}`).map(rule),
    types: words(json.types),
    prefixes: words(json.prefixes),
    fields: fields(json.fields),
  };
}

function rule(json: unknown): CrmRule {
  if (!isObject(json)) throw new Unfit("a rule that is none");
  const { where, type = "" } = json;
  need(where === "path" || where === "hash" || where === "query", "where of a rule");
  need(type === "" || TYPES.has(type), `type ${type}`);
  const when = json.when ? pattern(json.when) : "";
  const names = (given: unknown) => list(given ?? [], 5, "params").map((one) => text(one, 80, ""));
  return {
    ...{ where: where as CrmRule["where"], when, type: type as NonNullable<CrmRule["type"]> },
    pattern: pattern(json.pattern),
    id_params: names(json.id_params),
    type_params: names(json.type_params),
  };
}

function pattern(json: unknown): string {
  const given = text(json, 200, "pattern");
  const why = refusal(given);
  need(!why, `pattern ${given} ${why}`);
  return given;
}

function words(json: unknown): NonNullable<CrmSite["types"]> {
  if (json === undefined) return {};
  if (!isObject(json) || Object.keys(json).length > 40) throw new Unfit("types");
  for (const [word, type] of Object.entries(json))
    need(word.length <= 80 && TYPES.has(type), `type of ${word}`);
  return json as NonNullable<CrmSite["types"]>;
}

function fields(json: unknown): CrmFields | null {
  if (!json) return null;
  if (!isObject(json)) throw new Unfit("fields");
  for (const [name, selector] of Object.entries(json))
    need(FIELDS.has(name) && SELECTOR.test(text(selector, 200, name)), `field ${name}`);
  return json as CrmFields;
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function list(json: unknown, most: number, what: string): unknown[] {
  if (!Array.isArray(json) || json.length > most) throw new Unfit(what);
  return json;
}

function text(json: unknown, most: number, what: string): string {
  if (typeof json !== "string" || json.length > most) throw new Unfit(what);
  return json;
}

function need(fact: boolean, what: string): asserts fact {
  if (!fact) throw new Unfit(what);
}
