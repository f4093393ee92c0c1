// What every part of the extension may know: where the rep has switched it off, and a table of CRM
// pages that is newer than the built-in one. Content scripts read it, so it names no person.

import type { CrmTable } from "../wire";

export interface Kept {
  sites_off?: string[]; // hosts
  crm_table?: CrmTable; // as readTable has passed it
}

export async function kept(): Promise<Kept> {
  return chrome.storage.local.get(["sites_off", "crm_table"]);
}

export function isOff({ sites_off = [] }: Kept, host: string): boolean {
  return sites_off.includes(host);
}

/** The extension's own CRMs, as match patterns: those that need no permission of the rep's. */
export function ownPatterns(): string[] {
  const { content_scripts = [] } = chrome.runtime.getManifest();
  return content_scripts.flatMap(({ matches = [] }: { matches?: string[] }) => matches);
}
