// What content scripts say, by kind.

import type { PageToWorker } from "../lib/messages";
import { asOnPage } from "../lib/people";
import { decideFor, lookUpPeople, showAction } from "./actions";
import { openInPage, openSignIn, prepareInPage } from "./open";
import type { Page } from "./pages";
import type { Parts } from "./parts";
import { personOnPage } from "./person";
import { switchSite } from "./sites";

type Core = Pick<
  Parts,
  "account" | "asks" | "cache" | "known" | "nonces" | "pages" | "panes" | "paneSize"
>;

type Handlers = {
  [K in PageToWorker["kind"]]: (
    core: Core,
    page: Page,
    said: Extract<PageToWorker, { kind: K }>,
  ) => void;
};

const HANDLERS: Handlers = {
  facts: (core, page, { facts }) => {
    page.facts = facts;
    lookUpPeople(core, page);
    showAction(core, page);
  },
  message: (core, page, { name, number }) => {
    const { facts } = page;
    const mobile = decideFor(core, page).mobiles.get(number);
    // Clicked while the page was moving on: the rep meant whom they saw.
    if (!mobile || facts?.name !== name) return;
    // Fixed here: a page that moves on does not change who is written to.
    void openInPage(core, page, { kind: "person", person: personOnPage(facts, mobile) });
  },
  message_person: (core, page, { person: id }) => {
    const person = page.people?.found?.find((one) => one.id === id);
    if (person) void openInPage(core, page, { kind: "person", person: asOnPage(person) });
  },
  sign_in: () => openSignIn(),
  prepare: (core, page) => {
    if (core.account.identity) void prepareInPage(core, page);
  },
  launch: (core, page) => {
    if (core.account.identity) void openInPage(core, page, { kind: "list" });
    else openSignIn();
  },
  pane_opened: (_core, page) => {
    page.paneOpen = true;
  },
  pane_closed: (_core, page) => {
    page.paneOpen = false;
  },
  switch_off: (_core, page) => {
    const url = URL.parse(page.port.sender?.url ?? "");
    if (url) void switchSite(url.hostname, false);
  },
  settings: () => openSignIn(),
};

export function pageSays(core: Core, page: Page, said: PageToWorker): void {
  if (!Object.hasOwn(HANDLERS, said.kind)) return;
  (HANDLERS[said.kind] as (core: Core, page: Page, said: PageToWorker) => void)(core, page, said);
}
