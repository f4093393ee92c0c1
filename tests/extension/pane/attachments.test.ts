// @vitest-environment happy-dom
import { describe, expect, test, vi } from "vitest";
import { MOST_BYTES } from "../../../extension/src/pane/format/files";
import type { Media } from "../../../extension/src/wire";
import { file } from "./fake_files";
import { pending } from "./people";
import { files, pane, start, waiting } from "./stage";

const photo = (name = "photo.jpg", size = 1000) => file(name, "image/jpeg", size);
const attached = () => pane.attachments.of(1);
const states = () => attached().map((one) => one.state);
const soon = () => vi.advanceTimersByTimeAsync(0);

describe("a picked file", () => {
  test("is there at once, and uploaded after", async () => {
    const worker = await start({});
    pane.attachments.add(1, [photo()]);
    expect(attached()[0]).toMatchObject({ state: "uploading", url: "blob:1", name: "photo.jpg" });
    await soon();
    expect(worker.last("upload")).toMatchObject({ name: "photo.jpg", content_type: "image/jpeg" });
    expect(atob(worker.last("upload").data)).toBe("x");
    expect(states()).toEqual(["done"]);
  });

  test("goes with the text, which may be without words; the composer is empty then", async () => {
    const worker = await start({});
    pane.attachments.add(1, [photo(), file("plan.pdf", "application/pdf")]);
    await soon();
    expect(pane.composer.ready(1)).toBe(true);
    pane.sending.send(1);
    expect(worker.last("send")).toMatchObject({ body: "", send_at: null });
    expect(worker.last("send").media.map(({ id }) => id)).toEqual([501, 502]);
    expect(attached()).toEqual([]);
    expect(waiting()[0]?.media).toHaveLength(2);
  });

  test("has the same address in the composer and in the text that was sent", async () => {
    await start({});
    pane.attachments.add(1, [photo()]);
    const url = attached()[0]?.url;
    await soon();
    pane.sending.send(1);
    expect(pane.pictures.url(501)).toBe(url);
    expect(files.open).toContain(url);
  });

  test("that is too many is left out, and that is said", async () => {
    await start({});
    pane.attachments.add(
      1,
      Array.from({ length: 12 }, (_, i) => photo(`${i}.jpg`)),
    );
    expect(attached()).toHaveLength(10);
    expect(pane.attachments.trouble.value).toBe("A text takes 10 files: 2 were left out.");
  });

  test.each([
    ["logo.svg", "image/svg+xml", 10, "JPEG, PNG or GIF"],
    ["page.html", "text/html", 10, "Choose a picture, PDF"],
    ["talk.mp4", "video/mp4", 600_000, "Send a link"],
    ["none.png", "image/png", 0, "is empty"],
  ])("%s is refused with what to do", async (name, type, size, words) => {
    const worker = await start({});
    pane.attachments.add(1, [file(name, type, size)]);
    await soon();
    expect(attached()[0]).toMatchObject({ state: "refused" });
    expect(attached()[0]?.problem).toContain(words);
    expect(worker.all("upload")).toEqual([]);
    pane.composer.write(1, "Here");
    pane.sending.send(1);
    expect(worker.all("send"), "nor is the text sent without it").toEqual([]);
    expect(pane.composer.text(1)).toBe("Here");
  });
});

describe("a picture that is too large", () => {
  async function tooLarge() {
    const worker = await start({});
    files.smaller = new Blob(["tiny"], { type: "image/jpeg" });
    pane.attachments.add(1, [file("scan.png", "image/png", MOST_BYTES + 1)]);
    await soon();
    return worker;
  }

  test("is made smaller only when the rep says so", async () => {
    const worker = await tooLarge();
    const [one] = attached();
    expect(one).toMatchObject({ state: "refused", size: MOST_BYTES + 1 });
    expect(one?.smaller?.size).toBe(4);
    expect(worker.all("upload")).toEqual([]);
    pane.attachments.shrink(one?.key ?? "");
    await soon();
    expect(worker.last("upload")).toMatchObject({ name: "scan.jpg", content_type: "image/jpeg" });
    expect(states()).toEqual(["done"]);
    expect(files.open.size, "the large one is given back").toBe(1);
  });

  test("is too large beside others where it would do alone", async () => {
    await start({});
    pane.attachments.add(1, [photo("a.jpg", 4_000_000), photo("b.jpg", 2_000_000)]);
    await soon();
    expect(states()).toEqual(["done", "refused"]);
    expect(attached()[1]?.problem).toContain("over the 5 MB");
  });
});

describe("sending before the upload is done", () => {
  test("waits for it and then goes once", async () => {
    const worker = await start({ deaf: ["upload"] });
    pane.composer.write(1, "Look");
    pane.attachments.add(1, [photo()]);
    await soon();
    pane.sending.send(1);
    pane.sending.send(1);
    expect(worker.all("send")).toEqual([]);
    const { request } = worker.last("upload");
    worker.tell({ kind: "uploaded", request, media: stored });
    await soon();
    expect(worker.all("send")).toHaveLength(1);
    expect(worker.last("send")).toMatchObject({ body: "Look", media: [stored] });
  });

  test("is off when it fails or the rep goes on writing", async () => {
    const worker = await start({ deaf: ["upload"] });
    pane.composer.write(1, "Look");
    pane.attachments.add(1, [photo()]);
    await soon();
    pane.sending.send(1);
    const { request } = worker.last("upload");
    const refused = { kind: "refused", request, blocked: null } as const;
    worker.tell({ ...refused, reason: "unreachable", text: "No answer from the server." });
    await soon();
    expect(states()).toEqual(["failed"]);
    expect(pane.ui.status.value).toContain("can't go yet");
    expect(worker.all("send")).toEqual([]);
    worker.known.deaf = [];
    pane.attachments.retry(attached()[0]?.key ?? "");
    await soon();
    expect(states()).toEqual(["done"]);
    expect(worker.all("send"), "not by itself").toEqual([]);
  });
});

describe("a removed file", () => {
  test("can be had back in its place, and is given back after", async () => {
    await start({});
    pane.attachments.add(1, [photo("a.jpg"), file("b.pdf", "application/pdf")]);
    const removed = pane.attachments.remove(attached()[0]?.key ?? "");
    expect(attached().map((one) => one.name)).toEqual(["b.pdf"]);
    removed?.back();
    expect(attached().map((one) => one.name)).toEqual(["a.jpg", "b.pdf"]);
    await soon();
    expect(states()).toEqual(["done", "done"]);
  });

  test("frees what it held", async () => {
    await start({ deaf: ["upload"] });
    pane.attachments.add(1, [photo()]);
    pane.attachments.remove(attached()[0]?.key ?? "")?.gone();
    expect(files.open.size).toBe(0);
  });
});

test("files of a refused text come back with its words", async () => {
  const worker = await start({
    pending: [pending(1, "Hello", { state: "refused", media: [stored] })],
    deaf: ["fetch_media"],
  });
  pane.attachments.restore(1, [stored]);
  pane.sending.send(1);
  expect(worker.last("send").media).toEqual([stored]);
});

test("files go along when the text goes to another number, and go once uploaded", async () => {
  const worker = await start({ deaf: ["upload"] });
  pane.attachments.add(1, [photo()]);
  await soon();
  pane.attachments.carry(1, 2);
  expect(attached()).toEqual([]);
  pane.sending.send(2);
  const { request } = worker.last("upload");
  worker.tell({ kind: "uploaded", request, media: stored });
  await soon();
  expect(worker.last("send")).toMatchObject({ conversation: 2, media: [stored] });
});

test("signing out frees every address", async () => {
  const worker = await start({});
  pane.attachments.add(1, [photo(), photo("b.jpg", MOST_BYTES + 1)]);
  await soon();
  worker.known.session = { connection: "signed_out" };
  worker.greet();
  expect(files.open.size).toBe(0);
});

const stored: Media = {
  ...{ id: 77, content_type: "image/jpeg", size: 1000, name: "photo.jpg" },
  ...{ width: 0, height: 0, state: "ready", error: "" },
};
