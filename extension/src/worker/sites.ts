// On which sites Repline is: its own CRMs but where the rep has switched it off, and those that the
// rep has added by giving it leave to read them.

import type { Sites } from "../lib/messages";
import { kept, ownPatterns } from "../lib/sites";

const SCRIPT = "dist/content.js";
const ID = "added";
const MOST_OFF = 200;

export async function sites(): Promise<Sites> {
  return { off: (await kept()).sites_off ?? [], added: await addedPatterns() };
}

/** Off: no script of ours does anything there, until the rep turns it on again. */
export async function switchSite(host: string, on: boolean): Promise<void> {
  const others = ((await kept()).sites_off ?? []).filter((each) => each !== host);
  const off = on ? others : [...others, host].slice(-MOST_OFF);
  if (off.length) await chrome.storage.local.set({ sites_off: off });
  else await chrome.storage.local.remove("sites_off");
}

async function addedPatterns(): Promise<string[]> {
  const { origins = [] } = await chrome.permissions.getAll();
  const own = new Set(ownPatterns());
  return origins.filter((origin) => !own.has(origin)).sort();
}

/** Chrome runs our script on the sites that the rep has added, from now on and after a restart. An
 * update of the extension forgets it, so it is said again at each. */
export async function registerAdded(): Promise<void> {
  const matches = await addedPatterns();
  const [registered] = await chrome.scripting.getRegisteredContentScripts({ ids: [ID] });
  if (!matches.length) {
    if (registered) await chrome.scripting.unregisterContentScripts({ ids: [ID] });
    return;
  }
  const script = { id: ID, matches, js: [SCRIPT], runAt: "document_idle" as const };
  if (registered) await chrome.scripting.updateContentScripts([script]);
  else await chrome.scripting.registerContentScripts([script]);
}

/** Puts our script into open tabs of these patterns that have none that answers: pages that were
 * there before the site was added, or before this version of the extension. */
export async function putIntoOpenTabs(patterns: string[]): Promise<void> {
  if (!patterns.length) return;
  const tabs = await chrome.tabs.query({ url: patterns });
  await Promise.all(tabs.map(({ id }) => id !== undefined && putInto(id)));
}

async function putInto(tabId: number): Promise<void> {
  const target = { tabId };
  const answers = await chrome.tabs
    .sendMessage(tabId, { kind: "wake" }, { frameId: 0 })
    .catch(() => false);
  if (answers) return;
  await chrome.scripting
    .executeScript({ target, files: [SCRIPT] })
    .catch((error) => console.info("This tab cannot be reached", error));
}

/** Everywhere that we may, after an install or an update: no page needs to be loaded again. */
export async function takeOver(): Promise<void> {
  await registerAdded();
  const { host_permissions = [] } = chrome.runtime.getManifest();
  await putIntoOpenTabs([...host_permissions, ...(await addedPatterns())]);
}
