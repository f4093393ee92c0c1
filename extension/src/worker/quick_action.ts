// What Message may do on this page. It never guesses: a number is a mobile where the page says so.
// The backend's gate has the last word on every text; this is what the rep sees before that.

import { type PhoneNumber, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { PageFacts, PageNumber, QuickAction } from "../lib/messages";
import { displayPhone } from "../lib/phone";
import { isPerson } from "../lib/records";
import type { Person } from "../wire";

const SAYS_MOBILE = /\b(mobile|cell|cellular|handy|móvil)\b/i;
/** Whose mobile it is, where it is not the person's own, or not any more: a rep says. */
const SAYS_OTHER =
  /\b(assistant|asst|secretary|spouse|partner|manager|emergency|old|former|previous)\b/i;
const SAYS_FAX = /\bfax\b/i;
const SERVED = ["US", "CA"];
const MOST_OFFERED = 8;

/** What the worker knows besides the page. */
export interface Around {
  signedIn: boolean;
  /** Of the page's account or task; null while the backend has not said. */
  people: Person[] | null;
  /** Why a mobile may not be texted, or "". */
  standing(mobile: string): string;
}

export interface Decision {
  action: QuickAction;
  /** By what the action shows of it, the mobile in E.164. */
  mobiles: ReadonlyMap<string, string>;
}

export function decide(facts: PageFacts | null, around: Around): Decision {
  if (!facts) return { action: { kind: "none" }, mobiles: new Map() };
  if (!around.signedIn) return inactive("Sign in to Repline to text", true);
  if (isOfSeveral(facts)) return ofSeveral(facts, around.people);
  const mobiles = facts.numbers.filter(
    ({ label }) => SAYS_MOBILE.test(label) && !SAYS_OTHER.test(label),
  );
  if (mobiles.length === 0) return toChoose(facts);
  const good = textable(mobiles);
  const [first] = good;
  if (!first) return inactive(judge(mobiles[0]?.raw ?? "").reason);
  const numbers = good.length > 1 ? good.map(shown) : [];
  const warning = around.standing(first.mobile);
  return {
    action: {
      kind: "ready",
      label: "Message",
      number: displayPhone(first.mobile),
      numbers,
      warning,
    },
    mobiles: byDisplay(good),
  };
}

/** A record that is no person, but has people: an account, an opportunity, a task. */
export function isOfSeveral({ record }: PageFacts): boolean {
  return record !== "" && !isPerson(record.split(":", 1)[0] ?? "");
}

function ofSeveral(facts: PageFacts, people: Person[] | null): Decision {
  const whose = accountOf(facts).account;
  if (!whose) return inactive("No person on this page");
  if (!people) return inactive(`Looking for people of ${whose}`);
  const linked = new Set(facts.people);
  const named = people.filter(({ crm_ref }) => linked.has(crm_ref));
  // A task names whom it is about; an account's page may not list all who belong to it.
  const isAccount = facts.record.startsWith("account:");
  const shownPeople = named.length && !isAccount ? named : people;
  if (!shownPeople.length)
    return inactive(`Nobody of ${whose} is in Repline yet. Open a contact to text them.`);
  const offered = shownPeople.slice(0, MOST_OFFERED).map(({ id, name, mobile_display }) => ({
    ...{ id, number: mobile_display },
    name: name || mobile_display,
  }));
  return { action: { kind: "people", label: "Message", people: offered }, mobiles: new Map() };
}

/** The account whose people a page may offer: its own, or the one that its record belongs to. */
export function accountOf(facts: PageFacts): { account: string; account_url: string } {
  const own = facts.record.startsWith("account:");
  return {
    account: own ? facts.name : facts.account,
    account_url: own ? facts.url : facts.account_url,
  };
}

/** Nothing is called a mobile: all that could be one, for the rep to say which is. */
function toChoose(facts: PageFacts): Decision {
  const good = textable(facts.numbers.filter(({ label }) => !SAYS_FAX.test(label)));
  if (!good.length) return inactive("No mobile number on this page");
  const numbers = good.map(shown);
  return { action: { kind: "choose", label: "Message", numbers }, mobiles: byDisplay(good) };
}

interface Textable {
  mobile: string;
  label: string;
}

function textable(numbers: PageNumber[]): Textable[] {
  const found = new Map<string, Textable>();
  for (const { raw, label } of numbers) {
    const { mobile } = judge(raw);
    if (mobile && !found.has(mobile)) found.set(mobile, { mobile, label });
  }
  return [...found.values()].slice(0, MOST_OFFERED);
}

const shown = ({ mobile, label }: Textable) => ({ number: displayPhone(mobile), label });

const byDisplay = (good: Textable[]) =>
  new Map(good.map(({ mobile }) => [displayPhone(mobile), mobile]));

/** A mobile as it stands on a page: `mobile` in E.164, or the reason why it cannot be texted. */
export function judge(raw: string): { mobile: string; reason: string } {
  const no = (reason: string) => ({ mobile: "", reason });
  const phone = parsePhoneNumberFromString(raw, "US");
  if (!phone) return no("The mobile on this page is not a phone number");
  if (phone.ext) return no("A number with an extension can't get texts");
  const country = countryOf(phone);
  if (country && !SERVED.includes(country)) {
    return no(`Texting works with US and Canadian mobiles; this one is in ${nameOf(country)}`);
  }
  if (phone.getType() === "TOLL_FREE") return no("A toll-free number can't get texts");
  if (phone.getType() === "PREMIUM_RATE") return no("A premium-rate number can't get texts");
  // Numbers kept for examples are possible without being valid: the backend decides on those.
  if (!phone.isPossible() || !country) return no("The mobile on this page is not a valid number");
  return { mobile: phone.number, reason: "" };
}

function inactive(reason: string, signs_in = false): Decision {
  return { action: { kind: "inactive", label: "Message", reason, signs_in }, mobiles: new Map() };
}

function countryOf(phone: PhoneNumber): string | undefined {
  if (phone.country) return phone.country;
  if (phone.countryCallingCode !== "1") return phone.getPossibleCountries()[0];
  // +1 is shared by two dozen countries: the area code tells which, with any plain number behind it.
  const plain = parsePhoneNumberFromString(`+1${phone.nationalNumber.slice(0, 3)}2345678`);
  return plain?.country;
}

const COUNTRIES = new Intl.DisplayNames("en", { type: "region" });
const WITH_ARTICLE = new Set(["GB", "NL", "PH", "BS", "DO", "AE", "CZ", "KY", "MV"]);

function nameOf(country: string): string {
  const name = COUNTRIES.of(country) ?? country;
  return WITH_ARTICLE.has(country) ? `the ${name}` : name;
}
