"""What a rep feels, in Chromium with the real extension: the click on Message, a key press, and
what the content script adds to a page that is full of phone numbers."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Frame, Page, sync_playwright

from benchmarks import machine, numbers_page
from benchmarks.arrivals import median, percentile
from benchmarks.plan import Plan
from benchmarks.traces import Load, traced
from demo.browser import Browser, Desktop
from demo.browser.launch import find_chromium
from demo.browser.serving import Serving
from demo.driver import Driver
from demo.stack import ROOT, Stack

EXTENSION: Path = ROOT / "extension"
BUILT = EXTENSION / "dist" / "content.js"
RECORD = "/contacts/102"  # one with texts already, so that the pane has bubbles to paint
MESSAGE = "Message Jonas Bergström-Achterberg, (646) 555-0142"
# A frame is on the screen once the task after its animation callbacks runs.
MARKS = """
globalThis.benchmarkAfterPaint = (then) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => then(performance.timeOrigin + performance.now());
  channel.port2.postMessage(0);
});
if (location.protocol === "chrome-extension:" && location.pathname === "/pane.html") {
  const complete = () =>
    document.querySelector(".bubble") && document.querySelector("textarea")?.checkVisibility();
  new MutationObserver((_, observer) => {
    if (!complete()) return;
    observer.disconnect();
    benchmarkAfterPaint((at) => { globalThis.benchmarkPainted = at; });
  }).observe(document, { subtree: true, childList: true, attributes: true });
}
"""
CLICKS = """() => addEventListener("click", (event) => {
  globalThis.benchmarkClicked = performance.timeOrigin + event.timeStamp;
}, true)"""
KEYS = """() => {
  globalThis.benchmarkKeys = [];
  let pressed = 0;
  addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
  addEventListener("input", () => {
    const begun = performance.timeOrigin + pressed;
    benchmarkAfterPaint((at) => benchmarkKeys.push(at - begun));
  }, true);
}"""


def absent() -> str:
    """Why the browser cannot be measured here; empty when it can."""
    if not BUILT.exists():
        return "the extension is not built: make build"
    with sync_playwright() as playwright:
        try:
            find_chromium(playwright)
        except RuntimeError as error:
            return str(error)
    return ""


def measure(plan: Plan) -> dict[str, Any]:
    """Times in ms. The browser has the whole machine, as it has on a rep's desk."""
    os.sched_setaffinity(0, machine.ALLOWED)
    with (
        sync_playwright() as playwright,
        Desktop() as desktop,
        Stack() as stack,
        Serving(numbers_page.app(plan.page_numbers)) as serving,
        Browser(playwright, EXTENSION, desktop=desktop) as browser,
    ):
        browser.context.add_init_script(MARKS)
        driver = Driver(browser, stack, desktop)
        driver.sign_in()
        clicks, keys = _pane(driver, plan)
        without = playwright.chromium.launch(
            executable_path=find_chromium(playwright), chromium_sandbox=os.geteuid() != 0
        )
        page = _page(browser, without.new_context(), serving.url, plan)
        without.close()
    return {"click_to_pane": _told(clicks), "key_to_paint": _told(keys), "page": page}


def _pane(driver: Driver, plan: Plan) -> tuple[list[float], list[float]]:
    """Each click is on a page that was just loaded, so that the pane's frame is made anew."""
    clicks: list[float] = []
    keys: list[float] = []
    for last in (each == plan.clicks - 1 for each in range(plan.clicks)):
        page = driver.open_record(RECORD)
        page.evaluate(CLICKS)
        pane = driver.message(page, MESSAGE)
        pane.wait_for_function("globalThis.benchmarkPainted")
        clicks.append(pane.evaluate("benchmarkPainted") - page.evaluate("benchmarkClicked"))
        if last:
            keys = _keys(page, pane, plan.keys)
        page.close()
    return clicks, keys


def _keys(page: Page, pane: Frame, count: int) -> list[float]:
    pane.get_by_role("textbox", name="Text to").focus()
    pane.evaluate(KEYS)
    for place in range(count):
        page.keyboard.press("abcdefgh "[place % 9])
        pane.wait_for_function("before => benchmarkKeys.length > before", arg=place)
    times: list[float] = pane.evaluate("benchmarkKeys")
    return times


def _page(
    browser: Browser, without: BrowserContext, url: str, plan: Plan
) -> dict[str, float | int | None]:
    """Loads take turns with and without the extension."""
    loads: dict[bool, list[Load]] = {True: [], False: []}
    for _ in range(plan.page_loads):
        for extended, context in ((True, browser.context), (False, without)):
            loads[extended].append(traced(context, url, browser.origin, plan.page_watched))
    middle: Callable[[Iterable[float]], float | None] = median
    return {
        "numbers": plan.page_numbers,
        "loads": plan.page_loads,
        "extension_ms": middle(each.extension_ms for each in loads[True]),
        "extension_longest_ms": middle(each.longest_ms for each in loads[True]),
        "script_with_ms": middle(each.script_ms for each in loads[True]),
        "script_without_ms": middle(each.script_ms for each in loads[False]),
        "task_with_ms": middle(each.task_ms for each in loads[True]),
        "task_without_ms": middle(each.task_ms for each in loads[False]),
        "extension_ms_without": middle(each.extension_ms for each in loads[False]),
    }


def _told(times: list[float]) -> dict[str, Any]:
    return {
        "p50_ms": percentile(times, 0.5),
        "worst_ms": percentile(times, 1),
        "times_ms": [round(each, 1) for each in times],
    }
