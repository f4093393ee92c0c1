import { beforeEach, describe, expect, test, vi } from "vitest";
import { type FakeSocket, hear, settle, World } from "../fakes";
import { tokens } from "../samples";

let world: World;
beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
});

const said = (socket: FakeSocket) =>
  socket.sentOf("conversation.read").map(({ conversation, upto }) => [conversation, upto]);

async function readOffline(...upto: number[]): Promise<void> {
  (await world.signIn()).end(1006);
  const pane = await world.pane();
  for (const one of upto) await hear(pane, { kind: "read", conversation: 7, upto: one });
}

describe("What was read", () => {
  test("is said at once where there is a connection, and once", async () => {
    const socket = await world.signIn();
    await hear(await world.pane(), { kind: "read", conversation: 7, upto: 101 });
    expect(said(socket)).toEqual([[7, 101]]);
    socket.end(1006);
    expect(said(await world.connect())).toEqual([]);
  });

  test("offline is said on the next connection, as far as it was read", async () => {
    await readOffline(103, 102);
    expect(said(await world.connect())).toEqual([[7, 103]]);
  });

  test("offline is said by the next worker, after the browser has ended too, and once", async () => {
    await readOffline(103);
    world.session.clear();
    await world.restart();
    expect(said(await world.connect())).toEqual([[7, 103]]);
    await settle();
    await world.restart();
    expect(said(await world.connect())).toEqual([]);
  });

  test("is said for the one who has read it, not for who signs in next", async () => {
    await readOffline(103);
    const sam = { id: 2, name: "Sam Lee", email: "sam@brightpath.example", role: "admin" };
    await world.core.account.signOut();
    await world.core.ended();
    const { signIn } = world.core.account;
    vi.spyOn(world.core.account, "signIn").mockImplementation(async (...how) => {
      await signIn.apply(world.core.account, how);
      if (world.core.account.identity) world.core.account.identity.user = sam as never;
    });
    expect(said(await world.signIn())).toEqual([]);
    vi.mocked(world.core.account.signIn).mockRestore();
    await world.core.account.signOut();
    await world.core.ended();
    expect(said(await world.signIn())).toEqual([[7, 103]]);
  });
});

describe("A renewal of the session", () => {
  test("that got no answer is tried again, and not once the socket is gone", async () => {
    const socket = await world.signIn();
    world.refresh = async () => Promise.reject(new TypeError("Failed to fetch"));
    const pass = async (minutes: number) => {
      for (let quarter = 0; quarter < minutes * 4; quarter++) {
        if (socket.readyState === 1) socket.say({ type: "session.pong", now: Date.now() });
        await vi.advanceTimersByTimeAsync(15_000);
      }
    };
    await pass(15);
    expect(socket.sentOf("session.renew")).toEqual([]);
    world.refresh = async () => Response.json(tokens());
    await pass(1);
    expect(socket.sentOf("session.renew")).toHaveLength(1);
    socket.end(1006);
    const before = world.calls.length;
    world.core.connection.stop();
    await pass(30);
    expect(world.calls).toHaveLength(before);
  });
});
