import { beforeEach, describe, expect, test, vi } from "vitest";
import { Link } from "../../../extension/src/content/link";
import { FakePort, ID } from "../fakes";

const ports: FakePort<unknown>[] = [];
const orphaned = vi.fn();
const runtime: { id?: string; connect: () => unknown } = {
  connect: () => {
    if (!runtime.id) throw new Error("Extension context invalidated.");
    const port = new FakePort<unknown>("page", {});
    ports.push(port);
    return port;
  },
};

beforeEach(() => {
  ports.length = 0;
  orphaned.mockReset();
  runtime.id = ID;
  vi.stubGlobal("chrome", { runtime });
});

function link(): Link {
  const greeting = () => [{ kind: "facts", facts: null } as const];
  return new Link({ greeting, heard: () => {}, orphaned });
}

describe("The port to the worker", () => {
  test("is opened again when there is something to say, and greets", () => {
    const one = link();
    one.connect();
    ports[0]?.onDisconnect.fire();
    expect(ports).toHaveLength(1); // an idle worker is left to sleep
    one.say({ kind: "launch" });
    expect(ports[1]?.heard).toEqual([{ kind: "facts", facts: null }, { kind: "launch" }]);
  });

  test("gone for good is told once, and nothing throws", () => {
    const one = link();
    one.connect();
    delete runtime.id;
    ports[0]?.onDisconnect.fire();
    one.say({ kind: "launch" });
    one.connect();
    expect(one.alive).toBe(false);
    expect(orphaned).toHaveBeenCalledOnce();
  });
});
