// The port to the worker. Chrome ends the worker when it is idle, and the port with it: it is not
// sought again at once (that would keep the worker awake for nothing) but when there is something to
// say, when the page comes into view, or when a new worker asks.

import type { PageToWorker, WorkerToPage } from "../lib/messages";

export interface LinkNeeds {
  /** Said first on every new port. */
  greeting(): PageToWorker[];
  heard(message: WorkerToPage): void;
  /** The extension was updated or removed under this page: nothing can be said any more. */
  orphaned(): void;
}

export class Link {
  #port: chrome.runtime.Port | null = null;
  #isOrphan = false;

  constructor(private readonly needs: LinkNeeds) {}

  connect(): void {
    if (this.#port || !this.alive) return;
    try {
      const port = chrome.runtime.connect(undefined, { name: "page" });
      this.#port = port;
      port.onMessage.addListener((message) => this.needs.heard(message));
      port.onDisconnect.addListener(() => {
        if (this.#port === port) this.#port = null;
        void this.alive; // an update ends the port too: say so at once
      });
      for (const message of this.needs.greeting()) port.postMessage(message);
    } catch {
      this.#orphan();
    }
  }

  say(message: PageToWorker): void {
    this.connect();
    try {
      this.#port?.postMessage(message);
    } catch {
      this.#port = null;
      this.connect();
    }
  }

  /** Nothing more is said or heard here. */
  close(): void {
    this.#port?.disconnect();
    this.#port = null;
  }

  /** False, and said so, once this script's extension is gone. */
  get alive(): boolean {
    if (!chrome.runtime?.id) this.#orphan();
    return !this.#isOrphan;
  }

  #orphan(): void {
    if (this.#isOrphan) return;
    this.#isOrphan = true;
    this.needs.orphaned();
  }
}
