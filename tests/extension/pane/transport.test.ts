import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PaneToWorker } from "../../../extension/src/lib/messages";
import { chromeTransport } from "../../../extension/src/pane/transport";

class Port {
  readonly sent: PaneToWorker[] = [];
  #messages: ((m: unknown) => void)[] = [];
  #ends: (() => void)[] = [];
  onMessage = { addListener: (f: (m: unknown) => void) => this.#messages.push(f) };
  onDisconnect = { addListener: (f: () => void) => this.#ends.push(f) };
  postMessage = (m: PaneToWorker) => this.sent.push(m);
  disconnect() {}
  say() {
    for (const f of this.#messages) f({ kind: "reset" });
  }
  end() {
    for (const f of this.#ends) f();
  }
}

const hello = { kind: "hello", nonce: "abc", fresh: true };
let ports: Port[];
const runtime: { id: string | undefined; connect: () => Port } = {
  id: "x",
  connect: () => {
    const port = new Port();
    ports.push(port);
    return port;
  },
};
const listener = { message: vi.fn(), lost: vi.fn(), gone: vi.fn() };
const port = (at: number) => ports.at(at) as Port;

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  ports = [];
  runtime.id = "x";
  vi.stubGlobal("chrome", { runtime });
});
afterEach(() => vi.useRealTimers());

test("greets with its nonce first", () => {
  const transport = chromeTransport("abc");
  transport.start(listener);
  transport.post({ kind: "close" });
  expect(port(0).sent).toEqual([hello, { kind: "close" }]);
});

test("a lost port is replaced, and what was said in between is sent then", async () => {
  const transport = chromeTransport("abc");
  transport.start(listener);
  port(0).say();
  port(0).end();
  expect(listener.lost).toHaveBeenCalledOnce();
  transport.post({ kind: "reconnect" });
  await vi.advanceTimersByTimeAsync(0);
  expect(ports).toHaveLength(2);
  expect(port(1).sent).toEqual([{ ...hello, fresh: false }, { kind: "reconnect" }]);
});

test("after an update there is no other port", async () => {
  const transport = chromeTransport("abc");
  transport.start(listener);
  port(0).say();
  runtime.id = undefined;
  port(0).end();
  await vi.advanceTimersByTimeAsync(0);
  expect(listener.gone).toHaveBeenCalledOnce();
  expect(ports).toHaveLength(1);
});

test("a pane that is never accepted gives up and stays blank", async () => {
  const transport = chromeTransport("guess");
  transport.start(listener);
  for (let i = 0; i < 20; i++) {
    port(-1).end();
    await vi.advanceTimersByTimeAsync(5000);
  }
  expect(ports.length).toBeLessThan(10);
  expect(listener.gone).not.toHaveBeenCalled();
});
