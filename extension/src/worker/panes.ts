// The panes that have named their nonce. Until a frame has, it is told nothing.

import type { PaneToWorker, Target, WorkerToPane } from "../lib/messages";
import type { Nonces } from "./nonces";
import { warm } from "./warm";

export interface Pane {
  port: chrome.runtime.Port;
  tab: number;
  windowed: boolean; // a window of its own, not a frame in a page
  conversation: number | null; // what it shows
}

export class Panes {
  readonly #panes = new Set<Pane>();
  /** By nonce: what a pane should show that has not said hello yet. */
  #targets = new Map<string, Target>();

  constructor(
    private readonly restored: Promise<void>,
    private readonly nonces: Nonces,
    private readonly greet: (pane: Pane, fresh: boolean) => void,
    private readonly hear: (pane: Pane, said: PaneToWorker) => void,
    private readonly gone: (pane: Pane) => void,
  ) {}

  async restore(): Promise<void> {
    this.#targets = new Map(await warm.get("targets"));
  }

  admit(port: chrome.runtime.Port): void {
    const { sender } = port;
    const tab = sender?.tab?.id;
    if (sender?.id !== chrome.runtime.id || tab === undefined || !isPane(sender.url)) {
      port.disconnect();
      return;
    }
    const windowed = sender.frameId === 0;
    const pane: Pane = { port, tab, windowed, conversation: null };
    port.onDisconnect.addListener(() => {
      if (this.#panes.delete(pane)) this.gone(pane);
    });
    // Heard from the first moment, acted on when the worker knows again what it knew.
    port.onMessage.addListener((said: PaneToWorker) => {
      void this.restored.then(() => this.#said(pane, said));
    });
  }

  all(): Pane[] {
    return [...this.#panes];
  }

  of(tab: number): Pane | null {
    return this.all().find((pane) => pane.tab === tab) ?? null;
  }

  post(pane: Pane, message: WorkerToPane): void {
    try {
      pane.port.postMessage(message);
    } catch {
      this.#panes.delete(pane);
    }
  }

  tell(message: WorkerToPane): void {
    for (const pane of this.#panes) this.post(pane, message);
  }

  /** Shows the target now, or when the pane with this nonce says hello. */
  async aim(nonce: string, pane: Pane | null, target: Target): Promise<void> {
    if (pane) return this.post(pane, { kind: "target", target });
    this.#targets.set(nonce, target);
    await this.#keep();
  }

  #said(pane: Pane, said: PaneToWorker): void {
    if (this.#panes.has(pane)) {
      this.hear(pane, said);
      return;
    }
    if (said.kind !== "hello" || !this.nonces.admits(said.nonce, pane.tab)) {
      pane.port.disconnect();
      return;
    }
    this.#panes.add(pane);
    this.greet(pane, said.fresh);
    const target = this.#targets.get(said.nonce);
    if (!target) return;
    this.post(pane, { kind: "target", target });
    this.#targets.delete(said.nonce);
    void this.#keep();
  }

  #keep(): Promise<void> {
    return warm.set({ targets: [...this.#targets] });
  }
}

function isPane(address: string | undefined): boolean {
  const url = URL.parse(address ?? "");
  return url?.protocol === "chrome-extension:" && url.pathname === "/pane.html";
}
