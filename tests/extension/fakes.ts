// A browser in a hundred lines: what the worker uses of chrome.*, and a socket that tests speak on.

import { vi } from "vitest";
import type {
  PageFacts,
  PaneToWorker,
  WorkerToPane,
  WorkerToPage,
} from "../../extension/src/lib/messages";
import { Core } from "../../extension/src/worker/core";
import type { Disk } from "../../extension/src/worker/disk";
import type { ClientFrame } from "../../extension/src/wire";
import { FACTS, READY, tokens } from "./samples";

export const SERVER = "https://repline.example";
export const ID = "ceepplloeaipeaiepnkakgmpjpdolpll";

type Listener = (...values: never[]) => void;

class Event {
  readonly #listeners = new Set<Listener>();
  addListener(listener: Listener): void {
    this.#listeners.add(listener);
  }
  fire(...values: unknown[]): void {
    for (const listener of this.#listeners) listener(...(values as never[]));
  }
}

export class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  readonly sent: ClientFrame[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number; reason: string }) => void;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  static get last(): FakeSocket {
    const last = FakeSocket.all.at(-1);
    if (!last) throw new Error("No socket was opened");
    return last;
  }
  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }
  close(): void {
    this.readyState = 3;
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  say(frame: { type: string; [field: string]: unknown }): void {
    this.onmessage?.({ data: JSON.stringify({ v: 1, ...frame }) });
  }
  end(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code, reason: "" });
  }
  sentOf<T extends ClientFrame["type"]>(type: T): Extract<ClientFrame, { type: T }>[] {
    return this.sent.filter((frame) => frame.type === type) as Extract<ClientFrame, { type: T }>[];
  }
}

export class FakePort<Heard> {
  readonly onMessage = new Event();
  readonly onDisconnect = new Event();
  readonly heard: Heard[] = [];
  open = true;
  constructor(
    readonly name: string,
    readonly sender: object,
  ) {}
  postMessage(message: Heard): void {
    if (!this.open) throw new Error("Attempting to use a disconnected port object");
    this.heard.push(structuredClone(message));
  }
  disconnect(): void {
    this.open = false;
  }
  heardOf<K extends string>(kind: K): Extract<Heard, { kind: K }>[] {
    return this.heard.filter((message) => (message as { kind: string }).kind === kind) as never;
  }
}

/** Everything around the worker, which outlives any one life of it. */
export class World {
  readonly disk = new Map<string, unknown>();
  readonly session = new Map<string, unknown>();
  readonly notifications = new Map<string, { title: string; message: string }>();
  readonly notified: string[] = []; // every time that one was shown
  readonly calls: { method: string; path: string; body: unknown }[] = [];
  readonly windows: { url: string }[] = [];
  readonly local = new Map<string, unknown>();
  readonly granted: string[] = [];
  readonly registered: { id: string; matches: string[] }[] = [];
  readonly scripted: number[] = []; // tabs into which a script was put
  readonly tabs = new Map<number, { answers: boolean }>();
  badge = "";
  focused = true;
  /** What the backend has of the table of CRM pages: nothing newer. */
  table: () => Promise<Response> = async () => new Response(null, { status: 204 });
  refresh: () => Promise<Response> = async () => Response.json(tokens());
  core: Core;

  constructor() {
    FakeSocket.all = [];
    vi.stubGlobal("WebSocket", FakeSocket);
    vi.stubGlobal("self", { registration: { pushManager: { getSubscription: async () => null } } });
    vi.stubGlobal("chrome", this.#chrome());
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => this.#fetch(url, init));
    this.core = new Core(this.#disk());
  }

  /** Chrome ends the worker and starts another one. */
  async restart(): Promise<Core> {
    vi.clearAllTimers();
    await settle();
    this.core = new Core(this.#disk());
    await this.core.restored;
    return this.core;
  }

  async signIn(): Promise<FakeSocket> {
    await this.core.restored;
    await this.core.signIn(SERVER, "ana@brightpath.example", "secret");
    return this.connect();
  }

  /** Answers the worker's newest socket as a backend does. */
  async connect(ready: object = {}): Promise<FakeSocket> {
    await this.core.connection.connect();
    const socket = FakeSocket.last;
    socket.open();
    const since = socket.sentOf("session.start")[0]?.since ?? null;
    socket.say({ ...READY, seq: since ?? 10, resumed: since !== null, now: Date.now(), ...ready });
    await settle();
    return socket;
  }

  async pane(tab = 1, nonce?: string, fresh = true): Promise<FakePort<WorkerToPane>> {
    const sender = {
      id: ID,
      url: `chrome-extension://${ID}/pane.html`,
      frameId: 3,
      tab: { id: tab },
    };
    const port = new FakePort<WorkerToPane>("pane", sender);
    this.core.panes.admit(port as never);
    const own = await this.core.nonces.forTab(tab);
    await hear(port, { kind: "hello", nonce: nonce ?? own, fresh });
    return port;
  }

  async page(tab = 1, facts: PageFacts | null = FACTS): Promise<FakePort<WorkerToPage>> {
    const origin = "http://127.0.0.1:5000";
    const port = new FakePort<WorkerToPage>("page", {
      id: ID,
      origin,
      frameId: 0,
      tab: { id: tab },
    });
    this.core.admitPage(port as never);
    port.onMessage.fire({ kind: "facts", facts });
    await settle();
    return port;
  }

  #disk(): Disk {
    return {
      get: async (key) => structuredClone(this.disk.get(key)) as never,
      set: async (key, value) => void this.disk.set(key, structuredClone(value)),
      del: async (key) => void this.disk.delete(key),
    };
  }

  #setBadge(text: string): void {
    this.badge = text;
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const path = url.slice(`${SERVER}/api/v1`.length);
    this.calls.push({
      method: String(init.method),
      path,
      body: JSON.parse(String(init.body ?? "null")),
    });
    if (path === "/session/refresh") return this.refresh();
    if (init.method === "GET") return this.table();
    return init.method === "POST" ? Response.json(tokens()) : Response.json(null);
  }

  #chrome(): object {
    const { session, local, notifications, notified, windows } = this;
    const { granted, registered, scripted, tabs } = this;
    return {
      runtime: {
        id: ID,
        getManifest: () => ({
          version: "0.1.0",
          content_scripts: [{ matches: ["https://*.hubspot.com/*"] }],
        }),
        getURL: (path: string) => `chrome-extension://${ID}/${path}`,
        openOptionsPage: vi.fn(async () => {}),
      },
      storage: { session: area(session), local: area(local) },
      permissions: {
        getAll: async () => ({ origins: ["https://*.hubspot.com/*", ...granted] }),
      },
      scripting: {
        getRegisteredContentScripts: async () => [...registered],
        registerContentScripts: async (scripts: typeof registered) =>
          void registered.push(...scripts),
        updateContentScripts: async (scripts: typeof registered) =>
          void registered.splice(0, 1, ...scripts),
        unregisterContentScripts: async () => void registered.splice(0),
        executeScript: async ({ target }: { target: { tabId: number } }) =>
          void scripted.push(target.tabId),
      },
      action: {
        setBadgeText: async ({ text }: { text: string }) => this.#setBadge(text),
        setBadgeBackgroundColor: async () => {},
        setBadgeTextColor: async () => {},
      },
      notifications: {
        create: async (id: string, options: { title: string; message: string }) => {
          notifications.set(id, options);
          notified.push(id);
        },
        clear: async (id: string) => notifications.delete(id),
        getAll: async () => Object.fromEntries(notifications),
      },
      tabs: {
        get: async (id: number) => ({ id, active: true, windowId: 1, lastAccessed: id }),
        query: async () => [...tabs.keys()].map((id) => ({ id })),
        sendMessage: async (id: number) => {
          if (!tabs.get(id)?.answers) throw new Error("Receiving end does not exist.");
          return true;
        },
        update: vi.fn(async (id: number) => ({ id, windowId: 1 })),
        create: vi.fn(async () => ({})),
        remove: vi.fn(),
      },
      windows: {
        get: async () => ({ focused: this.focused }),
        update: vi.fn(),
        create: async (options: { url: string }) => void windows.push(options),
      },
    };
  }
}

function area(held: Map<string, unknown>): object {
  return {
    get: async (keys: string | string[]) =>
      Object.fromEntries(
        [keys]
          .flat()
          .filter((key) => held.has(key))
          .map((key) => [key, structuredClone(held.get(key))]),
      ),
    set: async (values: object) => {
      for (const [key, value] of Object.entries(values)) held.set(key, structuredClone(value));
    },
    remove: async (keys: string | string[]) => {
      for (const key of [keys].flat()) held.delete(key);
    },
  };
}

export async function hear(port: FakePort<WorkerToPane>, said: PaneToWorker): Promise<void> {
  port.onMessage.fire(said);
  await settle();
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await vi.advanceTimersByTimeAsync(0);
}
