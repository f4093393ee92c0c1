"""``make demo CHECK=1``: the main job once, in a real browser without a screen."""

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright

from demo.browser import Browser, Desktop, PushService
from demo.driver import Driver, Phone, Timer
from demo.more import everything
from demo.stack import ROOT, Stack

MAYA = "+14045550187"
MESSAGE_MAYA = "Message Maya Okonkwo, (404) 555-0187"
EXTENSION: Path = ROOT / "extension"


def main_job(driver: Driver, say: Callable[[str], None]) -> None:
    """A rep texts a prospect from a CRM page and reads the answer, also while the worker sleeps."""
    timer = Timer(say)
    phone = Phone(driver.stack, MAYA)
    driver.sign_in()
    timer.done("signed in")
    page = driver.open_record("/contacts/101")
    driver.offers(page, MESSAGE_MAYA)
    timer.done("record opened, Message offered")
    pane = driver.message(page, MESSAGE_MAYA)
    timer.done("pane opened on Maya")
    driver.send(pane, "Hi Maya, would a short call this week help?")
    pane.get_by_text("would a short call this week help?").first.wait_for()
    timer.done("sent: the bubble is there")
    driver.until(lambda: phone.received(), "the text on the phone")
    timer.done("the prospect's phone has it")
    pane.get_by_text("Delivered").first.wait_for()
    timer.done("the bubble says Delivered")

    page.keyboard.press("Escape")
    driver.until(lambda: not pane.is_visible("body"), "the pane closed")
    unread = int(driver.badge() or 0)
    phone.text("Yes! Thursday at 2 works.")
    shown = driver.notified("Thursday at 2 works.")
    timer.done("answered: a desktop notification")
    driver.until(lambda: driver.badge() == str(unread + 1), "the badge")
    timer.done("the toolbar badge counts it")
    driver.desktop.click(shown.id)
    pane = driver.composing(page)
    pane.get_by_text("Thursday at 2 works.").last.wait_for()
    timer.done("its click opened the pane on the conversation")
    driver.until(lambda: driver.badge() == (str(unread) if unread else ""), "the badge")
    timer.done("read: the badge is back")

    page.close()
    driver.browser.stop_worker()
    timer.done("the worker is stopped")
    phone.text("Could you send the pricing sheet before?")
    driver.notified("pricing sheet")
    timer.done("a push woke it: a desktop notification")
    driver.until(driver.browser.worker_running, "the worker")
    driver.until(lambda: driver.badge() == str(unread + 1), "the badge")
    timer.done("connected again, counted once")
    page = driver.open_record("/contacts/101")
    driver.offers(page, MESSAGE_MAYA)
    everything(driver, page, driver.message(page, MESSAGE_MAYA), phone, timer)


def main() -> int:
    """0 when the main job went through, 1 with the reason when it did not."""

    def say(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    with (
        sync_playwright() as playwright,
        Desktop() as desktop,
        PushService() as push,
        Stack(push_url=push.url, crm="salesforce") as stack,
    ):
        try:
            with Browser(playwright, EXTENSION, desktop=desktop, push=push) as browser:
                main_job(Driver(browser, stack, desktop), say)
        except Exception as error:
            say(f"failed: {error}\n--- the backend said ---\n{stack.backend.stderr()[-4000:]}")
            return 1
    say("The main job works.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
