import { beforeEach, describe, expect, test, vi } from "vitest";
import type { WorkerToPane } from "../../../extension/src/lib/messages";
import { FakePort, hear, ID, settle, World } from "../fakes";
import { conversation, FACTS, message } from "../samples";

// Message as it is drawn for the FACTS.
const PRESSED = { kind: "message", name: "Maya Okonkwo", number: "(404) 555-0187" };

let world: World;
beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
});

/** The page of somebody who is signed in and has pressed Message. */
async function pressed() {
  await world.signIn();
  const page = await world.page(1);
  page.onMessage.fire(PRESSED);
  await settle();
  return page;
}

describe("A pane", () => {
  test("hears nothing before it names the nonce of its tab", async () => {
    await world.signIn();
    const nonce = await world.core.nonces.forTab(1);
    for (const [tab, said] of [
      [1, "guess"],
      [2, nonce],
    ] as const) {
      const pane = await world.pane(tab, said);
      expect(pane.heard).toEqual([]);
      expect(pane.open).toBe(false);
    }
    const pane = await world.pane(1, nonce);
    expect(pane.heardOf("session")[0]?.session.user?.name).toBe("Ana Ruiz");
  });

  test("may ask nothing before it has said hello", async () => {
    const socket = await world.signIn();
    const nonce = await world.core.nonces.forTab(1);
    const url = `chrome-extension://${ID}/pane.html`;
    const port = new FakePort<WorkerToPane>("pane", { id: ID, url, frameId: 3, tab: { id: 1 } });
    world.core.panes.admit(port as never);
    await hear(port, {
      kind: "send",
      ref: "ref-0001",
      conversation: 7,
      body: "Hello",
      send_at: null,
      media: [],
    });
    await hear(port, { kind: "hello", nonce, fresh: true });
    expect(socket.sentOf("message.send")).toEqual([]);
    expect(port.open).toBe(false);
  });

  test("is not another page of ours, nor another extension's", async () => {
    const nonce = await world.core.nonces.forTab(1);
    const url = `chrome-extension://${ID}/pane.html`;
    for (const sender of [
      { id: ID, url: "https://crm.example/pane.html", tab: { id: 1 } },
      { id: "other", url, tab: { id: 1 } },
      { id: ID, url },
    ]) {
      const port = new FakePort<WorkerToPane>("pane", sender);
      world.core.panes.admit(port as never);
      await hear(port, { kind: "hello", nonce, fresh: true });
      expect(port.heard).toEqual([]);
    }
  });

  test("keeps its nonce for the next worker", async () => {
    await world.signIn();
    const nonce = await world.core.nonces.forTab(1);
    await world.restart();
    expect((await world.pane(1, nonce)).heardOf("session")).toHaveLength(1);
  });

  test("in a window has its nonce for itself once it has used it", async () => {
    const nonce = await world.core.nonces.forWindow();
    expect((await world.pane(5, nonce)).open).toBe(true);
    expect((await world.pane(6, nonce)).open).toBe(false);
  });

  test("is given its target once: a pane that comes back stays where the rep has gone", async () => {
    const page = await pressed();
    const nonce = page.heardOf("open_pane")[0]?.url.split("#")[1];
    expect((await world.pane(1, nonce)).heardOf("target")).toHaveLength(1);
    expect((await world.pane(1, nonce)).heardOf("target")).toHaveLength(0);
  });

  test("that the page has thrown out while it was open goes on with its conversation", async () => {
    const page = await pressed();
    const thrownOut = await world.pane(1);
    await hear(thrownOut, { kind: "open", request: "1", conversation: 7 });
    const [first] = (await world.pane(1)).heardOf("target");
    expect(first?.target).toEqual({ kind: "conversation", conversation: 7 });
    // One that has only lost its port shows it already.
    expect((await world.pane(1, undefined, false)).heardOf("target")).toEqual([]);
    page.onMessage.fire({ kind: "pane_closed" });
    await settle();
    expect((await world.pane(1)).heardOf("target")).toEqual([]);
  });

  test("that refuses presses as something covers it is put on top of it", async () => {
    const page = await pressed();
    const pane = await world.pane(1);
    await hear(pane, { kind: "covered" });
    expect(page.heardOf("raise_pane")).toHaveLength(1);
  });

  test("keeps its recipient when the page moves on, until Message is pressed again", async () => {
    const page = await pressed();
    const pane = await world.pane(1);
    const other = {
      ...FACTS,
      record: "contact:102",
      name: "Jonas",
      numbers: [{ raw: "646 555 0142", label: "Mobile" }],
    };
    page.onMessage.fire({ kind: "facts", facts: other });
    await settle();
    expect(pane.heardOf("target").map(({ target }) => target)).toMatchObject([
      { person: { name: "Maya Okonkwo" } },
    ]);
    page.onMessage.fire(PRESSED); // a click that was on its way while the page moved on
    await settle();
    expect(pane.heardOf("target")).toHaveLength(1);
    page.onMessage.fire({ kind: "message", name: "Jonas", number: "(646) 555-0142" });
    await settle();
    expect(pane.heardOf("target").at(-1)?.target).toMatchObject({
      person: {
        name: "Jonas",
        mobile: "+16465550142",
        crm: "Acme CRM",
        crm_ref: "demo:contact:102",
      },
    });
  });
});

describe("A question", () => {
  test("is answered from memory at once and by the backend after", async () => {
    const socket = await world.signIn();
    world.core.cache.putConversation(conversation());
    world.core.cache.putThread(7, [message(2), message(1)], false);
    const pane = await world.pane();
    await hear(pane, { kind: "open", request: "r1", conversation: 7 });
    expect(pane.heardOf("opened")).toMatchObject([{ request: "r1", cached: true }]);
    expect(pane.heardOf("opened")[0]?.messages.map(({ id }) => id)).toEqual([1, 2]);
    const request = socket.sentOf("conversation.get")[0]?.request;
    socket.say({
      type: "conversation.opened",
      request,
      conversation: conversation(),
      messages: [message(3), message(2)],
      more: true,
    } as never);
    expect(pane.heardOf("opened")[1]).toMatchObject({ request: "r1", cached: false, more: true });
  });

  test("about a person is answered from memory only for that very person", async () => {
    await world.signIn();
    world.core.cache.putConversation(conversation());
    world.core.cache.putThread(7, [message(1)], false);
    const pane = await world.pane();
    const person = { mobile: "+14045550187", name: "Maya Okonkwo", crm_ref: "demo:contact:999" };
    await hear(pane, { kind: "open_person", request: "r1", person, number: null });
    expect(pane.heardOf("opened")).toEqual([]);
    await hear(pane, {
      kind: "open_person",
      number: null,
      request: "r2",
      person: { ...person, crm_ref: "demo:contact:101" },
    });
    expect(pane.heardOf("opened")).toMatchObject([{ request: "r2", cached: true }]);
  });

  test("asked offline is asked when the connection is back", async () => {
    const first = await world.signIn();
    first.end(1006);
    const pane = await world.pane();
    await hear(pane, { kind: "list", request: "r1", folder: "inbox", search: "maya", before: "" });
    const socket = await world.connect();
    const asked = socket.sentOf("conversation.list").find(({ search }) => search === "maya");
    socket.say({
      type: "conversation.page",
      request: asked?.request,
      conversations: [conversation()],
      next: "",
      unread: 0,
    } as never);
    expect(pane.heardOf("page")).toMatchObject([{ request: "r1", cached: false }]);
  });

  test("that is refused is answered with the reason", async () => {
    const socket = await world.signIn();
    const pane = await world.pane();
    await hear(pane, { kind: "name", request: "r1", person: 3, name: "Maya" });
    const request = socket.sentOf("person.name")[0]?.request ?? "";
    socket.say({ type: "frame.refused", reason: "not_found", text: "Gone", request } as never);
    expect(pane.heardOf("refused")).toMatchObject([
      { request: "r1", reason: "not_found", text: "Gone" },
    ]);
  });

  test("to follow a link opens nothing but web pages", async () => {
    await world.signIn();
    const pane = await world.pane();
    for (const url of [
      "javascript:alert(1)",
      "data:text/html,x",
      "file:///etc/passwd",
      "chrome://settings",
    ]) {
      await hear(pane, { kind: "follow", url });
    }
    expect(chrome.tabs.create).not.toHaveBeenCalled();
    await hear(pane, { kind: "follow", url: "https://crm.example/contacts/1" });
    expect(chrome.tabs.create).toHaveBeenCalledExactlyOnceWith({
      url: "https://crm.example/contacts/1",
    });
  });
});

describe("A page", () => {
  test("is told what may be done, never the text of a message", async () => {
    const socket = await world.signIn();
    const page = await world.page();
    const event = {
      type: "message.created",
      seq: 11,
      message: message(101, { body: "secret words" }),
    };
    socket.say({ ...event, conversation: conversation(7, { preview: "secret words" }), unread: 3 });
    await settle();
    expect(page.heardOf("action").at(-1)).toMatchObject({
      action: { kind: "ready", number: "(404) 555-0187" },
      unread: 3,
      signed_in: true,
    });
    expect(JSON.stringify(page.heard)).not.toContain("secret");
  });

  test("whose frame is not the tab's own is not listened to", async () => {
    const port = new FakePort("page", { id: ID, frameId: 4, tab: { id: 1 } });
    world.core.admitPage(port as never);
    expect(port.open).toBe(false);
  });

  test("leads to the sign-in page while nobody is signed in", async () => {
    const page = await world.page();
    expect(page.heardOf("action").at(-1)?.action).toMatchObject({
      kind: "inactive",
      reason: "Sign in to Repline to text",
    });
    page.onMessage.fire({ kind: "launch" });
    await settle();
    expect(chrome.runtime.openOptionsPage).toHaveBeenCalledOnce();
  });
});
