// What content scripts say, by kind.

import type { PageToWorker } from "../lib/messages";
import type { Core } from "./core";
import { openInPage, openSignIn } from "./open";
import type { Page } from "./pages";
import { personOnPage } from "./person";
import { decide } from "./quick_action";

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
    core.showAction(page);
  },
  message: (core, page, { name, number }) => {
    const { facts } = page;
    const { action, mobile } = decide(facts, core.account.identity !== null);
    // Clicked while the page was moving on: the rep meant whom they saw.
    if (action.kind !== "ready" || action.number !== number || facts?.name !== name) return;
    // Fixed here: a page that moves on does not change who is written to.
    void openInPage(core, page, { kind: "person", person: personOnPage(facts, mobile) });
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
  size: (core, page, { width, height }) => core.resize(page.tab, width, height),
};

export function pageSays(core: Core, page: Page, said: PageToWorker): void {
  if (!Object.hasOwn(HANDLERS, said.kind)) return;
  (HANDLERS[said.kind] as (core: Core, page: Page, said: PageToWorker) => void)(core, page, said);
}
