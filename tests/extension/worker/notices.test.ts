import { beforeEach, describe, expect, test, vi } from "vitest";
import { openConversation } from "../../../extension/src/worker/open";
import { pushed } from "../../../extension/src/worker/push";
import { hear, settle, World } from "../fakes";
import { arrival, conversation } from "../samples";

let world: World;
beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
});

function push(payload: unknown): PushEvent {
  return { data: { json: () => payload } } as PushEvent;
}

const payload = {
  message: 101,
  conversation: 7,
  seq: 11,
  title: "Maya Okonkwo",
  body: "Hi",
  unread: 1,
};

describe("A notification", () => {
  test("is shown for an inbound text with the person's name", async () => {
    (await world.signIn()).say(arrival(11, 101));
    await settle();
    expect(world.notifications.get("message-101")).toMatchObject({
      title: "Maya Okonkwo",
      message: "Text 101",
    });
  });

  test("carries the number of a person whom nobody has named", async () => {
    const socket = await world.signIn();
    const unnamed = conversation(7, { person: { ...conversation().person, name: "" } });
    socket.say({ ...arrival(11, 101), conversation: unnamed } as never);
    await settle();
    expect(world.notifications.get("message-101")?.title).toBe("(404) 555-0187");
  });

  test("is shown once when push and socket both bring the text, in the next worker too", async () => {
    await world.signIn();
    await world.restart();
    await pushed(world.core, push(payload));
    expect(world.badge).toBe("1");
    await world.restart();
    (await world.connect()).say(arrival(11, 101));
    await settle();
    expect(world.notified).toEqual(["message-101"]);
    expect(world.badge).toBe("1");
  });

  test("does not come late for a text that the socket has brought, nor set the badge back", async () => {
    const socket = await world.signIn();
    socket.say(arrival(11, 101, 1));
    socket.say(arrival(12, 102, 2));
    await settle();
    await pushed(world.core, push(payload));
    expect(world.notified).toEqual(["message-101", "message-102"]);
    expect(world.badge).toBe("2");
  });

  test("is not shown by a push that nobody can read or after a sign-out", async () => {
    await pushed(world.core, push(payload));
    await world.signIn();
    await pushed(world.core, push({ message: "1" }));
    await pushed(world.core, push(null));
    expect(world.notified).toEqual([]);
  });

  test("is spared a rep who has the conversation in view, and only then", async () => {
    const socket = await world.signIn();
    const page = await world.page(1);
    const pane = await world.pane(1);
    page.onMessage.fire({ kind: "pane_opened" });
    await hear(pane, { kind: "open", request: "r1", conversation: 7 });
    socket.say(arrival(11, 101));
    await settle();
    expect(world.notified).toEqual([]);
    page.onMessage.fire({ kind: "pane_closed" });
    await settle();
    socket.say(arrival(12, 102));
    await settle();
    world.focused = false;
    page.onMessage.fire({ kind: "pane_opened" });
    await settle();
    socket.say(arrival(13, 103));
    await settle();
    expect(world.notified).toEqual(["message-102", "message-103"]);
  });

  test("goes when its text has been read, here or elsewhere", async () => {
    const socket = await world.signIn();
    socket.say(arrival(11, 101));
    socket.say(arrival(12, 102));
    await settle();
    await hear(await world.pane(), { kind: "read", conversation: 7, upto: 101 });
    expect([...world.notifications.keys()]).toEqual(["message-102"]);
    const read = conversation(7, { revision: 20, unread: 0 });
    socket.say({ type: "conversation.updated", seq: 13, conversation: read, unread: 0 });
    await settle();
    expect([...world.notifications.keys()]).toEqual([]);
    expect(world.badge).toBe("");
  });

  test("opens its conversation in the CRM tab that was used last", async () => {
    (await world.signIn()).say(arrival(11, 101));
    const [early, late] = [await world.page(1), await world.page(2)];
    expect(world.core.notices.conversationOf("message-101")).toBe(7);
    const done = openConversation(world.core, 7);
    await vi.advanceTimersByTimeAsync(500);
    await done;
    expect(early.heardOf("open_pane")).toHaveLength(0);
    expect(late.heardOf("open_pane")).toHaveLength(1);
    const pane = await world.pane(2);
    expect(pane.heardOf("target")[0]?.target).toEqual({ kind: "conversation", conversation: 7 });
  });

  test("opens a window of its own where there is no CRM tab", async () => {
    await world.signIn();
    await openConversation(world.core, 7);
    expect(world.windows).toHaveLength(1);
    const nonce = world.windows[0]?.url.split("#")[1];
    const pane = await world.pane(99, nonce);
    expect(pane.heardOf("target")[0]?.target).toEqual({ kind: "conversation", conversation: 7 });
  });
});
