// The port to the worker. Chrome ends the worker whenever it likes, so a lost port is an ordinary
// event: connect again (which wakes the worker), greet it again, and let the pane ask again.
import type { PaneToWorker, WorkerToPane } from "../lib/messages";

export interface Listener {
  message(message: WorkerToPane): void;
  /** The port is gone and another one is being sought. */
  lost(): void;
  /** There will be no other port: the extension was updated, or the worker refuses this pane. */
  gone(): void;
}

export interface Transport {
  start(listener: Listener): void;
  /** Kept and sent later while there is no port. */
  post(message: PaneToWorker): void;
  stop(): void;
}

/** Waits in ms before each further attempt in a row; any word from the worker starts over. */
const WAITS = [0, 100, 400, 1000, 2000, 4000];

export function chromeTransport(nonce: string): Transport {
  let port: chrome.runtime.Port | null = null;
  let listener: Listener | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let accepted = false;
  const waiting: PaneToWorker[] = [];

  function connect(): void {
    let next: chrome.runtime.Port;
    try {
      // After an update `id` is gone, or connect throws "Extension context invalidated".
      if (!chrome.runtime?.id) {
        listener?.gone();
        return;
      }
      next = chrome.runtime.connect(undefined, { name: "pane" });
    } catch {
      listener?.gone();
      return;
    }
    next.onMessage.addListener((message: WorkerToPane) => {
      failures = 0;
      accepted = true;
      listener?.message(message);
    });
    next.onDisconnect.addListener(() => lose(next));
    port = next;
    next.postMessage({ kind: "hello", nonce, fresh: !accepted } satisfies PaneToWorker);
    for (const message of waiting.splice(0)) next.postMessage(message);
  }

  function lose(which: chrome.runtime.Port): void {
    if (port !== which) return;
    port = null;
    listener?.lost();
    const wait = WAITS[failures++];
    if (wait !== undefined) timer = setTimeout(connect, wait);
    // A pane that was never accepted stays blank: whoever framed it had no nonce.
    else if (accepted) listener?.gone();
  }

  return {
    start(to) {
      listener = to;
      connect();
    },
    post(message) {
      if (!port) {
        waiting.push(message);
        return;
      }
      try {
        port.postMessage(message);
      } catch {
        waiting.push(message);
        lose(port);
      }
    },
    stop() {
      clearTimeout(timer);
      listener = null;
      port?.disconnect();
      port = null;
    },
  };
}
