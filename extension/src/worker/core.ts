// One life of the worker: its parts, and what joins them.

import type { Connection as State, SessionState } from "../lib/messages";
import type { Person } from "../wire";
import { VERSION } from "../wire";
import { Account } from "./account";
import { lookUpPeople, showAction } from "./actions";
import { hear } from "./asked";
import { Asks } from "./asks";
import { showBadge } from "./badge";
import { Cache } from "./cache";
import { Connection } from "./connection";
import type { Disk, Size } from "./disk";
import { Drafts } from "./drafts";
import { Feed } from "./feed";
import { received } from "./frames";
import { Nonces } from "./nonces";
import { Notices } from "./notices";
import { USUAL_SIZE } from "./open";
import { Outbox } from "./outbox";
import { pageSays } from "./page_says";
import { Pages } from "./pages";
import { type Pane, Panes } from "./panes";
import { subscribe } from "./push";
import { inView } from "./view";
import { type Known, warm } from "./warm";

const NOTHING: Known = { numbers: [], unread: 0, blocked: null, prices: null };

export class Core {
  readonly account: Account;
  readonly asks: Asks;
  readonly cache = new Cache();
  readonly connection: Connection;
  readonly drafts: Drafts;
  readonly feed: Feed;
  readonly nonces = new Nonces();
  readonly notices: Notices;
  readonly outbox: Outbox;
  readonly pages = new Pages();
  readonly restored: Promise<void>;
  readonly panes: Panes;
  size: Size = USUAL_SIZE;
  #known: Known = NOTHING;
  #reads = new Map<number, number>(); // by conversation: read up to, not yet said
  #renew: ReturnType<typeof setTimeout> | undefined;
  #stored: Promise<unknown> = Promise.resolve();

  constructor(private readonly disk: Disk) {
    const owner = () => this.account.owner;
    this.account = new Account(disk, () => void this.ended());
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
    // Begins a turn later, when all parts are there.
    this.restored = Promise.resolve().then(() => this.#restore());
    this.panes = new Panes(
      this.restored,
      this.nonces,
      (pane) => this.#greet(pane),
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
      ...this.#known,
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
    await Promise.all([this.outbox.restore(), this.drafts.restore(), this.feed.restore()]);
    this.#changed();
    await this.connection.connect();
  }

  /** Nobody is signed in any more. Drafts and unsent texts stay on disk under their owner. */
  async ended(): Promise<void> {
    this.connection.stop();
    await this.#empty();
    await this.disk.del("seq");
    await Promise.all([this.outbox.restore(), this.drafts.restore(), this.notices.clear()]);
    this.feed.last = null;
    this.panes.tell({ kind: "reset" });
    this.#changed();
  }

  /** The socket has a session. */
  online(): void {
    for (const [conversation, upto] of this.#reads) this.read(conversation, upto);
    this.#renewInTime();
    void subscribe(this);
    if (!this.cache.page) this.#fillPage();
  }

  know(known: Known): void {
    this.#known = known;
    void warm.set({ ready: known });
    this.#changed();
  }

  /** What the user may do has changed. */
  knowNow(changed: Partial<Known>): void {
    this.know({ ...this.#known, ...changed });
  }

  setUnread(unread: number): void {
    if (unread !== this.#known.unread) this.knowNow({ unread });
  }

  read(conversation: number, upto: number): void {
    void this.notices.read(conversation, upto);
    const sent = this.connection.send({
      type: "conversation.read",
      v: VERSION,
      conversation,
      upto,
    });
    if (sent) this.#reads.delete(conversation);
    else this.#reads.set(conversation, Math.max(upto, this.#reads.get(conversation) ?? 0));
  }

  rename(person: Person): void {
    for (const one of [...this.cache.conversations.values()]) {
      if (one.person.id !== person.id) continue;
      const conversation = this.cache.putConversation({ ...one, person });
      this.panes.tell({ kind: "conversation", conversation });
    }
    this.later(this.cache.save());
  }

  resize(tab: number, width: number, height: number): void {
    this.size = { width: Math.round(width), height: Math.round(height) };
    void this.disk.set("size", this.size);
    const page = this.pages.of(tab);
    if (page) this.pages.post(page, { kind: "resize_pane", ...this.size });
  }

  /** Work that must have been stored before the feed moves on on disk. */
  later(work: Promise<unknown>): void {
    this.#stored = Promise.allSettled([this.#stored, work]);
  }

  keepFeed(): void {
    this.#stored = this.#stored.then(() => this.feed.keep());
  }

  /** Resolves when everything that was set going has been stored. */
  async stored(): Promise<void> {
    await this.#stored;
  }

  async #restore(): Promise<void> {
    await this.account.restore();
    const [size, known] = await Promise.all([
      this.disk.get("size"),
      warm.get("ready"),
      this.cache.restore(),
      this.outbox.restore(),
      this.drafts.restore(),
      this.feed.restore(),
      this.nonces.restore(),
      this.notices.restore(),
      this.panes.restore(),
    ]);
    if (size) this.size = size;
    if (known) this.#known = known;
    showBadge(this.#known.unread);
  }

  #greet(pane: Pane): void {
    this.panes.post(pane, { kind: "session", session: this.session });
    const page = this.pages.of(pane.tab);
    if (page && !pane.windowed) this.pages.post(page, { kind: "pane_ready" });
  }

  #connectionChanged(state: State): void {
    if (state !== "online") clearTimeout(this.#renew);
    this.panes.tell({ kind: "session", session: this.session });
  }

  #changed(): void {
    showBadge(this.#known.unread);
    this.panes.tell({ kind: "session", session: this.session });
    for (const page of this.pages.all()) {
      lookUpPeople(this, page);
      showAction(this, page);
    }
  }

  #renewInTime(): void {
    clearTimeout(this.#renew);
    // An end that is always near (a wrong clock) must not become a storm.
    const wait = Math.max(this.account.renewIn, 10_000);
    this.#renew = setTimeout(() => void this.#renewNow(), wait);
  }

  async #renewNow(): Promise<void> {
    try {
      const token = await this.account.token();
      this.connection.send({ type: "session.renew", v: VERSION, token });
    } catch (error) {
      console.info("The session could not be renewed yet", error);
    }
    if (this.connection.state === "online") this.#renewInTime();
  }

  /** Asks for the first page ahead of the first pane. */
  #fillPage(): void {
    this.asks.ask(
      this,
      { type: "conversation.list", folder: "inbox", limit: 50 },
      (frame) => {
        if (frame.type !== "conversation.page") return;
        const newest = frame.conversations.map((one) => this.cache.putConversation(one));
        this.cache.putPage(newest, frame.next);
        this.later(this.cache.save());
      },
      () => {},
    );
  }

  async #empty(): Promise<void> {
    this.#known = NOTHING;
    this.#reads.clear();
    this.asks.clear();
    await Promise.all([this.cache.clear(), warm.drop("ready", "targets")]);
  }
}
