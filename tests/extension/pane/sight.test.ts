// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type IsClear, watchSight } from "../../../extension/src/pane/sight";

type Entry = Pick<IntersectionObserverEntry, "isIntersecting" | "isVisible">;

const seen: Entry = { isIntersecting: true, isVisible: true };
const covered: Entry = { isIntersecting: true, isVisible: false };
const outside: Entry = { isIntersecting: false, isVisible: false };

let tell: (...entries: Entry[]) => void;
let untold: Entry[];
let watched: Element[];
let isClear: IsClear;

class Observer {
  constructor(heard: (entries: Entry[]) => void) {
    tell = (...entries) => heard(entries);
  }
  observe = (element: Element) => watched.push(element);
  disconnect = () => watched.splice(0);
  takeRecords = () => untold.splice(0);
}

function turnTo(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("IntersectionObserver", Observer);
  [untold, watched] = [[], []];
  isClear = watchSight(document);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a pane is clear once it has been seen for half a second", () => {
  expect(isClear()).toBe(false);
  tell(seen);
  vi.advanceTimersByTime(499);
  expect(isClear()).toBe(false);
  vi.advanceTimersByTime(1);
  expect(isClear()).toBe(true);
  expect(document.documentElement.hasAttribute("data-clear")).toBe(true);
});

test.each([covered, outside])("%o ends it at once, and the half second begins anew", (entry) => {
  tell(seen);
  vi.advanceTimersByTime(500);
  tell(entry);
  expect(isClear()).toBe(false);
  expect(document.documentElement.hasAttribute("data-clear")).toBe(false);
  vi.advanceTimersByTime(5000);
  expect(isClear()).toBe(false);
  tell(seen);
  vi.advanceTimersByTime(499);
  expect(isClear()).toBe(false);
  vi.advanceTimersByTime(1);
  expect(isClear()).toBe(true);
});

test("what covered it for a moment between two tellings counts", () => {
  tell(seen);
  vi.advanceTimersByTime(400);
  tell(covered, seen);
  vi.advanceTimersByTime(400);
  expect(isClear()).toBe(false);
  vi.advanceTimersByTime(100);
  expect(isClear()).toBe(true);
});

test("what Chrome has noticed and not told yet counts", () => {
  tell(seen);
  vi.advanceTimersByTime(500);
  untold = [covered];
  expect(isClear()).toBe(false);
});

test("what was seen before the tab was left says nothing on coming back", () => {
  tell(seen);
  vi.advanceTimersByTime(500);
  turnTo("hidden");
  expect([isClear(), watched]).toEqual([false, []]);
  turnTo("visible");
  expect([isClear(), watched]).toEqual([false, [document.documentElement]]);
  tell(seen);
  vi.advanceTimersByTime(500);
  expect(isClear()).toBe(true);
});
