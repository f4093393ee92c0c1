import { beforeEach, describe, expect, test, vi } from "vitest";
import { BUILT_IN } from "../../../extension/src/lib/crm_table";
import { World } from "../fakes";

const HOUR = 60 * 60_000;
const NEWER = { ...BUILT_IN, version: BUILT_IN.version + 1 };
let world: World;
beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
});

const asked = () => world.calls.filter(({ path }) => path.startsWith("/crm-pages"));
const answer = (body: unknown) => async () => Response.json(body);

describe("A newer table of CRM pages", () => {
  test("is asked for at the sign-in, and kept for content scripts", async () => {
    world.table = answer(NEWER);
    await world.signIn();
    expect(asked().map(({ path }) => path)).toEqual([`/crm-pages?known=${BUILT_IN.version}`]);
    expect(world.local.get("crm_table")).toMatchObject({ version: NEWER.version });
  });

  test("is asked for once a day, also by the worker's next lives", async () => {
    await world.signIn();
    await world.core.crmPages.refresh();
    const next = await world.restart();
    await next.crmPages.refresh();
    expect(asked()).toHaveLength(1);
    vi.setSystemTime(Date.now() + 25 * HOUR);
    await next.crmPages.refresh();
    expect(asked()).toHaveLength(2);
  });

  test("that the backend does not have leaves nothing behind", async () => {
    await world.signIn();
    expect([...world.local]).toEqual([]);
  });

  test.each([
    ["unfit", { ...NEWER, crms: [{ ...NEWER.crms[1], hosts: [".com"] }] }],
    ["no newer after all", BUILT_IN],
    ["no table", { ok: true }],
    ["too large", { ...NEWER, more: "x".repeat(200_000) }],
  ])("that is %s is not kept", async (_what, body) => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    world.table = answer(body);
    await world.signIn();
    expect([...world.local]).toEqual([]);
  });

  test("that could not be had is asked for again", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    world.table = () => Promise.reject(new TypeError("Failed to fetch"));
    await world.signIn();
    world.table = answer(NEWER);
    await world.core.crmPages.refresh();
    expect(world.local.has("crm_table")).toBe(true);
  });
});
