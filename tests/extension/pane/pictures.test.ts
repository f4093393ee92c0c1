// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { files, pane, start } from "./stage";

const soon = () => vi.advanceTimersByTimeAsync(0);
const bytes = btoa("bytes");

test("a picture is asked for once and then has an address", async () => {
  const worker = await start({ media: { 5: ["image/png", bytes] } });
  expect(pane.pictures.url(5)).toBe("");
  expect(pane.pictures.url(5)).toBe("");
  await soon();
  expect(pane.pictures.url(5)).toBe("blob:1");
  expect(worker.all("fetch_media")).toHaveLength(1);
});

test.each(["image/svg+xml", "text/html", "application/pdf"])("%s gets none", async (type) => {
  await start({ media: { 5: [type, bytes] } });
  pane.pictures.url(5);
  await soon();
  expect(pane.pictures.url(5)).toBe("");
  expect(pane.pictures.error(5)).not.toBe("");
  expect(files.open.size).toBe(0);
});

test("what did not load says why and can be asked for again", async () => {
  const worker = await start({
    refuses: { fetch_media: "It is gone." },
    media: { 5: ["image/png", bytes] },
  });
  pane.pictures.url(5);
  await soon();
  expect(pane.pictures.error(5)).toBe("It is gone.");
  pane.pictures.url(5);
  expect(worker.all("fetch_media"), "not by itself").toHaveLength(1);
  worker.known.refuses = {};
  pane.pictures.again(5);
  await soon();
  expect(pane.pictures.url(5)).toBe("blob:1");
  expect(pane.pictures.error(5)).toBe("");
});

test("the least used are given back, those on the screen never", async () => {
  const media = Object.fromEntries(
    Array.from({ length: 70 }, (_, i) => [i + 1, ["image/png", bytes] as [string, string]]),
  );
  await start({ media });
  const release = pane.pictures.use(1);
  for (let id = 1; id <= 70; id++) {
    pane.pictures.url(id);
    await soon();
  }
  expect(files.open.size).toBeLessThanOrEqual(61);
  expect(files.open).toContain("blob:1");
  expect(files.open).not.toContain("blob:2");
  release();
});
