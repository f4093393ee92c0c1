// The CRM pages with a content script, one per tab. They hear numbers and reasons, never a text.

import type { PageFacts, Wake, WorkerToPage } from "../lib/messages";
import type { Person } from "../wire";

export interface Page {
  port: chrome.runtime.Port;
  tab: number;
  facts: PageFacts | null;
  paneOpen: boolean;
  /** What the open pane showed last. */
  shows: number | null;
  /** Of the account that the page is about; `found` is null until the backend has answered. */
  people: { account: string; account_url: string; found: Person[] | null } | null;
  /** What its action shows, as JSON: it is told of changes alone. */
  shown: string;
}

const GATHER_MS = 500;

export class Pages {
  readonly #byTab = new Map<number, Page>();

  /** Takes a port if it is of a content script in a tab's top frame; null otherwise. */
  admit(port: chrome.runtime.Port): Page | null {
    const { sender } = port;
    const tab = sender?.tab?.id;
    if (sender?.id !== chrome.runtime.id || tab === undefined || sender.frameId !== 0) return null;
    const page: Page = {
      ...{ port, tab, facts: null, paneOpen: false, shows: null },
      ...{ people: null, shown: "" },
    };
    this.#byTab.set(tab, page);
    port.onDisconnect.addListener(() => {
      if (this.#byTab.get(tab) === page) this.#byTab.delete(tab);
    });
    return page;
  }

  of(tab: number | undefined): Page | null {
    return (tab !== undefined && this.#byTab.get(tab)) || null;
  }

  all(): Page[] {
    return [...this.#byTab.values()];
  }

  post(page: Page, message: WorkerToPage): void {
    try {
      page.port.postMessage(message);
    } catch {
      this.#byTab.delete(page.tab); // its page has just gone
    }
  }

  /** A new worker has no ports: asks all tabs to connect and waits for those that do. */
  async gather(): Promise<void> {
    const wake: Wake = { kind: "wake" };
    const asked = (await chrome.tabs.query({})).map(({ id }) =>
      id === undefined ? null : chrome.tabs.sendMessage(id, wake, { frameId: 0 }).catch(() => null),
    );
    const patience = new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    await Promise.race([Promise.all(asked), patience]);
  }

  /** The page that the rep looked at last. */
  async latest(): Promise<Page | null> {
    let found: Page | null = null;
    let latest = Number.NEGATIVE_INFINITY;
    for (const page of this.all()) {
      const tab = await chrome.tabs.get(page.tab).catch(() => null);
      const seen = tab?.lastAccessed ?? 0;
      if (tab && seen > latest) [found, latest] = [page, seen];
    }
    return found;
  }
}
