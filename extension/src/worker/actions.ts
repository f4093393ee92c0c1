// What each page's Quick Action shows: decided anew when the page, the session or what is known of
// people changes.

import type { Person } from "../wire";
import type { Page } from "./pages";
import type { Parts } from "./parts";
import { clip, webAddress } from "./person";
import { accountOf, type Decision, decide, isOfSeveral } from "./quick_action";

type Around = Pick<Parts, "account" | "asks" | "cache" | "known" | "pages">;

export function decideFor(core: Pick<Around, "account" | "cache">, page: Page): Decision {
  return decide(page.facts, {
    signedIn: core.account.identity !== null,
    people: page.people?.found ?? null,
    standing: (mobile) => core.cache.standing(mobile),
  });
}

export function showAction(core: Around, page: Page): void {
  const { action } = decideFor(core, page);
  core.pages.post(page, {
    ...{ kind: "action", action, name: page.facts?.name ?? "" },
    ...{ unread: core.known.all.unread, signed_in: core.account.identity !== null },
  });
  page.shown = JSON.stringify(action);
}

/** Something was learnt of people: pages whose action is another one now are told. */
export function reviewActions(core: Around): void {
  for (const page of core.pages.all()) {
    if (page.facts && JSON.stringify(decideFor(core, page).action) !== page.shown)
      showAction(core, page);
  }
}

/** Asks who belongs to the account that a page is about; a page of a person asks nothing. */
export function lookUpPeople(core: Around, page: Page): void {
  const { facts } = page;
  const whose = facts && isOfSeveral(facts) ? accountOf(facts) : null;
  if (!whose?.account || !core.account.identity) {
    page.people = null;
    return;
  }
  const account = clip(whose.account, 200);
  const account_url = webAddress(whose.account_url);
  if (page.people?.account === account && page.people.account_url === account_url) return;
  const people: NonNullable<Page["people"]> = { account, account_url, found: null };
  page.people = people;
  const told = (found: Person[]) => {
    people.found = found;
    if (page.people === people) showAction(core, page);
  };
  core.asks.ask(
    page,
    { type: "person.list", account, account_url },
    (frame) => {
      if (frame.type === "person.page") told(frame.people);
    },
    () => told([]),
  );
}
