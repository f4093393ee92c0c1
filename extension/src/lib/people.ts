import type { Person, PersonOnPage } from "../wire";

/** A person whom the backend knows, as a page would tell of them: to open a conversation with them. */
export function asOnPage(person: Person): PersonOnPage {
  const { mobile, name, title, account, profile_url, account_url, crm, crm_ref } = person;
  const numbers = person.numbers.map(({ e164, label }) => ({ number: e164, label }));
  return {
    ...{ mobile, name, title, account, profile_url, account_url, crm, crm_ref },
    ...{ time_zone: person.time_zone, region: person.region, numbers: numbers.slice(0, 10) },
  };
}
