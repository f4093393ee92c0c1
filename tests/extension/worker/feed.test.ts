import { beforeEach, describe, expect, test, vi } from "vitest";
import { FakeSocket, settle, World } from "../fakes";
import { arrival, conversation, message } from "../samples";

let world: World;
beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
});

describe("The feed", () => {
  test("is resumed from the last event that was applied, by the next worker too", async () => {
    const socket = await world.signIn();
    expect(socket.sentOf("session.start")[0]?.since).toBeUndefined();
    socket.say(arrival(11, 101));
    await settle();
    await world.restart();
    const next = await world.connect();
    expect(next.sentOf("session.start")[0]?.since).toBe(11);
  });

  test("shows an event once, however often it comes", async () => {
    const socket = await world.signIn();
    const pane = await world.pane();
    socket.say(arrival(11, 101));
    socket.say(arrival(11, 101));
    await settle();
    expect(pane.heardOf("message")).toHaveLength(1);
    expect(world.badge).toBe("1");
  });

  test("is taken up again from before a gap", async () => {
    const socket = await world.signIn();
    const pane = await world.pane();
    socket.say(arrival(13, 103));
    await vi.advanceTimersByTimeAsync(500);
    expect(pane.heardOf("message")).toHaveLength(0);
    const next = await world.connect();
    expect(next).not.toBe(socket);
    expect(next.sentOf("session.start")[0]?.since).toBe(10);
  });

  test("starts afresh when a gap cannot be filled", async () => {
    (await world.signIn()).say(arrival(13, 103));
    await vi.advanceTimersByTimeAsync(500);
    (await world.connect()).say(arrival(13, 103));
    await vi.advanceTimersByTimeAsync(1000);
    const socket = await world.connect({ seq: 13 });
    expect(socket.sentOf("session.start")[0]?.since).toBeUndefined();
    expect(world.core.feed.last).toBe(13);
  });

  test("that is too old empties what is held and tells the panes", async () => {
    const socket = await world.signIn();
    socket.say(arrival(11, 101));
    const pane = await world.pane();
    socket.end(1006);
    await vi.advanceTimersByTimeAsync(500);
    await world.connect({ resumed: false, seq: 900 });
    expect(pane.heardOf("reset")).toHaveLength(1);
    expect(world.core.cache.conversations.size).toBe(0);
    expect(world.core.feed.last).toBe(900);
  });

  test("does not move on on disk before its events are stored", async () => {
    const socket = await world.signIn();
    let write = () => {};
    const stored = new Promise<void>((resolve) => {
      write = resolve;
    });
    vi.spyOn(world.core.cache, "save").mockReturnValue(stored);
    socket.say(arrival(11, 101));
    await settle();
    expect(world.disk.get("seq")).toMatchObject({ last: 10 });
    write();
    await settle();
    expect(world.disk.get("seq")).toMatchObject({ last: 11 });
  });

  test.each([
    ["drafts", "put"],
    ["outbox", "forget"],
    ["notices", "read"],
  ] as const)(
    "does not move on on disk over an erased person while %s still hold something of them",
    async (part, how) => {
      const socket = await world.signIn();
      let write = () => {};
      const stored = new Promise<void>((resolve) => {
        write = resolve;
      });
      vi.spyOn(world.core[part] as unknown as Record<string, () => unknown>, how).mockReturnValue(
        stored,
      );
      socket.say({ type: "person.erased", seq: 11, conversations: [7], unread: 0 });
      await settle();
      expect(world.disk.get("seq")).toMatchObject({ last: 10 });
      write();
      await settle();
      expect(world.disk.get("seq")).toMatchObject({ last: 11 });
    },
  );

  test("leaves nothing of an erased person: no draft, unsent text or notification", async () => {
    const socket = await world.signIn();
    socket.say(arrival(11, 101));
    await world.core.drafts.put(7, "Half a thought");
    const unsent = { ref: "ref-0001", conversation: 7, body: "Unsent", send_at: null, media: [] };
    await world.core.outbox.add(unsent);
    expect(world.notifications.size).toBe(1);
    socket.say({ type: "person.erased", seq: 12, conversations: [7], unread: 0 });
    await settle();
    expect(world.disk.get("seq")).toMatchObject({ last: 12 });
    expect(world.notifications.size).toBe(0);
    expect(JSON.stringify([...world.disk])).not.toMatch(/Half a thought|Unsent/);
  });

  test("keeps the newer of two revisions, in whichever order they come", async () => {
    const socket = await world.signIn();
    world.core.cache.putThread(7, [message(1, { revision: 5, status: "delivered" })], false);
    socket.say({ type: "message.updated", seq: 11, message: message(1, { revision: 4 }) });
    const older = conversation(7, { revision: 1, preview: "old" });
    socket.say({
      type: "conversation.updated",
      seq: 12,
      conversation: conversation(7, { revision: 3, preview: "new" }),
      unread: 0,
    });
    socket.say({ type: "conversation.updated", seq: 13, conversation: older, unread: 0 });
    await settle();
    expect(world.core.cache.threads.get(7)?.messages[0]?.status).toBe("delivered");
    expect(world.core.cache.conversations.get(7)?.preview).toBe("new");
  });

  test("goes on over frames of a type that this client does not know", async () => {
    const socket = await world.signIn();
    socket.say({ type: "call.ringing", seq: 11 } as never);
    socket.onmessage?.({ data: "no json" });
    socket.onmessage?.({ data: "null" });
    expect(FakeSocket.last).toBe(socket);
    expect(world.core.connection.state).toBe("online");
  });
});
