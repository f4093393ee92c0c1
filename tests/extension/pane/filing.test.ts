// @vitest-environment happy-dom
import { describe, expect, test, vi } from "vitest";
import type { Message, Receipt } from "../../../extension/src/wire";
import type { FakeWorker, Known } from "./fake_worker";
import { message, person, receipt } from "./people";
import { bodies, jonas, maya, pane, start } from "./stage";

const soon = () => vi.advanceTimersByTimeAsync(0);
const opportunities = [
  { id: "006A", name: "40 seats" },
  { id: "006B", name: "Renewal" },
];
const asks = (body: string) => message(1, body, { receipt: receipt("logged", { opportunities }) });
const saved = (of: Message, change: Partial<Receipt>) => ({
  type: "message.saved",
  message: { ...of, revision: 2, receipt: { ...(of.receipt as Receipt), ...change } },
});
const question = () => pane.receipts.question(pane.talks.talk.value?.messages ?? [], maya.person);
const asked = (worker: FakeWorker, type: string) =>
  worker.all("ask").flatMap((one) => (one.question.type === type ? [one.question] : []));
function tells(worker: FakeWorker, of: Message): void {
  worker.tell({ kind: "message", message: of, conversation: null, created: false });
}

describe("which opportunity", () => {
  const [first, last] = [asks("One"), asks("Two")];
  const [choice] = opportunities as [{ id: string; name: string }];
  const known: Known = { messages: [first, last] };

  test("is asked once, under the latest text", async () => {
    await start(known);
    expect(question()?.id).toBe(last.id);
  });

  test("is taken as answered at once, and shown", async () => {
    const worker = await start({ ...known, deaf: ["ask"] });
    void pane.receipts.link(last, maya.person, choice);
    expect(question()).toBeNull();
    expect(pane.receipts.of(last)?.opportunity).toBe("40 seats");
    expect(asked(worker, "receipt.link")).toMatchObject([
      { message: last.id, opportunity: "006A" },
    ]);
  });

  test("is asked again where the backend refused the answer", async () => {
    await start({ ...known, refuses: { ask: "Salesforce says that it is closed." } });
    await pane.receipts.link(last, maya.person, choice);
    expect(question()?.id).toBe(last.id);
    expect(pane.receipts.of(last)?.opportunity).toBe("");
    expect(pane.changing.troubles.value.get(last.id)).toBe("Salesforce says that it is closed.");
  });

  test("none of them is an answer too", async () => {
    const worker = await start(known);
    worker.known.answers = { "receipt.link": saved(last, {}) };
    await pane.receipts.link(last, maya.person, null);
    expect(asked(worker, "receipt.link")).toMatchObject([{ opportunity: "" }]);
    expect(question(), "even if the backend still offers them").toBeNull();
    const other = [{ id: "006C", name: "A new one" }];
    tells(worker, { ...asks("Three"), receipt: receipt("logged", { opportunities: other }) });
    expect(question()?.body, "a new one is worth a question").toBe("Three");
  });

  test("can be chosen anew, when nobody asks any more", async () => {
    const worker = await start(known);
    const linked = saved(last, { opportunity: "40 seats", opportunities: [] });
    worker.known.answers = { "receipt.link": linked };
    await pane.receipts.link(last, maya.person, choice);
    const now = pane.talks.message(last.id) as Message;
    expect(now.receipt?.opportunities).toEqual([]);
    expect(pane.receipts.choices(now)).toEqual(opportunities);
    pane.receipts.reopen(now);
    expect(question()).toBe(now);
    pane.receipts.putAway(now, maya.person);
    expect(question()).toBeNull();
  });
});

describe("filing under another person", () => {
  const price = message(1, "Per seat or per team?");
  const hello = message(1, "Hello");
  const answers = {
    "person.list": { type: "person.page", people: [person(2, "Jonas Berg")] },
    "message.file": {
      type: "message.saved",
      message: { ...price, conversation: jonas.id, revision: 2 },
    },
  };

  test("offers those who share the mobile, and can be undone", async () => {
    const worker = await start({ messages: [hello, price], answers });
    pane.filing.open(price);
    await soon();
    expect(asked(worker, "person.list")).toEqual([{ type: "person.list", conversation: 1 }]);
    const [other] = pane.filing.people.value ?? [];
    if (!other) throw new Error("nobody is offered");
    await pane.filing.file(price, other);
    expect(bodies()).toEqual(["Hello"]);
    expect(pane.filing.message.value).toBeNull();
    expect(pane.toast.shown.value?.text).toBe("Filed under Jonas Berg");
    worker.known.answers = {
      "message.file": { type: "message.saved", message: { ...price, revision: 3 } },
    };
    pane.toast.undo();
    await soon();
    expect(asked(worker, "message.file")).toMatchObject([
      { person: 2 },
      { person: maya.person.id },
    ]);
    expect(bodies()?.sort()).toEqual(["Hello", "Per seat or per team?"]);
  });

  test("that is refused leaves the text, and the people to choose from", async () => {
    const worker = await start({ messages: [price], answers });
    pane.filing.open(price);
    await soon();
    worker.known.refuses = { ask: "Jonas was erased." };
    await pane.filing.file(price, person(2, "Jonas Berg"));
    expect(bodies()).toEqual([price.body]);
    expect(pane.changing.troubles.value.get(price.id)).toBe("Jonas was erased.");
    expect(pane.filing.people.value).toHaveLength(1);
    pane.filing.close();
    expect(pane.changing.troubles.value.size).toBe(0);
  });

  test("to undo which fails says so", async () => {
    const worker = await start({ messages: [price], answers });
    await pane.filing.file(price, person(2, "Jonas Berg"));
    worker.known.refuses = { ask: "Ask an admin." };
    pane.toast.undo();
    await soon();
    expect(pane.toast.shown.value?.text).toBe("Ask an admin.");
  });

  test("ends when their conversation is gone, or another one is opened", async () => {
    const worker = await start({ messages: [price], answers });
    pane.filing.open(price);
    worker.tell({ kind: "erased", conversations: [1] });
    expect(pane.filing.message.value).toBeNull();
    pane.filing.open(price);
    pane.open(2);
    expect(pane.filing.message.value).toBeNull();
  });
});

describe("a receipt", () => {
  const failed = receipt("failed", { text: "The record is locked." });

  test("that failed is tried again once, however often one clicks", async () => {
    const text = message(1, "Hi", { receipt: failed });
    const worker = await start({ messages: [text] });
    worker.known.answers = { "receipt.retry": saved(text, { state: "waiting", text: "" }) };
    const tries = [pane.receipts.retry(text.id), pane.receipts.retry(text.id)];
    expect(await Promise.all(tries)).toEqual([true, false]);
    expect(asked(worker, "receipt.retry")).toHaveLength(1);
    expect(pane.talks.message(text.id)?.receipt?.state).toBe("waiting");
  });

  test("in the list of what happened follows the text's", async () => {
    const text = message(1, "Hi", { receipt: failed });
    const row = {
      ...{ id: 5, kind: "message", at: 1, text: "Hi", who: "Ana", direction: "outbound" },
      ...{ status: "sent", message: text.id, receipt: failed },
    };
    const page = { type: "activity.page", person: maya.person.id, activities: [row], next: "" };
    const worker = await start({ messages: [text], answers: { "activity.list": page } });
    pane.activities.open(maya.person.id);
    await soon();
    tells(worker, { ...text, receipt: receipt("logged"), revision: 2 });
    expect(pane.activities.rows.value[0]?.receipt?.state).toBe("logged");
  });

  test("is read out when it failed, and nothing else of it is", async () => {
    const sent = message(1, "Sent", { direction: "outbound", status: "sent" });
    const worker = await start({ messages: [sent] });
    tells(worker, { ...sent, status: "delivered", revision: 2 });
    expect(pane.ui.status.value).toBe("Delivered");
    pane.ui.status.value = "Sending";
    tells(worker, { ...sent, status: "delivered", receipt: receipt("logged"), revision: 3 });
    expect(pane.ui.status.value).toBe("Sending");
    tells(worker, { ...sent, status: "delivered", receipt: failed, revision: 4 });
    expect(pane.ui.status.value).toBe("Not logged to Salesforce: The record is locked.");
  });
});
