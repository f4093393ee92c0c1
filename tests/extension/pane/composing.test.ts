// @vitest-environment happy-dom
import { describe, expect, test, vi } from "vitest";
import { pending, sent } from "./people";
import { bodies, maya, pane, start, waiting } from "./stage";

describe("sending", () => {
  test("a text is drawn at once, and pressing twice sends it once", async () => {
    const worker = await start({});
    pane.composer.write(1, "  On my way \n");
    pane.sending.send(1);
    pane.sending.send(1);
    expect(worker.all("send").map((m) => m.body)).toEqual(["On my way"]);
    expect(waiting().map((p) => p.body)).toEqual(["On my way"]);
    expect(pane.composer.text(1)).toBe("");
    expect(worker.last("draft").body).toBe("");
  });

  test("the message with its ref takes the pending text's place", async () => {
    const worker = await start({});
    pane.composer.write(1, "Hello");
    pane.sending.send(1);
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
    pane.sending.send(1);
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
    pane.sending.send(1);
    expect(worker.all("send")).toEqual([]);
    expect(pane.composer.text(1)).toHaveLength(1601);
  });

  test("lone surrogates and NULs are not sent", async () => {
    const worker = await start({});
    pane.composer.write(1, "a\ud800b\0c😀");
    pane.sending.send(1);
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
  pane.toast.undo();
  expect(waiting()).toHaveLength(1);
  remove();
  await vi.advanceTimersByTimeAsync(5900);
  expect(worker.all("discard")).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(worker.all("discard")).toEqual([{ kind: "discard", ref: refused.ref }]);
});
