// What the worker is made of, for those who act on it: each takes the parts that it needs. It knows
// none of them, so that nobody who is wired together by the core has to import the core.

import type { SessionState } from "../lib/messages";
import type { Account } from "./account";
import type { Asks } from "./asks";
import type { Cache } from "./cache";
import type { Connection } from "./connection";
import type { CrmPages } from "./crm_pages";
import type { Drafts } from "./drafts";
import type { Feed } from "./feed";
import type { Known } from "./known";
import type { Nonces } from "./nonces";
import type { Notices } from "./notices";
import type { Outbox } from "./outbox";
import type { Pages } from "./pages";
import type { Panes } from "./panes";
import type { PaneSize } from "./pane_size";
import type { Reads } from "./reads";

export interface Parts {
  readonly account: Account;
  readonly asks: Asks;
  readonly cache: Cache;
  readonly connection: Connection;
  readonly crmPages: CrmPages;
  readonly drafts: Drafts;
  readonly feed: Feed;
  readonly known: Known;
  readonly nonces: Nonces;
  readonly notices: Notices;
  readonly outbox: Outbox;
  readonly pages: Pages;
  readonly panes: Panes;
  readonly paneSize: PaneSize;
  readonly reads: Reads;
  /** Resolves when what the last life of the worker knew is known again. */
  readonly restored: Promise<void>;
  readonly session: SessionState;

  signIn(server: string, email: string, password: string): Promise<void>;
  ended(): Promise<void>;
  /** The socket has a session. */
  online(): void;
  /** Work that must have been stored before the feed moves on on disk. */
  later(work: Promise<unknown>): void;
  keepFeed(): void;
}
