// The socket: opened, kept alive, opened again. What is said on it is decided elsewhere.

import type { Connection as State } from "../lib/messages";
import type { ClientFrame, ServerFrame } from "../wire";
import { VERSION } from "../wire";
import { SignedOut } from "./account";
import { backoff } from "./backoff";

export interface ConnectionNeeds {
  server(): string | null;
  token(fresh: boolean): Promise<string>;
  since(): number | null;
  received(frame: ServerFrame): void;
  changed(state: State): void;
}

/** The backend takes this access token no longer. */
const SIGNED_OUT = 4401;
const PING_MS = 20_000; // Chrome ends a worker that heard nothing for 30 s
const SILENCE_MS = 50_000; // two pings without an answer: the network went away unsaid
const READY_MS = 15_000;
const GRACE_MS = 5_000; // shorter losses are not worth a word to the rep

export class Connection {
  state: State = "signed_out";
  #socket: WebSocket | null = null;
  #opening: symbol | null = null;
  #fresh = false;
  #attempt = 0;
  #heard = 0;
  #retryFrom = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #ping: ReturnType<typeof setInterval> | undefined;
  #ready: ReturnType<typeof setTimeout> | undefined;
  #grace: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly needs: ConnectionNeeds) {}

  /** Opens the socket unless it is open, opening, or nobody is signed in. */
  async connect(): Promise<void> {
    clearTimeout(this.#retry);
    const server = this.needs.server();
    if (!server) return this.#become("signed_out");
    if (this.#socket || this.#opening) return;
    const opening = Symbol("opening");
    this.#opening = opening;
    if (this.state === "signed_out") this.#become("connecting");
    this.#startGrace();
    try {
      const token = await this.needs.token(this.#fresh);
      if (this.#opening !== opening) return; // stopped while the token was on its way
      this.#opening = null;
      this.#fresh = false;
      this.#open(server, token);
    } catch (error) {
      if (this.#opening !== opening) return;
      this.#opening = null;
      if (error instanceof SignedOut) this.#become("signed_out");
      else this.#again();
    }
  }

  /** Sends now or not at all: false when there is no session on the socket. */
  send(frame: ClientFrame): boolean {
    if (this.state !== "online" || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** session.ready has come. */
  settled(): void {
    clearTimeout(this.#ready);
    clearTimeout(this.#grace);
    this.#grace = undefined;
    this.#become("online");
  }

  /** The socket has proved good for more than a hello: the next loss starts from short waits. */
  proved(): void {
    this.#attempt = 0;
  }

  /** Leaves this socket and comes back within `spread` ms, or as the backoff says. */
  restart(spread?: number): void {
    if (spread !== undefined) this.#retryFrom = spread;
    if (this.#socket) this.#drop(1000);
    else this.#again();
  }

  stop(): void {
    this.#opening = null;
    clearTimeout(this.#retry);
    clearTimeout(this.#grace);
    this.#grace = undefined;
    this.#attempt = 0;
    this.#retryFrom = 0;
    this.#fresh = false;
    if (this.#socket) this.#drop(1000, false);
    this.#become("signed_out");
  }

  #open(server: string, token: string): void {
    const socket = new WebSocket(`${server.replace(/^http/, "ws")}/ws`);
    this.#socket = socket;
    this.#heard = Date.now();
    this.#ready = setTimeout(() => this.#drop(4000), READY_MS);
    socket.onopen = () => {
      const since = this.needs.since();
      const client = `extension ${chrome.runtime.getManifest().version}`;
      const start = { type: "session.start", v: VERSION, token, client };
      socket.send(JSON.stringify(since === null ? start : { ...start, since }));
      this.#ping = setInterval(() => this.#beat(socket), PING_MS);
    };
    socket.onmessage = (event) => {
      if (socket !== this.#socket) return;
      this.#heard = Date.now();
      const frame = decode(event.data);
      if (frame) this.needs.received(frame);
    };
    socket.onclose = (event) => {
      if (socket === this.#socket) this.#closed(event.code, event.reason);
    };
  }

  #beat(socket: WebSocket): void {
    if (Date.now() - this.#heard > SILENCE_MS) this.#drop(4000);
    else if (socket.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify({ type: "session.ping", v: VERSION }));
    }
  }

  /** Closes without waiting for the other side, which may be gone. */
  #drop(code: number, again = true): void {
    const socket = this.#socket;
    if (!socket) return;
    if (again) this.#closed(code, "left");
    else this.#release();
    socket.close(code);
  }

  #release(): void {
    this.#socket = null;
    clearTimeout(this.#ready);
    clearInterval(this.#ping);
  }

  #closed(code: number, reason: string): void {
    this.#release();
    if (code !== 1000) console.info(`Socket closed: ${code} ${reason}`);
    if (code === SIGNED_OUT) this.#fresh = true;
    if (this.state === "online") this.#become("reconnecting");
    this.#again();
  }

  #again(): void {
    this.#startGrace();
    const wait = this.#retryFrom > 0 ? Math.random() * this.#retryFrom : backoff(this.#attempt);
    this.#retryFrom = 0;
    this.#attempt += 1;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.connect(), wait);
  }

  #startGrace(): void {
    if (this.state === "offline" || this.#grace !== undefined) return;
    this.#grace = setTimeout(() => this.#become("offline"), GRACE_MS);
  }

  #become(state: State): void {
    if (state === this.state) return;
    this.state = state;
    this.needs.changed(state);
  }
}

function decode(data: unknown): ServerFrame | null {
  try {
    const frame = JSON.parse(String(data));
    return typeof frame?.type === "string" ? frame : null;
  } catch {
    console.warn("A frame that is no JSON was ignored");
    return null;
  }
}
