// Whether Repline is on this page at all: not on a site where the rep has switched it off. The page
// is told by storage, which also has a newer table of CRM pages: the worker need not wake for it.

import { newer } from "../lib/crm_table";
import { Records } from "../lib/records";
import { isOff, type Kept, kept } from "../lib/sites";
import { begin, type OnPage } from "./page";
import { Root } from "./root";

declare global {
  interface Window {
    /** In this extension's own world. Chrome and the worker may both have put this script here. */
    replineRuns?: true;
  }
}

async function start(): Promise<void> {
  Root.sweep();
  let on: OnPage | null = null;
  const apply = (found: Kept) => {
    const records = new Records(newer(found.crm_table));
    if (isOff(found, location.hostname)) {
      on?.end();
      on = null;
    } else if (on) on.goBy(records);
    else on = begin(records);
  };
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && (changes.sites_off || changes.crm_table)) void kept().then(apply);
  });
  apply(await kept());
}

if (!window.replineRuns) {
  window.replineRuns = true;
  void start();
}
