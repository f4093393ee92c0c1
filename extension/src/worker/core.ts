// One life of the worker: its parts, and what joins them.

import type { Connection as State, SessionState } from "../lib/messages";
import { Account } from "./account";
import { lookUpPeople, showAction } from "./actions";
import { hear } from "./asked";
import { Asks } from "./asks";
import { showBadge } from "./badge";
import { Cache } from "./cache";
import { Connection } from "./connection";
import { CrmPages } from "./crm_pages";
import type { Disk } from "./disk";
import { Drafts } from "./drafts";
import { Feed } from "./feed";
import { received } from "./frames";
import { Known } from "./known";
import { askForPage } from "./listing";
import { Nonces } from "./nonces";
import { Notices } from "./notices";
import { Outbox } from "./outbox";
import { pageSays } from "./page_says";
import { PaneSize } from "./pane_size";
import { Pages } from "./pages";
import { type Pane, Panes } from "./panes";
import type { Parts } from "./parts";
import { subscribe } from "./push";
import { Reads } from "./reads";
import { Renewing } from "./renewing";
import { inView } from "./view";
import { warm } from "./warm";

export class Core implements Parts {
  readonly account: Account;
  readonly asks: Asks;
  readonly cache = new Cache();
  readonly connection: Connection;
  readonly crmPages: CrmPages;
  readonly drafts: Drafts;
  readonly feed: Feed;
  readonly known = new Known(() => this.#changed());
  readonly nonces = new Nonces();
  readonly notices: Notices;
  readonly outbox: Outbox;
  readonly pages = new Pages();
  readonly panes: Panes;
  readonly paneSize: PaneSize;
  readonly reads: Reads;
  readonly restored: Promise<void>;
  readonly #renewing: Renewing;
  #stored: Promise<unknown> = Promise.resolve();

  constructor(private readonly disk: Disk) {
    const owner = () => this.account.owner;
    this.account = new Account(disk, () => void this.ended());
    this.crmPages = new CrmPages(disk, this.account);
    this.drafts = new Drafts(disk, owner);
    this.feed = new Feed(disk, owner);
    this.notices = new Notices(disk, (conversation) => inView(this, conversation));
    this.connection = new Connection({
      server: () => this.account.identity?.server ?? null,
      token: (fresh) => this.account.token(fresh),
      since: () => this.feed.last,
      received: (frame) => received(this, frame),
      changed: (state) => this.#connectionChanged(state),
    });
    this.asks = new Asks((frame) => this.connection.send(frame));
    this.outbox = new Outbox({
      disk,
      owner,
      send: (frame) => this.connection.send(frame),
      changed: (conversation, pending) =>
        this.panes.tell({ kind: "pending", conversation, pending }),
    });
    this.paneSize = new PaneSize(disk);
    this.reads = new Reads({ disk, owner, send: (frame) => this.connection.send(frame) });
    this.#renewing = new Renewing({
      renewIn: () => this.account.renewIn,
      token: () => this.account.token(),
      send: (frame) => this.connection.send(frame),
    });
    // Begins a turn later, when all parts are there.
    this.restored = Promise.resolve().then(() => this.#restore());
    this.panes = new Panes(
      this.restored,
      this.nonces,
      (pane, fresh) => this.#greet(pane, fresh),
      (pane, said) => hear(this, pane, said),
      (pane) => this.asks.drop(pane),
    );
  }

  get session(): SessionState {
    const { identity } = this.account;
    return {
      connection: this.connection.state,
      user: identity?.user ?? null,
      team: identity?.team ?? null,
      ...this.known.all,
      stale: false,
    };
  }

  /** Takes a content script's port. */
  admitPage(port: chrome.runtime.Port): void {
    const page = this.pages.admit(port);
    if (!page) {
      port.disconnect();
      return;
    }
    port.onMessage.addListener((said) => void this.restored.then(() => pageSays(this, page, said)));
  }

  async signIn(server: string, email: string, password: string): Promise<void> {
    const before = this.account.owner;
    await this.account.signIn(server, email, password);
    this.connection.stop();
    if (before !== this.account.owner) await this.#empty();
    await Promise.all([this.#ofOwner(), this.feed.restore()]);
    this.#changed();
    await this.connection.connect();
  }

  /** Nobody is signed in any more. What the user had in hand stays on disk under their name. */
  async ended(): Promise<void> {
    this.connection.stop();
    await this.#empty();
    await this.disk.del("seq");
    await Promise.all([this.#ofOwner(), this.notices.clear()]);
    this.feed.last = null;
    this.panes.tell({ kind: "reset" });
    this.#changed();
  }

  online(): void {
    this.reads.flush();
    this.#renewing.start();
    void subscribe(this);
    void this.crmPages.refresh();
    // Ahead of the first pane.
    if (!this.cache.page) askForPage(this, this, { folder: "inbox" });
  }

  later(work: Promise<unknown>): void {
    this.#stored = Promise.allSettled([this.#stored, work]);
  }

  keepFeed(): void {
    this.#stored = this.#stored.then(() => this.feed.keep());
  }

  async #restore(): Promise<void> {
    await this.account.restore();
    await Promise.all([
      this.known.restore(),
      this.cache.restore(),
      this.#ofOwner(),
      this.feed.restore(),
      this.nonces.restore(),
      this.notices.restore(),
      this.panes.restore(),
      this.paneSize.restore(),
    ]);
    showBadge(this.known.all.unread);
  }

  /** What is kept of each user who has signed in here. */
  async #ofOwner(): Promise<void> {
    await Promise.all([this.outbox.restore(), this.drafts.restore(), this.reads.restore()]);
  }

  #greet(pane: Pane, fresh: boolean): void {
    this.panes.post(pane, { kind: "session", session: this.session });
    const page = this.pages.of(pane.tab);
    if (!page || pane.windowed) return;
    this.pages.post(page, { kind: "pane_ready" });
    // A page that draws itself anew throws our frame out: what comes in its place goes on with it.
    if (fresh && page.paneOpen && page.shows !== null) {
      const target = { kind: "conversation", conversation: page.shows } as const;
      this.panes.post(pane, { kind: "target", target });
    }
  }

  #connectionChanged(state: State): void {
    if (state !== "online") this.#renewing.stop();
    this.panes.tell({ kind: "session", session: this.session });
  }

  #changed(): void {
    showBadge(this.known.all.unread);
    this.panes.tell({ kind: "session", session: this.session });
    for (const page of this.pages.all()) {
      lookUpPeople(this, page);
      showAction(this, page);
    }
  }

  async #empty(): Promise<void> {
    this.asks.clear();
    await Promise.all([this.known.clear(), this.cache.clear(), warm.drop("targets")]);
  }
}
