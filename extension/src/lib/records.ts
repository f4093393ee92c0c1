// Which record a CRM's page is about, told from its address.

export interface Crm {
  id: string; // as in a crm_ref
  label: string; // as on the badge
  /** A dot in front matches any subdomain, and only subdomains: never a look-alike host. */
  hosts: string[];
  /** The page's application-name, for a CRM that runs on any host. */
  application?: string;
  record: RegExp; // of path + query, with groups `type` and `id`
  types: Record<string, RecordType>;
}

export type RecordType = "contact" | "lead" | "account" | "opportunity" | "task";

export interface CrmRecord {
  crm: Crm;
  type: RecordType;
  id: string;
}

const DEMO: Crm = {
  id: "demo",
  label: "Acme CRM",
  hosts: [],
  application: "Acme CRM",
  record: /^\/(?<type>contacts|leads|accounts|opportunities|tasks)\/(?<id>\d+)\/?(?:\?|$)/,
  types: {
    ...{ contacts: "contact", leads: "lead", accounts: "account", opportunities: "opportunity" },
    tasks: "task",
  },
};

const SALESFORCE: Crm = {
  id: "salesforce",
  label: "Salesforce",
  hosts: [".lightning.force.com"],
  record:
    /^\/lightning\/r\/(?<type>Contact|Lead|Account|Opportunity|Task)\/(?<id>[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?)\/view/,
  types: {
    ...{ Contact: "contact", Lead: "lead", Account: "account", Opportunity: "opportunity" },
    Task: "task",
  },
};

const HUBSPOT: Crm = {
  id: "hubspot",
  label: "HubSpot",
  hosts: [".hubspot.com"],
  record:
    /^\/contacts\/\d+\/(?:record\/)?(?<type>0-1|0-2|0-3|0-27|contact|company|deal)\/(?<id>\d+)(?:\/|\?|$)/,
  types: {
    ...{ "0-1": "contact", "0-2": "account", "0-3": "opportunity", "0-27": "task" },
    ...{ contact: "contact", company: "account", deal: "opportunity" },
  },
};

const DYNAMICS: Crm = {
  id: "dynamics",
  label: "Dynamics 365",
  hosts: [".dynamics.com"],
  record:
    /^\/main\.aspx\?(?=.*\b(?:etn|entityName)=(?<type>contact|lead|account|opportunity|task)\b)(?=.*\bid=(?:%7B|\{)?(?<id>[0-9a-fA-F-]{36}))/,
  types: {
    ...{ contact: "contact", lead: "lead", account: "account", opportunity: "opportunity" },
    task: "task",
  },
};

const CRMS = [DEMO, SALESFORCE, HUBSPOT, DYNAMICS];

/** The CRM at this address; `application` is what the page calls itself. */
export function crmOf(url: URL, application: string): Crm | null {
  const found = CRMS.find((crm) =>
    crm.application
      ? crm.application === application
      : url.protocol === "https:" && crm.hosts.some((host) => url.hostname.endsWith(host)),
  );
  return found ?? null;
}

/** The record at this address, or null for lists, home pages and other sites. */
export function recordOf(url: URL, application: string): CrmRecord | null {
  const crm = crmOf(url, application);
  const { type: word = "", id = "" } = crm?.record.exec(url.pathname + url.search)?.groups ?? {};
  const type = crm?.types[word];
  return crm && type ? { crm, type, id } : null;
}

/** Whether a record is one person, as against something that people belong to. */
export function isPerson(type: string): boolean {
  return type === "contact" || type === "lead";
}

/** "contact:12": the same however the address of the record is written. */
export function recordKey({ type, id }: CrmRecord): string {
  return `${type}:${id}`;
}
