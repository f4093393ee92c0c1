// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { App } from "../../../extension/src/pane/components/App";
import { PaneContext } from "../../../extension/src/pane/context";
import type { TimeSuggested } from "../../../extension/src/wire";
import { file } from "./fake_files";
import type { FakeWorker, Known } from "./fake_worker";
import { blocked, MINUTE, NOW } from "./people";
import { maya, pane, start } from "./stage";

const HOUR = 60 * MINUTE;
/** 8 PM in New York, when the team's day ends somewhere else. */
const MIDNIGHT = NOW + 9 * HOUR + 16 * MINUTE;
const MORNING = MIDNIGHT + 13 * HOUR;
const suggested: Partial<TimeSuggested> = {
  ...{ type: "time.suggested", zone: "America/New_York" },
  times: [
    { at: NOW + HOUR, label: "In 1 hour" },
    { at: MORNING, label: "Tomorrow morning" },
  ],
  windows: [
    [NOW - HOUR, NOW + 9 * HOUR],
    [MORNING - HOUR, MORNING + 11 * HOUR],
  ],
};

beforeEach(() => {
  document.body.innerHTML = "<main></main>";
});

async function show(known: Known): Promise<FakeWorker> {
  const worker = await start(known);
  const drawn = (
    <PaneContext.Provider value={pane}>
      <App />
    </PaneContext.Provider>
  );
  await act(async () => render(drawn, root()));
  return worker;
}

const root = () => document.querySelector("main") as HTMLElement;
const area = () => root().querySelector<HTMLTextAreaElement>("form.compose textarea");
const buttons = () =>
  [...root().querySelectorAll<HTMLButtonElement>(".go button")].map(
    (one) => one.textContent || one.getAttribute("aria-label"),
  );

/** Does it, and lets all be drawn and answered that follows from it. */
async function when(work: () => void): Promise<void> {
  await act(async () => work());
  for (let turn = 0; turn < 3; turn++)
    await act(async () => void (await vi.advanceTimersByTimeAsync(0)));
}

async function type(words: string): Promise<void> {
  const element = area() as HTMLTextAreaElement;
  await when(() => {
    element.value = words;
    element.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
}

describe("A license that is revoked while one writes", () => {
  test("leaves words and files where they are; they are there when it is back", async () => {
    const worker = await show({});
    await type("Half a sent");
    await when(() => pane.attachments.add(1, [file("photo.jpg", "image/jpeg")]));
    expect(root().querySelectorAll(".attachment.done")).toHaveLength(1);

    const revoked = blocked("no_license", "You have no Messenger license. Ask Sam Lee for one.");
    worker.known.session = { blocked: revoked };
    await when(() => worker.greet());
    expect(area()).toBeNull();
    expect(root().querySelector(".blocked")?.textContent).toContain("Ask Sam Lee for one.");
    expect(root().querySelector(".blocked")?.textContent).toContain("Your draft is kept.");
    await when(() => vi.advanceTimersByTime(300));
    expect(worker.last("draft").body).toBe("Half a sent");

    worker.known.session = { blocked: null };
    await when(() => worker.greet());
    expect(area()?.value).toBe("Half a sent");
    expect(root().querySelectorAll(".attachment.done")).toHaveLength(1);
    await when(() => pane.sending.send(1));
    expect(worker.last("send")).toMatchObject({ body: "Half a sent", media: [{ id: 501 }] });
  });
});

describe("A day's texts that are used up", () => {
  const words = "You have sent your 500 texts of today. Schedule it, or ask your admin.";
  const capped = (reason: string) => ({
    conversations: [{ ...maya, blocked: blocked(reason, words, { until: MIDNIGHT }) }],
    answers: { "time.suggest": suggested },
    drafts: { 1: "Good morning" },
  });

  test.each(["user_cap", "team_cap"])("(%s) leave a text for another day", async (reason) => {
    const worker = await show(capped(reason));
    expect(root().querySelector(".compose-place")?.textContent).toContain(words);
    expect(buttons()).toEqual(["Choose a time"]);
    await when(() => root().querySelector<HTMLButtonElement>(".go button")?.click());
    const times = [...root().querySelectorAll<HTMLButtonElement>(".times button")];
    expect(times.map((one) => one.querySelector("b")?.textContent)).toEqual(["Tomorrow morning"]);
    await when(() => times[0]?.click());
    expect(worker.last("send")).toMatchObject({ body: "Good morning", send_at: MORNING });
    expect(area()?.value).toBe("");
  });

  test("do not go at midnight by Enter: it asks for the time", async () => {
    const worker = await show(capped("user_cap"));
    const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
    await when(() => area()?.dispatchEvent(enter));
    expect(root().querySelectorAll(".times button")).toHaveLength(1);
    expect(worker.all("send")).toEqual([]);
  });

  test("hinder nothing when the day is over", async () => {
    const over = { ...maya, blocked: blocked("user_cap", words, { until: NOW - MINUTE }) };
    await show({ ...capped("user_cap"), conversations: [over] });
    expect(buttons()).toEqual(["Send", "Send later"]);
  });
});

test("Quiet hours still name their end on the button", async () => {
  const quiet = blocked("quiet_hours", "It is 7:44 AM for Maya.", { until: NOW + 16 * MINUTE });
  await show({ conversations: [{ ...maya, zone: "America/Los_Angeles", blocked: quiet }] });
  expect(buttons()).toEqual(["Schedule for 8:00 AM their time", "Send later"]);
});
