// A newer table of CRM pages from the backend: asked for at sign-in and once a day, checked, and kept
// where content scripts find it. Without one, or with one that is unfit, the built-in table holds.

import { LARGEST_BYTES, newer, readTable } from "../lib/crm_table";
import { kept } from "../lib/sites";
import type { Account } from "./account";
import type { Disk } from "./disk";
import { download } from "./rest";

const DAY_MS = 24 * 60 * 60_000;

export class CrmPages {
  #asking: Promise<void> | null = null;

  constructor(
    private readonly disk: Disk,
    private readonly account: Account,
  ) {}

  /** Asks if the last answer is a day old, or was another backend's. Never throws. */
  async refresh(): Promise<void> {
    const { identity } = this.account;
    if (!identity) return;
    const last = await this.disk.get("crm_pages");
    const age = Date.now() - (last?.at ?? 0);
    if (last?.server === identity.server && age >= 0 && age < DAY_MS) return;
    this.#asking ??= this.#ask(identity.server).finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask(server: string): Promise<void> {
    try {
      const { version } = newer((await kept()).crm_table);
      const token = await this.account.token();
      const answer = await download(server, `/api/v1/crm-pages?known=${version}`, token);
      if (answer.size > LARGEST_BYTES) throw new Error(`${answer.size} bytes`);
      // No body: there is nothing newer.
      if (answer.size > 0) await this.#keep(JSON.parse(await answer.text()), version);
      await this.disk.set("crm_pages", { server, at: Date.now() });
    } catch (error) {
      console.warn("No newer table of CRM pages", error);
    }
  }

  async #keep(json: unknown, known: number): Promise<void> {
    const crm_table = readTable(json);
    if (crm_table.version > known) await chrome.storage.local.set({ crm_table });
  }
}
