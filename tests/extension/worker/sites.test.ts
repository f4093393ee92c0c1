import { beforeEach, expect, test, vi } from "vitest";
import { siteMenuClicked } from "../../../extension/src/worker/site_menu";
import {
  putIntoOpenTabs,
  registerAdded,
  sites,
  switchSite,
} from "../../../extension/src/worker/sites";
import { settle, World } from "../fakes";

const ADDED = "https://crm.example.com/*";
let world: World;
beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
});

test("A site that is switched off is kept until it is switched on again", async () => {
  await switchSite("app.hubspot.com", false);
  await switchSite("app.hubspot.com", false);
  expect(await sites()).toEqual({ off: ["app.hubspot.com"], added: [] });
  await switchSite("app.hubspot.com", true);
  expect([...world.local]).toEqual([]);
});

test("Sites that the rep has added run our script from now on, until they are removed", async () => {
  await registerAdded();
  expect(world.registered).toEqual([]);
  world.granted.push(ADDED);
  await registerAdded();
  expect(world.registered).toMatchObject([{ matches: [ADDED], js: ["dist/content.js"] }]);
  world.granted.push("https://other.example.com/*");
  await registerAdded();
  expect(world.registered).toMatchObject([{ matches: [ADDED, "https://other.example.com/*"] }]);
  expect((await sites()).added).toHaveLength(2);
  world.granted.length = 0;
  await registerAdded();
  expect(world.registered).toEqual([]);
});

test("Our script is put into open tabs where none answers, and into no other", async () => {
  world.tabs.set(1, { answers: true }).set(2, { answers: false });
  await putIntoOpenTabs([ADDED]);
  expect(world.scripted).toEqual([2]);
  await putIntoOpenTabs([]);
  expect(world.scripted).toEqual([2]);
});

test("The toolbar's menu turns a site off and on, and asks for leave where it needs it", async () => {
  const request = vi.fn(async () => true);
  Object.assign(chrome.permissions, { request });
  const tab = { url: "https://crm.example.com/people/1" } as chrome.tabs.Tab;
  siteMenuClicked("off", tab);
  await settle();
  expect((await sites()).off).toEqual(["crm.example.com"]);
  expect(request).not.toHaveBeenCalled();
  siteMenuClicked("use", tab);
  expect(request).toHaveBeenCalledWith({ origins: [ADDED] }); // before anything is waited for
  await settle();
  expect((await sites()).off).toEqual([]);
  siteMenuClicked("use", { url: "chrome://settings/" } as chrome.tabs.Tab);
  siteMenuClicked("use", undefined);
  expect(request).toHaveBeenCalledOnce();
});
