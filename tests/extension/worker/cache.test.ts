import { beforeEach, describe, expect, test, vi } from "vitest";
import { hear, settle, World } from "../fakes";
import { arrival, conversation } from "../samples";

let world: World;
beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
});

const list = { kind: "list", request: "r1", folder: "inbox", search: "", before: "" } as const;

describe("The first page", () => {
  test("that was never there is asked for again, not shown as empty by the next worker", async () => {
    const socket = await world.signIn();
    socket.end(1006);
    await world.core.cache.save();
    await world.restart();
    const pane = await world.pane();
    await hear(pane, list);
    expect(pane.heardOf("page")).toEqual([]);
    expect((await world.connect()).sentOf("conversation.list")).toHaveLength(2);
  });

  test("outlives the worker", async () => {
    await world.signIn();
    world.core.cache.putPage([world.core.cache.putConversation(conversation())], "more");
    await world.core.cache.save();
    await world.restart();
    const pane = await world.pane();
    await hear(pane, list);
    expect(pane.heardOf("page")).toMatchObject([
      { conversations: [{ id: 7 }], next: "more", cached: true },
    ]);
  });

  test("gets a conversation with its first text, not when somebody begins to write", async () => {
    const socket = await world.signIn();
    world.core.cache.putPage([], "");
    const drafted = conversation(7, { revision: 2, last_message: null });
    socket.say({ type: "conversation.updated", seq: 11, conversation: drafted, unread: 0 });
    await settle();
    expect(world.core.cache.rows()).toEqual([]);
    socket.say(arrival(12, 101));
    await settle();
    expect(world.core.cache.rows()).toMatchObject([{ id: 7, last_message: 101 }]);
  });
});
