import { beforeEach, describe, expect, test, vi } from "vitest";
import { type FakeSocket, hear, settle, World } from "../fakes";
import { arrival, conversation, message } from "../samples";

let world: World;
let socket: FakeSocket;
beforeEach(async () => {
  vi.useFakeTimers();
  world = new World();
  socket = await world.signIn();
});

const held = (of: number) => world.core.cache.threads.get(of)?.messages.map(({ id }) => id);
const at = (revision: number, of: number, id = 101) => message(id, { revision, conversation: of });

/** Text 101 of conversation 7 is in conversation 8 now. */
function moves(seq: number, revision = 2): void {
  const now = conversation(8, { revision: seq, unread: 1, last_message: 101, preview: "Text 101" });
  const event = { type: "message.moved", seq, message: at(revision, 8), conversation: now };
  socket.say({ ...event, former: 7, unread: 1 });
}

describe("A text that is filed under another person", () => {
  beforeEach(() => {
    world.core.cache.putThread(7, [at(1, 7, 100), at(1, 7)], false);
    world.core.cache.putThread(8, [at(1, 8, 90)], false);
  });

  test("leaves the one conversation and is in the other, for the next worker too", async () => {
    const pane = await world.pane();
    moves(11);
    await settle();
    expect([held(7), held(8)]).toEqual([[100], [90, 101]]);
    expect(pane.heardOf("message")).toMatchObject([
      { message: { id: 101, conversation: 8 }, conversation: { id: 8, preview: "Text 101" } },
    ]);
    expect(world.badge).toBe("1");
    await world.restart();
    expect([held(7), held(8)]).toEqual([[100], [90, 101]]);
  });

  test("is told by the answer to who filed it, and by the event after that", async () => {
    const pane = await world.pane();
    await hear(pane, {
      ...{ kind: "ask", request: "r1" },
      question: { type: "message.file", message: 101, person: 8 },
    });
    const [asked] = socket.sentOf("message.file");
    expect(asked).toMatchObject({ message: 101, person: 8 });
    socket.say({ type: "message.saved", request: asked?.request, message: at(2, 8) });
    expect([held(7), held(8)]).toEqual([[100], [90, 101]]);
    moves(11);
    await settle();
    expect([held(7), held(8)]).toEqual([[100], [90, 101]]);
    expect(pane.heardOf("answer")).toMatchObject([{ request: "r1" }]);
  });

  test("is not brought back by what was said of it before", async () => {
    moves(11, 3);
    socket.say({ type: "message.updated", seq: 12, message: at(2, 7) });
    expect([held(7), held(8)]).toEqual([[100], [90, 101]]);
    world.core.cache.putThread(7, [at(1, 7, 100), at(1, 7)], false);
    expect(held(7)).toEqual([100]);
  });

  test("takes its notification along", async () => {
    socket.say(arrival(11, 101));
    await settle();
    moves(12);
    await settle();
    expect(world.core.notices.conversationOf("message-101")).toBe(8);
    await world.restart();
    expect(world.core.notices.conversationOf("message-101")).toBe(8);
    await world.core.notices.read(8);
    expect(world.notifications.size).toBe(0);
  });
});

test("A receipt that comes late leaves no hole between what is held and what is further up", () => {
  world.core.cache.putThread(7, [at(1, 7, 100), at(1, 7)], true);
  socket.say({ type: "message.updated", seq: 11, message: at(5, 7, 20) });
  expect(held(7)).toEqual([100, 101]);
  world.core.cache.putThread(8, [at(1, 8, 200)], false);
  socket.say({ type: "message.updated", seq: 12, message: at(5, 8, 20) });
  expect(held(8), "all are held: then it was filed here").toEqual([20, 200]);
});
