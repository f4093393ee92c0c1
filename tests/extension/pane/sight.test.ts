// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Sight, watchSight } from "../../../extension/src/pane/sight";

type Entry = Pick<
  IntersectionObserverEntry,
  "isIntersecting" | "isVisible" | "intersectionRatio"
> & { target?: Element };
const root = document.documentElement;

const seen: Entry = { isIntersecting: true, isVisible: true, intersectionRatio: 1 };
const covered: Entry = { isIntersecting: true, isVisible: false, intersectionRatio: 1 };
const cut: Entry = { isIntersecting: false, isVisible: false, intersectionRatio: 0.9 };
const away: Entry = { isIntersecting: false, isVisible: false, intersectionRatio: 0 };

let tell: (...entries: Entry[]) => void;
let untold: Entry[];
let watched: Element[];
let asked: number;
let look: () => Sight;

class Observer {
  constructor(heard: (entries: Entry[]) => void) {
    tell = (...entries) => heard(entries.map((entry) => ({ target: root, ...entry })));
  }
  observe(element: Element): void {
    asked += 1;
    watched.push(element);
  }
  unobserve = (element: Element) => watched.splice(watched.indexOf(element), 1);
  disconnect(): void {
    watched.splice(0);
    untold.splice(0);
  }
  takeRecords = () => untold.splice(0).map((entry) => ({ target: root, ...entry }));
}

function turnTo(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("IntersectionObserver", Observer);
  [untold, watched, asked] = [[], [], 0];
  look = watchSight(document);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a pane is clear once it has been seen for half a second", () => {
  expect(look()).toBe("early");
  tell(seen);
  vi.advanceTimersByTime(499);
  expect(look()).toBe("early");
  vi.advanceTimersByTime(1);
  expect(look()).toBe("clear");
  expect(document.documentElement.hasAttribute("data-clear")).toBe(true);
});

test.each([
  [covered, "covered"],
  [cut, "covered"],
  [away, "early"],
] as const)("%o ends it at once, and the half second begins anew", (entry, sight) => {
  tell(seen);
  vi.advanceTimersByTime(500);
  tell(entry);
  expect(look()).toBe(sight);
  expect(document.documentElement.hasAttribute("data-clear")).toBe(false);
  vi.advanceTimersByTime(5000);
  expect(look()).toBe(sight);
  tell(seen);
  vi.advanceTimersByTime(499);
  expect(look()).toBe("early");
  vi.advanceTimersByTime(1);
  expect(look()).toBe("clear");
});

test("what covered it for a moment between two tellings counts", () => {
  tell(seen);
  vi.advanceTimersByTime(400);
  tell(covered, seen);
  vi.advanceTimersByTime(400);
  expect(look()).toBe("early");
  vi.advanceTimersByTime(100);
  expect(look()).toBe("clear");
});

test("what Chrome has noticed and not told yet counts", () => {
  tell(seen);
  vi.advanceTimersByTime(500);
  untold = [covered];
  expect(look()).toBe("covered");
});

test("what Chrome says again does not begin the half second anew", () => {
  tell(seen);
  vi.advanceTimersByTime(300);
  tell(seen);
  vi.advanceTimersByTime(199);
  expect(look()).toBe("early");
  vi.advanceTimersByTime(1);
  expect(look()).toBe("clear");
});

test("Chrome is asked twice a second, as it leaves some changes untold", () => {
  tell(covered);
  for (const told of [covered, seen, seen]) {
    const before = asked;
    vi.advanceTimersByTime(500);
    expect([asked, watched]).toEqual([before + 1, [root]]);
    tell(told);
  }
  expect(look()).toBe("clear");
  untold = [covered];
  vi.advanceTimersByTime(500);
  expect(document.documentElement.hasAttribute("data-clear")).toBe(false);
});

test("what was seen before the tab was left says nothing on coming back", () => {
  tell(seen);
  vi.advanceTimersByTime(500);
  turnTo("hidden");
  expect([look(), watched]).toEqual(["early", []]);
  turnTo("visible");
  expect([look(), watched]).toEqual(["early", [document.documentElement]]);
  tell(seen);
  vi.advanceTimersByTime(500);
  expect(look()).toBe("clear");
});

describe("A modal dialog of the pane", () => {
  const dialog = document.createElement("dialog");
  const inFront = { ...seen, target: dialog };

  beforeEach(() => {
    dialog.setAttribute("open", "");
    tell(seen);
    vi.advanceTimersByTime(500);
    document.body.append(dialog);
    tell(covered); // as Chrome says of whatever lies behind it
  });
  afterEach(() => dialog.remove());

  test("covers nothing, as it is looked at in place of what lies behind it", () => {
    expect([look(), watched]).toEqual(["clear", [dialog]]);
    tell(inFront);
    expect(look()).toBe("clear");
    dialog.remove();
    tell({ ...away, target: dialog });
    expect([look(), watched]).toEqual(["clear", [root]]);
  });

  test("is covered by what covers the pane", () => {
    tell(inFront, { ...covered, target: dialog });
    expect(look()).toBe("covered");
    dialog.remove();
    tell({ ...away, target: dialog });
    expect(look()).toBe("covered");
    tell(seen);
    vi.advanceTimersByTime(500);
    expect(look()).toBe("clear");
  });
});
