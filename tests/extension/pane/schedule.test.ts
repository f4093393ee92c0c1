// @vitest-environment happy-dom
import { describe, expect, test, vi } from "vitest";
import { entries } from "../../../extension/src/pane/format/log";
import { matching } from "../../../extension/src/pane/state/quick_replies";
import type { Message } from "../../../extension/src/wire";
import { ana, DAY, MINUTE, message, NOW, sent } from "./people";
import { pane, start } from "./stage";

const soon = () => vi.advanceTimersByTimeAsync(0);

function later(body: string, change: Partial<Message> = {}): Message {
  return sent(1, body, { status: "scheduled", scheduled_for: NOW + DAY, ...change });
}
const saved = (of: Message, change: Partial<Message>) => ({
  type: "message.saved",
  message: { ...of, revision: of.revision + 1, ...change },
});
const bodies = () => pane.schedule.waiting(1).map((m) => m.body);
const asked = (worker: Awaited<ReturnType<typeof start>>) =>
  worker.all("ask").map(({ question }) => question);

describe("send later", () => {
  test("goes with its time, and is drawn as waiting for it", async () => {
    const worker = await start({});
    pane.composer.write(1, "Tomorrow then");
    pane.sending.send(1, NOW + DAY);
    expect(worker.last("send")).toMatchObject({ body: "Tomorrow then", send_at: NOW + DAY });
    expect(pane.composer.text(1)).toBe("");
  });

  test("texts that wait are told by their time, and are not in the log", async () => {
    const first = later("Second", { scheduled_for: NOW + 2 * DAY });
    const messages = [
      first,
      later("First"),
      message(1, "Hello"),
      later("Gone", { status: "canceled" }),
    ];
    await start({ messages });
    expect(bodies()).toEqual(["First", "Second"]);
    const drawn = entries(messages, []).flatMap((e) =>
      e.kind === "message" ? e.message.body : [],
    );
    expect(drawn).toEqual(["Hello"]);
  });

  test("a text that was canceled for a reason stays in the log with it", () => {
    const stopped = later("Hi", { status: "canceled", error: "Maya opted out." });
    expect(entries([stopped], []).map((e) => e.kind)).toEqual(["day", "message"]);
  });

  test("once sent it stands where it went out, not where it was written", () => {
    const wrote = later("Written first", { status: "sent", at: NOW, scheduled_for: NOW });
    const hello = message(1, "Said between", { at: NOW - MINUTE });
    const after = message(1, "Said after", { at: NOW + MINUTE });
    const drawn = entries([wrote, hello, after], []);
    expect(drawn.flatMap((e) => (e.kind === "message" ? e.message.body : []))).toEqual([
      "Said between",
      "Written first",
      "Said after",
    ]);
  });
});

describe("changing a scheduled text", () => {
  test("the draft waits, untouched and saved, while the text is changed", async () => {
    const text = later("Old");
    const worker = await start({ messages: [text], drafts: { 1: "My draft" } });
    worker.known.answers = { "message.edit": saved(text, { body: "New" }) };
    pane.schedule.edit(text);
    pane.composer.changeEdit(1, { body: " New ", at: NOW + 2 * DAY });
    expect(pane.composer.text(1)).toBe("My draft");
    await pane.schedule.save(1);
    expect(asked(worker)).toEqual([
      { type: "message.edit", message: text.id, body: "New", at: NOW + 2 * DAY },
    ]);
    expect(pane.composer.edit(1)).toBeUndefined();
    expect(bodies()).toEqual(["New"]);
    expect(worker.all("draft"), "the change is no draft").toEqual([]);
  });

  test("a refusal is told and loses nothing", async () => {
    const text = later("Old");
    await start({ messages: [text], refuses: { ask: "This text has been sent already." } });
    pane.schedule.edit(text);
    pane.composer.changeEdit(1, { body: "New" });
    await pane.schedule.save(1);
    expect(pane.composer.edit(1)?.body).toBe("New");
    expect(pane.changing.troubles.value.get(text.id)).toBe("This text has been sent already.");
  });

  test("discarded changes can be had back", async () => {
    const text = later("Old");
    await start({ messages: [text] });
    pane.schedule.edit(text);
    pane.composer.changeEdit(1, { body: "New" });
    pane.schedule.discard(1);
    expect(pane.composer.edit(1)).toBeUndefined();
    pane.toast.undo();
    expect(pane.composer.edit(1)?.body).toBe("New");
  });

  test("it is sent now by setting its time to now", async () => {
    const text = later("Old");
    const worker = await start({ messages: [text] });
    worker.known.answers = {
      "message.edit": saved(text, { status: "queued", scheduled_for: null }),
    };
    await pane.schedule.sendNow(text);
    expect(asked(worker)).toEqual([
      { type: "message.edit", message: text.id, body: "Old", at: NOW },
    ]);
    expect(bodies()).toEqual([]);
  });

  test("one that an answer holds is kept by a click, asked once", async () => {
    const text = later("Old", { hold: "reply" });
    const worker = await start({ messages: [text], deaf: ["ask"] });
    void pane.schedule.keep(text);
    void pane.schedule.keep(text);
    expect(asked(worker)).toEqual([{ type: "message.keep", message: text.id }]);
  });

  test("only who wrote it or an admin may", async () => {
    await start({});
    const theirs = later("Old", { author_id: 9 });
    expect(pane.schedule.mine(theirs, ana)).toBe(false);
    expect(pane.schedule.mine(theirs, { ...ana, role: "admin" })).toBe(true);
    expect(pane.schedule.mine(later("Mine"), ana)).toBe(true);
  });
});

describe("taking a scheduled text back", () => {
  test("can be undone for 6 s, and is asked for after", async () => {
    const text = later("Old");
    const worker = await start({ messages: [text] });
    worker.known.answers = { "message.cancel": saved(text, { status: "canceled" }) };
    pane.schedule.cancel(text);
    expect(bodies()).toEqual([]);
    pane.toast.undo();
    expect(bodies()).toEqual(["Old"]);
    pane.schedule.cancel(text);
    await vi.advanceTimersByTimeAsync(5900);
    expect(asked(worker)).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked(worker)).toEqual([{ type: "message.cancel", message: text.id }]);
    expect(bodies()).toEqual([]);
  });

  test("is asked for at once when its time is near, and when the pane closes", async () => {
    const near = later("Near", { scheduled_for: NOW + 30_000 });
    const far = later("Far");
    const worker = await start({ messages: [near, far] });
    pane.schedule.cancel(near);
    expect(asked(worker)).toHaveLength(1);
    pane.schedule.cancel(far);
    expect(asked(worker)).toHaveLength(1);
    pane.settle();
    expect(asked(worker)).toHaveLength(2);
  });

  test("one that went out meanwhile is shown again, with the reason", async () => {
    const near = later("Near", { scheduled_for: NOW + 30_000 });
    await start({ messages: [near], refuses: { ask: "This text has been sent already." } });
    pane.schedule.cancel(near);
    await soon();
    expect(bodies()).toEqual(["Near"]);
    expect(pane.toast.shown.value?.text).toBe("This text has been sent already.");
  });
});

test("quick replies are found by any word, names that begin with it first", async () => {
  const reply = (id: number, name: string, body: string) => ({ id, name, body, shared: true });
  const all = [
    reply(1, "Call back", "When may I call?"),
    reply(2, "Pricing", "$40 a seat"),
    reply(3, "Seats", "How many?"),
  ];
  const found = (query: string) => matching(all, query).map(({ id }) => id);
  expect(found("")).toEqual([1, 2, 3]);
  expect(found("SEAT")).toEqual([3, 2]);
  expect(found("may call")).toEqual([1]);
  expect(found("zebra")).toEqual([]);
  const worker = await start({ refuses: { ask: "Busy." } });
  await pane.quickReplies.load();
  expect(pane.quickReplies.error.value).toBe("Busy.");
  worker.known.refuses = {};
  worker.known.answers = { "quick_reply.list": { type: "quick_reply.page", quick_replies: all } };
  await pane.quickReplies.load();
  expect([pane.quickReplies.all.value, pane.quickReplies.error.value]).toEqual([all, ""]);
});
