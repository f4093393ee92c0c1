import { beforeEach, describe, expect, test, vi } from "vitest";
import { backoff } from "../../../extension/src/worker/backoff";
import { FakeSocket, settle, World } from "../fakes";
import { tokens } from "../samples";

let world: World;
beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
});

test("Waits grow from half a second to half a minute, with full jitter", () => {
  const ceilings = [0, 1, 2, 6, 40].map((attempt) => backoff(attempt, () => 1));
  expect(ceilings).toEqual([500, 1000, 2000, 30_000, 30_000]);
  expect(backoff(6, () => 0)).toBe(0);
});

describe("The connection", () => {
  test("says who it is in its first frame, not in its address", async () => {
    const socket = await world.signIn();
    expect(socket.url).toBe("wss://repline.example/ws");
    expect(socket.sent[0]).toMatchObject({
      type: "session.start",
      v: 1,
      token: expect.any(String),
    });
  });

  test("pings every 20 s and leaves a network that has gone silent", async () => {
    const socket = await world.signIn();
    await vi.advanceTimersByTimeAsync(40_000);
    expect(socket.sentOf("session.ping")).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.last).not.toBe(socket);
  });

  test("comes back after a loss, and says offline only when that takes long", async () => {
    const socket = await world.signIn();
    socket.end(1006);
    expect(world.core.connection.state).toBe("reconnecting");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(world.core.connection.state).toBe("offline");
    await world.connect();
    expect(world.core.connection.state).toBe("online");
  });

  test("spreads its return over the time that a restarting backend asked for", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    const socket = await world.signIn();
    socket.say({ type: "session.goodbye", retry_ms: 8_000 });
    await vi.advanceTimersByTimeAsync(3_900);
    expect(FakeSocket.last).toBe(socket);
    await vi.advanceTimersByTimeAsync(200);
    expect(FakeSocket.last).not.toBe(socket);
  });

  test("exchanges a token that was refused, then comes back", async () => {
    const socket = await world.signIn();
    socket.end(4401);
    await vi.advanceTimersByTimeAsync(500);
    const next = await world.connect();
    expect(world.calls.map(({ path }) => path)).toContain("/session/refresh");
    expect(next.sentOf("session.start")[0]?.token).not.toBe(
      socket.sentOf("session.start")[0]?.token,
    );
  });

  test("ends for a user who may no longer sign in, who is then signed out", async () => {
    const socket = await world.signIn();
    const pane = await world.pane();
    world.refresh = async () => Response.json({ detail: "Ask your admin" }, { status: 401 });
    socket.end(4401);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.last).toBe(socket);
    expect(pane.heardOf("session").at(-1)?.session).toMatchObject({
      connection: "signed_out",
      user: null,
    });
    expect(world.disk.has("identity")).toBe(false);
  });

  test("does not come up again after a sign-out during its opening", async () => {
    await world.signIn();
    await world.core.account.signOut();
    await world.core.ended();
    await world.core.connection.connect();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.all).toHaveLength(1);
    expect(world.core.connection.state).toBe("signed_out");
  });
});

describe("The access token", () => {
  test("is renewed on the open socket before it ends", async () => {
    const socket = await world.signIn();
    for (let minute = 0; minute < 15; minute++) {
      await vi.advanceTimersByTimeAsync(60_000 / 4);
      for (let quarter = 0; quarter < 3; quarter++) {
        socket.say({ type: "session.pong", now: Date.now() });
        await vi.advanceTimersByTimeAsync(60_000 / 4);
      }
      socket.say({ type: "session.pong", now: Date.now() });
    }
    expect(FakeSocket.last).toBe(socket);
    expect(socket.sentOf("session.renew")).toHaveLength(1);
  });

  test("is exchanged once for all who ask at the same time", async () => {
    await world.signIn();
    await Promise.all([1, 2, 3].map(() => world.core.account.token(true)));
    expect(world.calls.filter(({ path }) => path === "/session/refresh")).toHaveLength(1);
  });

  test("that cannot be exchanged for lack of a network is asked for again", async () => {
    const socket = await world.signIn();
    world.refresh = async () => Promise.reject(new TypeError("Failed to fetch"));
    socket.end(4401);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(world.core.account.identity).not.toBeNull();
    world.refresh = async () => Response.json(tokens());
    await vi.advanceTimersByTimeAsync(30_000);
    expect(FakeSocket.last).not.toBe(socket);
  });

  test("that the backend will not exchange signs out, with drafts and unsent texts kept", async () => {
    const socket = await world.signIn();
    await world.core.drafts.put(7, "Half a thought");
    socket.end(4401);
    await world.core.outbox.add({
      ref: "ref-0001",
      conversation: 7,
      body: "Unsent",
      send_at: null,
      media: [],
    });
    world.refresh = async () => Response.json({ detail: "The session has ended" }, { status: 401 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(world.core.connection.state).toBe("signed_out");
    expect(world.core.drafts.of(7)).toBe("");
    await world.signIn();
    expect(world.core.drafts.of(7)).toBe("Half a thought");
    expect(FakeSocket.last.sentOf("message.send").map(({ ref }) => ref)).toEqual(["ref-0001"]);
  });

  test("and the refresh token are nowhere where a content script can read", async () => {
    await world.signIn();
    await settle();
    expect([...world.local]).toEqual([]);
    expect(JSON.stringify([...world.session])).not.toContain("refresh-token");
  });
});
