// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createPane, type Pane } from "../../../extension/src/pane/state/pane";
import { FakeWorker, type Known } from "./fake_worker";
import { conversation, MINUTE, message, NOW, pending, sent, session } from "./people";

const maya = conversation(1, "Maya Okonkwo", "Hello", { last_at: NOW });
const jonas = conversation(2, "Jonas Berg", "Hi", { last_at: NOW - MINUTE });
const open = { kind: "conversation", conversation: 1 } as const;
let pane: Pane;

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  pane.dispose();
  vi.useRealTimers();
});

async function start(known: Known): Promise<FakeWorker> {
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  const worker = new FakeWorker({ conversations: [maya, jonas], target: open, ...known });
  pane = createPane(worker, { now: () => NOW, framed: true, remembered: null });
  await vi.advanceTimersByTimeAsync(0);
  return worker;
}

const names = () => pane.list.rows.value.map((c) => c.person.name);
const bodies = () => pane.talks.talk.value?.messages.map((m) => m.body);
const waiting = () => pane.outgoing.pending(1, pane.talks.talk.value?.messages ?? []);

describe("sending", () => {
  test("a text is drawn at once, and pressing twice sends it once", async () => {
    const worker = await start({});
    pane.composer.write(1, "  On my way \n");
    pane.send(1);
    pane.send(1);
    expect(worker.all("send").map((m) => m.body)).toEqual(["On my way"]);
    expect(waiting().map((p) => p.body)).toEqual(["On my way"]);
    expect(pane.composer.text(1)).toBe("");
    expect(worker.last("draft").body).toBe("");
  });

  test("the message with its ref takes the pending text's place", async () => {
    const worker = await start({});
    pane.composer.write(1, "Hello");
    pane.send(1);
    const { ref } = worker.last("send");
    worker.tell({
      kind: "message",
      message: sent(1, "Hello", { ref }),
      conversation: maya,
      created: true,
    });
    expect(waiting()).toEqual([]);
    expect(bodies()).toEqual(["Hello"]);
  });

  test("a text that the worker may not have heard is sent again with its ref", async () => {
    const worker = await start({});
    pane.composer.write(1, "Hello");
    pane.send(1);
    worker.lose();
    worker.greet();
    const refs = worker.all("send").map((m) => m.ref);
    expect(refs).toHaveLength(2);
    expect(new Set(refs).size).toBe(1);
    worker.tell({
      kind: "pending",
      conversation: 1,
      pending: [pending(1, "Hello", { ref: refs[0] })],
    });
    worker.lose();
    worker.greet();
    expect(worker.all("send")).toHaveLength(2);
    expect(waiting()).toHaveLength(1);
  });

  test("a text that is too long stays in the composer", async () => {
    const worker = await start({});
    pane.composer.write(1, "a".repeat(1601));
    pane.send(1);
    expect(worker.all("send")).toEqual([]);
    expect(pane.composer.text(1)).toHaveLength(1601);
  });

  test("lone surrogates and NULs are not sent", async () => {
    const worker = await start({});
    pane.composer.write(1, "a\ud800b\0c😀");
    pane.send(1);
    expect(worker.last("send").body).toBe("abc😀");
  });
});

describe("drafts", () => {
  test("are saved when typing pauses, at once when the pane turns elsewhere", async () => {
    const worker = await start({});
    pane.composer.write(1, "H");
    pane.composer.write(1, "He");
    expect(worker.all("draft")).toEqual([]);
    await vi.advanceTimersByTimeAsync(300);
    expect(worker.all("draft").map((m) => m.body)).toEqual(["He"]);
    pane.composer.write(1, "Hey");
    pane.open(2);
    expect(worker.last("draft")).toMatchObject({ conversation: 1, body: "Hey" });
  });

  test("come back on opening, and never over what was written since", async () => {
    const worker = await start({ drafts: { 1: "Saved" } });
    expect(pane.composer.text(1)).toBe("Saved");
    pane.composer.write(1, "Newer");
    worker.lose();
    worker.greet();
    await vi.advanceTimersByTimeAsync(0);
    expect(pane.composer.text(1)).toBe("Newer");
  });

  test("a text that is put back goes before what is there", async () => {
    await start({ drafts: { 1: "Second" } });
    pane.composer.putBack(1, "First");
    expect(pane.composer.text(1)).toBe("First\nSecond");
  });
});

describe("reading", () => {
  const unread = { ...maya, unread: 1 };

  test("is told once, when the newest text is on the screen and the rep is there", async () => {
    const hello = message(1, "Hello");
    const worker = await start({
      conversations: [{ ...unread, last_message: hello.id }],
      messages: [hello],
    });
    expect(worker.all("read")).toEqual([{ kind: "read", conversation: 1, upto: hello.id }]);
    const [row] = pane.list.rows.value;
    expect(row && pane.conversations.unread(row)).toBe(0);
  });

  test("waits while the rep is elsewhere or reads further up", async () => {
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    const hello = message(1, "Hello");
    const worker = await start({ conversations: [unread], messages: [hello] });
    expect(worker.all("read")).toEqual([]);
    pane.ui.atBottom.value = false;
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(worker.all("read")).toEqual([]);
    pane.ui.atBottom.value = true;
    expect(worker.all("read")).toHaveLength(1);
  });
});

describe("the list", () => {
  test("has the latest on top as texts come in", async () => {
    const worker = await start({});
    expect(names()).toEqual(["Maya Okonkwo", "Jonas Berg"]);
    const raised = { ...jonas, last_at: NOW + 1, revision: 2 };
    worker.tell({
      kind: "message",
      message: message(2, "Hi"),
      conversation: raised,
      created: true,
    });
    expect(names()).toEqual(["Jonas Berg", "Maya Okonkwo"]);
    worker.tell({ kind: "conversation", conversation: jonas });
    expect(names(), "an older revision changes nothing").toEqual(["Jonas Berg", "Maya Okonkwo"]);
  });

  test("searches once typing pauses, and keeps what does not match out of the results", async () => {
    const worker = await start({});
    const before = worker.all("list").length;
    pane.list.setSearch("j");
    pane.list.setSearch("jon");
    await vi.advanceTimersByTimeAsync(150);
    expect(
      worker
        .all("list")
        .slice(before)
        .map((m) => m.search),
    ).toEqual(["jon"]);
    expect(names()).toEqual(["Jonas Berg"]);
    worker.tell({ kind: "conversation", conversation: conversation(3, "Eve") });
    expect(names()).toEqual(["Jonas Berg"]);
  });

  test("an answer to an earlier search is not shown", async () => {
    const worker = await start({ deaf: ["list"] });
    const stale = worker.last("list").request;
    pane.list.setSearch("jon");
    await vi.advanceTimersByTimeAsync(150);
    worker.tell({
      kind: "page",
      request: stale,
      folder: "inbox",
      search: "",
      conversations: [maya],
      next: "",
      cached: false,
    });
    expect(pane.list.answered.value).toBe("");
    expect(pane.list.state.value).toBe("loading");
  });

  test("further pages are asked for one at a time", async () => {
    const many = Array.from({ length: 5 }, (_, i) => conversation(i + 1, `P${i}`));
    const worker = await start({ conversations: many, pageSize: 2 });
    pane.list.loadMore();
    pane.list.loadMore();
    await vi.advanceTimersByTimeAsync(0);
    expect(names()).toHaveLength(4);
    expect(worker.all("list").map((m) => m.before)).toEqual(["", "2"]);
    worker.lose();
    worker.greet();
    await vi.advanceTimersByTimeAsync(0);
    expect(names(), "a new port does not shorten the list").toHaveLength(4);
  });
});

describe("the worker", () => {
  test("is asked for nothing before it has accepted the pane", () => {
    const worker = new FakeWorker();
    worker.greet = () => {};
    pane = createPane(worker, { now: () => NOW, framed: true, remembered: null });
    expect(worker.heard).toEqual([]);
    expect(pane.session.value).toBeNull();
  });

  test("when started again is asked for what is shown, which stays on the screen", async () => {
    const worker = await start({ messages: [message(1, "Hello")] });
    worker.known.deaf = ["list", "open"];
    worker.lose();
    worker.greet();
    expect(worker.all("open")).toHaveLength(2);
    expect(worker.all("list")).toHaveLength(2);
    expect(bodies()).toEqual(["Hello"]);
    expect(names()).toHaveLength(2);
  });

  test("signing out leaves nothing behind for whoever is next", async () => {
    const worker = await start({ messages: [message(1, "Hello")], drafts: { 1: "Secret" } });
    worker.tell({ kind: "session", session: session({ connection: "signed_out", user: null }) });
    expect(names()).toEqual([]);
    expect(pane.talks.current.value).toBeNull();
    expect(pane.composer.text(1)).toBe("");
    expect(pane.conversations.all.value.size).toBe(0);
  });

  test("older texts join those that are held; a page that does not reach them replaces them", async () => {
    const all = Array.from({ length: 60 }, (_, i) => message(1, `Text ${i}`));
    const worker = await start({ messages: all });
    expect(bodies()).toHaveLength(50);
    pane.opening.loadOlder();
    pane.opening.loadOlder();
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.all("older")).toHaveLength(1);
    expect(bodies()).toHaveLength(60);
    const later = Array.from({ length: 50 }, (_, i) => message(1, `Later ${i}`));
    worker.known.messages = [...all, message(1, "Between"), ...later];
    worker.tell({ kind: "reset" });
    await vi.advanceTimersByTimeAsync(0);
    expect(bodies()).toHaveLength(50);
    expect(pane.talks.talk.value?.more).toBe(true);
  });

  test("only a new inbound text of the open conversation is read out", async () => {
    const worker = await start({});
    worker.tell({
      kind: "message",
      message: message(2, "Not here"),
      conversation: jonas,
      created: true,
    });
    worker.tell({
      kind: "message",
      message: message(1, "Changed"),
      conversation: null,
      created: false,
    });
    expect(pane.ui.heard.value).toBe("");
    worker.tell({ kind: "message", message: message(1, "New"), conversation: maya, created: true });
    expect(pane.ui.heard.value).toBe("Maya Okonkwo: New");
  });
});

test("a deleted text can be had back for 6 s, and is dropped after", async () => {
  const refused = pending(1, "Hello", { state: "refused", text: "No." });
  const worker = await start({ pending: [refused] });
  const remove = () => {
    pane.outgoing.hide(refused.ref);
    pane.toast.offer(
      "Text deleted",
      () => pane.outgoing.discard(refused.ref),
      () => pane.outgoing.show(refused.ref),
    );
  };
  remove();
  expect(waiting()).toEqual([]);
  pane.toast.shown.value?.undo();
  expect(waiting()).toHaveLength(1);
  remove();
  await vi.advanceTimersByTimeAsync(5900);
  expect(worker.all("discard")).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(worker.all("discard")).toEqual([{ kind: "discard", ref: refused.ref }]);
});
