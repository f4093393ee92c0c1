import { beforeEach, describe, expect, test, vi } from "vitest";
import { type FakeSocket, hear, settle, World } from "../fakes";
import { conversation, message } from "../samples";

let world: World;
beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
});

const send = {
  kind: "send" as const,
  ref: "ref-0001",
  conversation: 7,
  body: "Hello",
  send_at: null,
  media: [],
};
const accepted = {
  type: "message.accepted",
  ref: "ref-0001",
  message: message(50, { direction: "outbound", status: "queued", ref: "ref-0001" }),
};

function refs(socket: FakeSocket): string[] {
  return socket.sentOf("message.send").map(({ ref }) => ref);
}

describe("A text", () => {
  test("is on disk before it is on the wire", async () => {
    const socket = await world.signIn();
    const written: boolean[] = [];
    socket.send = () =>
      written.push(JSON.stringify(world.disk.get("pending")).includes("ref-0001"));
    await hear(await world.pane(), send);
    expect(written).toEqual([true]);
  });

  test("is on disk before its pane is told, which sends until then whatever worker dies", async () => {
    await world.signIn();
    const pane = await world.pane();
    const told: number[] = [];
    const { disk } = world;
    const write = disk.set.bind(disk);
    disk.set = (key, value) => {
      if (key === "pending") told.push(pane.heardOf("pending").length);
      return write(key, value);
    };
    await hear(pane, send);
    expect(told).toEqual([0]);
    expect(pane.heardOf("pending")).toHaveLength(1);
  });

  test("leaves the disk when the backend has it", async () => {
    const socket = await world.signIn();
    const pane = await world.pane();
    await hear(pane, send);
    expect(pane.heardOf("pending").at(-1)?.pending).toMatchObject([
      { ref: "ref-0001", state: "waiting" },
    ]);
    socket.say(accepted);
    await settle();
    expect(pane.heardOf("pending").at(-1)?.pending).toEqual([]);
    expect(JSON.stringify(world.disk.get("pending"))).not.toContain("ref-0001");
  });

  test("has its bubble before its pending one goes", async () => {
    const socket = await world.signIn();
    const pane = await world.pane();
    await hear(pane, send);
    socket.say(accepted);
    await settle();
    const kinds = pane.heard.map(({ kind }) => kind);
    expect(kinds.lastIndexOf("message")).toBeLessThan(kinds.lastIndexOf("pending"));
  });

  test("is acknowledged by the feed as well as by the answer", async () => {
    const socket = await world.signIn();
    await hear(await world.pane(), send);
    socket.say({
      type: "message.created",
      seq: 11,
      message: accepted.message,
      conversation: conversation(),
      unread: 0,
    });
    await settle();
    expect(world.core.outbox.of(7)).toEqual([]);
  });

  test("is one text after a double click", async () => {
    const socket = await world.signIn();
    const pane = await world.pane();
    pane.onMessage.fire(send);
    await hear(pane, send);
    expect(refs(socket)).toEqual(["ref-0001"]);
  });

  test("written offline is sent on the next connection, in order, once per connection", async () => {
    const socket = await world.signIn();
    socket.end(1006);
    const pane = await world.pane();
    await hear(pane, send);
    await hear(pane, { ...send, ref: "ref-0002" });
    const next = await world.connect();
    expect(refs(next)).toEqual(["ref-0001", "ref-0002"]);
  });

  test("survives the worker and is sent again with the same ref", async () => {
    await world.signIn();
    await hear(await world.pane(), send);
    await world.restart();
    const socket = await world.connect();
    expect(refs(socket)).toEqual(["ref-0001"]);
    socket.say(accepted);
    await settle();
    await world.restart();
    expect(refs(await world.connect())).toEqual([]);
  });

  test("that the gate refuses is kept with the reason and not sent again", async () => {
    const socket = await world.signIn();
    const pane = await world.pane();
    await hear(pane, send);
    const blocked = { reason: "opted_out", text: "Maya opted out on 3 Nov." };
    socket.say({ type: "frame.refused", reason: "gate", text: "", request: "ref-0001", blocked });
    await settle();
    expect(pane.heardOf("pending").at(-1)?.pending).toMatchObject([
      { state: "refused", reason: "opted_out", text: "Maya opted out on 3 Nov.", body: "Hello" },
    ]);
    await world.restart();
    expect(refs(await world.connect())).toEqual([]);
    expect(world.core.outbox.of(7)).toHaveLength(1);
  });

  test("that was refused can be tried again as the same text, or dropped", async () => {
    const socket = await world.signIn();
    const pane = await world.pane();
    await hear(pane, send);
    socket.say({
      type: "frame.refused",
      reason: "failed",
      text: "Not stored",
      request: "ref-0001",
    });
    await hear(pane, send);
    expect(refs(socket)).toEqual(["ref-0001", "ref-0001"]);
    await hear(pane, { kind: "discard", ref: "ref-0001" });
    expect(world.core.outbox.of(7)).toEqual([]);
  });

  test("is well-formed on the wire, whatever was pasted", async () => {
    const socket = await world.signIn();
    await hear(await world.pane(), { ...send, body: "a\0b\ud800c" });
    expect(socket.sentOf("message.send")[0]?.body).toBe("ab\ufffdc");
  });
});

test("A draft survives the worker and goes when it is emptied", async () => {
  await world.signIn();
  await hear(await world.pane(), { kind: "draft", conversation: 7, body: "Dear Ma" });
  await world.restart();
  expect(world.core.drafts.of(7)).toBe("Dear Ma");
  await hear(await world.pane(), { kind: "draft", conversation: 7, body: "" });
  await world.restart();
  expect(world.core.drafts.of(7)).toBe("");
});
