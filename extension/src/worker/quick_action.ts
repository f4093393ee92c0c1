// What Message may do on this page. It never guesses: a number is a mobile where the page says so.
// The backend's gate has the last word on every text; this is what the rep sees before that.

import { type PhoneNumber, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { PageFacts, QuickAction } from "../lib/messages";
import { displayPhone } from "../lib/phone";

const SAYS_MOBILE = /\b(mobile|cell|cellular|handy|móvil)\b/i;
const SERVED = ["US", "CA"];

export interface Decision {
  action: QuickAction;
  mobile: string; // E.164, empty unless the action is ready
}

export function decide(facts: PageFacts | null, signedIn: boolean): Decision {
  if (!facts) return { action: { kind: "none" }, mobile: "" };
  if (!signedIn) return inactive("Sign in to Repline to text");
  const mobiles = facts.numbers.filter(({ label }) => SAYS_MOBILE.test(label));
  if (mobiles.length === 0) return inactive("No mobile number on this page");
  const verdicts = mobiles.map(({ raw }) => judge(raw));
  const good = verdicts.find((verdict) => verdict.mobile);
  if (!good) return inactive(verdicts[0]?.reason ?? "");
  const number = displayPhone(good.mobile);
  return { action: { kind: "ready", label: "Message", number }, mobile: good.mobile };
}

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

function inactive(reason: string): Decision {
  return { action: { kind: "inactive", label: "Message", reason }, mobile: "" };
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
