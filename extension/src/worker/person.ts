// The person on a page, in the bounds that the wire sets. The page is hostile.

import type { PageFacts } from "../lib/messages";
import type { PersonOnPage } from "../wire";

const ZONES: Record<string, string> = {
  eastern: "America/New_York",
  central: "America/Chicago",
  mountain: "America/Denver",
  arizona: "America/Phoenix",
  pacific: "America/Los_Angeles",
  alaska: "America/Anchorage",
  hawaii: "Pacific/Honolulu",
  atlantic: "America/Halifax",
  newfoundland: "America/St_Johns",
};

const MOST_NUMBERS = 10;

export function personOnPage(facts: PageFacts, mobile: string): PersonOnPage {
  const known = facts.record !== "";
  return {
    mobile,
    name: clip(facts.name, 200),
    title: clip(facts.title, 200),
    account: clip(facts.account, 200),
    profile_url: webAddress(facts.url),
    account_url: webAddress(facts.account_url),
    crm: known ? clip(facts.crm_label, 40) : "",
    crm_ref: known ? clip(`${facts.crm}:${facts.record}`, 200) : "",
    time_zone: zone(facts.time_zone),
    region: clip(facts.region, 40),
    email: facts.email.length <= 254 ? clip(facts.email, 254) : "",
    crm_org: clip(facts.org, 253),
    numbers: facts.numbers
      .slice(0, MOST_NUMBERS)
      .map(({ raw, label }) => ({ number: clip(raw, 64), label: clip(label, 80) })),
  };
}

/** Well-formed text without NUL, at most `most` units long. */
export function clip(text: string, most: number): string {
  return text.replaceAll("\0", "").slice(0, most).toWellFormed();
}

/** The address if it is one of the web, otherwise "". */
export function webAddress(address: string): string {
  const url = URL.parse(address);
  const fits = url && (url.protocol === "https:" || url.protocol === "http:");
  return fits && url.href.length <= 2000 ? url.href : "";
}

function zone(said: string): string {
  const name = said.trim();
  try {
    if (name.includes("/"))
      return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return "";
  }
  return ZONES[name.toLowerCase().split(/[\s(]/, 1)[0] ?? ""] ?? "";
}
