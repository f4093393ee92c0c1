// @vitest-environment happy-dom
import { describe, expect, test, vi } from "vitest";
import { FakeWorker } from "./fake_worker";
import { conversation, message, NOW, session } from "./people";
import { bodies, jonas, maya, names, pane, raise, start } from "./stage";

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
  test("is asked for nothing before it has accepted the pane", async () => {
    const worker = new FakeWorker();
    worker.greet = () => {};
    await raise(worker);
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
    pane.ui.heard.value = "Maya Okonkwo: Hello";
    pane.activities.open(maya.person.id);
    pane.activities.write(maya.person.id, "Secret note");
    pane.consent.form.value = 1;
    pane.naming.open.value = true;
    pane.toast.say("Maya Okonkwo is noted as opted out");
    worker.tell({ kind: "session", session: session({ connection: "signed_out", user: null }) });
    expect(names()).toEqual([]);
    expect(pane.ui.heard.value).toBe("");
    expect(pane.talks.current.value).toBeNull();
    expect(pane.composer.text(1)).toBe("");
    expect(pane.conversations.all.value.size).toBe(0);
    expect(pane.activities.person.value).toBeNull();
    expect(pane.activities.note(maya.person.id)).toBe("");
    expect(pane.consent.form.value).toBeNull();
    expect(pane.naming.open.value).toBe(false);
    expect(pane.toast.shown.value).toBeNull();
  });

  test("the erasure of a person leaves nothing of them, and everything of others", async () => {
    const worker = await start({ messages: [message(1, "Hello")], drafts: { 1: "Secret" } });
    pane.activities.open(maya.person.id);
    pane.activities.write(maya.person.id, "Secret note");
    pane.activities.write(jonas.person.id, "Another note");
    pane.consent.form.value = 1;
    worker.tell({ kind: "erased", conversations: [1] });
    expect(names()).toEqual(["Jonas Berg"]);
    expect(pane.composer.text(1)).toBe("");
    expect(pane.activities.person.value).toBeNull();
    expect(pane.activities.note(maya.person.id)).toBe("");
    expect(pane.consent.form.value).toBeNull();
    expect(pane.activities.note(jonas.person.id)).toBe("Another note");
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
