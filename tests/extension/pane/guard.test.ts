// @vitest-environment happy-dom
// Presses of a rep who may not see what they press, as a page has something over the pane.
import { describe, expect, test, vi } from "vitest";
import { PASSED_ON, type PaneToWorker } from "../../../extension/src/lib/messages";
import { DAY, message, NOW, pending, person, receipt, sent } from "./people";
import { maya, pane, sight, start, waiting } from "./stage";

const later = sent(1, "Tomorrow", { status: "scheduled", scheduled_for: NOW + 30_000 });
const text = message(1, "Per seat?", { receipt: receipt("failed") });
const held = { ...later, hold: "reply" as const };
const suspicion = { message: text.id, phrase: "stop it", at: 1 };
const suspected = { ...maya, suspicion };

/** What each of them says to the worker when it is pressed and goes out. */
const PRESSES: Record<string, [says: string, press: () => unknown]> = {
  send: ["send", () => pane.sending.send(1)],
  "send later": ["send", () => pane.sending.send(1, NOW + DAY)],
  "try again": ["send", () => pane.outgoing.tryAgain(pending(1, "Refused"))],
  save: ["message.edit", () => save()],
  "send now": ["message.edit", () => pane.schedule.sendNow(later)],
  cancel: ["message.cancel", () => pane.schedule.cancel(later)],
  keep: ["message.keep", () => pane.schedule.keep(held)],
  file: ["message.file", () => pane.filing.file(text, person(2, "Jonas Berg"))],
  settle: ["message.settle", () => pane.doubts.settle(text, "again")],
  "try to log": ["receipt.retry", () => pane.receipts.retry(text.id)],
  link: ["receipt.link", () => pane.receipts.link(text, maya.person, null)],
  restrict: ["restriction.set", () => pane.consent.stop(maya, "")],
  allow: ["restriction.set", () => pane.consent.allow(maya)],
  "keep texting": ["suspicion.answer", () => pane.consent.keepTexting(suspected)],
  "opted out": ["suspicion.answer", () => optOut()],
  "write a note down": ["note.add", () => note()],
  name: ["name", () => pane.naming.save(1, "Maya")],
};

/** Passed on for a pane, and only tells. */
const TELLING = ["quick_reply.list", "activity.list", "person.list", "time.suggest"];

function save() {
  pane.schedule.edit(later);
  return pane.schedule.save(1);
}
async function optOut() {
  pane.consent.optedOut(suspected);
  await vi.advanceTimersByTimeAsync(10_000); // undoing is over
}
function note() {
  pane.activities.write(1, "Call her");
  return pane.activities.addNote(1);
}

const kind = (said: PaneToWorker) => (said.kind === "ask" ? said.question.type : said.kind);

async function ready() {
  const worker = await start({ messages: [text, later], deaf: ["ask", "name", "send"] });
  pane.composer.write(1, "Half a word");
  await vi.advanceTimersByTimeAsync(1000);
  return worker;
}

describe("A press on a covered pane", () => {
  test.each(Object.entries(PRESSES))("does nothing: %s", async (_name, [says, press]) => {
    const worker = await ready();
    const said = () => worker.heard.map(kind).filter((one) => one === says).length;
    const before = said();
    sight.now = "covered";
    await press();
    expect(said()).toBe(before);
    expect(pane.guard.refused.value).toEqual({ sight: "covered", times: 1 });
    expect(pane.composer.text(1)).toBe("Half a word");
    // The same press, seen, does what it says.
    sight.now = "clear";
    void press();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(said()).toBeGreaterThan(before);
    expect(pane.guard.refused.value).toBeNull();
  });

  test("says that it was only too early, where the pane has just come into sight", async () => {
    const worker = await ready();
    sight.now = "early";
    pane.sending.send(1);
    expect(worker.all("send")).toHaveLength(0);
    expect(pane.guard.refused.value).toEqual({ sight: "early", times: 1 });
  });

  test("is told to the page, which puts the pane on top; one that came too early is not", async () => {
    const worker = await ready();
    sight.now = "early";
    pane.sending.send(1);
    expect(worker.all("covered")).toHaveLength(0);
    sight.now = "covered";
    pane.sending.send(1);
    expect(worker.all("covered")).toHaveLength(1);
    expect(worker.all("send")).toHaveLength(0);
  });

  test("is tried for all that a pane can have changed", () => {
    const tried = new Set(Object.values(PRESSES).map(([says]) => says));
    expect(PASSED_ON.filter((one) => !tried.has(one))).toEqual(TELLING);
  });

  test("does not undo", async () => {
    await ready();
    pane.consent.optedOut(suspected);
    sight.now = "covered";
    pane.toast.undo();
    expect(pane.consent.suspicion(suspected)).toBeNull();
    sight.now = "clear";
    pane.toast.undo();
    expect(pane.consent.suspicion(suspected)).toEqual(suspicion);
  });

  test("is counted, so that screen readers hear of each, and forgotten elsewhere", async () => {
    await ready();
    sight.now = "covered";
    pane.sending.send(1);
    pane.sending.send(1);
    expect(pane.guard.refused.value?.times).toBe(2);
    pane.showList();
    pane.open(2);
    expect(pane.guard.refused.value).toBeNull();
  });
});

test("what was begun in plain sight goes on when the pane is covered later", async () => {
  const worker = await ready();
  pane.schedule.cancel({ ...later, scheduled_for: NOW + DAY });
  pane.sending.send(1);
  sight.now = "covered";
  await vi.advanceTimersByTimeAsync(10_000);
  expect(worker.heard.map(kind)).toContain("message.cancel");
  worker.lose();
  worker.greet();
  expect(worker.all("send")).toHaveLength(2); // the same ref, over a new port
  expect(waiting()).toHaveLength(1);
});
