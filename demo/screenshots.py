"""``make screenshots``: takes the pictures in docs/ from the running product, light and dark."""

import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Page, Playwright, sync_playwright

from demo import admin_pictures, logged
from demo.browser import Browser, Desktop
from demo.check import EXTENSION, MAYA, MESSAGE_MAYA
from demo.driver import Driver, Phone
from demo.more import picture
from demo.seed import ANA_NUMBER, BEN
from demo.stack import ROOT, Stack

PICTURES = ROOT / "docs" / "screenshots"
EMOJI = "🙌"
LONG = "Maximiliane-Alexandrina von Wolfeschlegelsteinhausen-Featherstonehaugh"


def main() -> None:
    """Every picture, from a fresh stack for each colour scheme."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        for scheme in ("light", "dark"):
            _pictures(playwright, scheme)
        _admin(playwright)


def _pictures(playwright: Playwright, scheme: Literal["light", "dark"]) -> None:
    with (
        Desktop() as desktop,
        Stack(crm="salesforce") as stack,
        Browser(playwright, EXTENSION, desktop=desktop, colour_scheme=scheme, scale=1.5) as browser,
    ):
        driver = Driver(browser, stack, desktop)

        def keep(page: Page, name: str) -> None:
            page.wait_for_timeout(400)  # until fonts, transitions and the caret are at rest
            taken = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
            taken.convert("RGB").save(PICTURES / f"{name}-{scheme}.webp", quality=90, method=6)

        options = browser.extension_page("options.html")
        keep(options, "sign-in")
        options.close()
        _empty(driver, keep)
        driver.sign_in().close()
        page = _conversation(driver, keep)
        _actions(driver, keep)
        _phone(driver, keep)
        _rules(driver, keep)
        _long_names_and_more(driver, keep)
        _logged(driver, keep)
        stack.backend.kill()
        _offline(driver, page, keep)


Keep = Callable[[Page, str], None]
ADMIN = ("users", "licenses", "settings", "decisions", "deliverability", "usage-and-cost", "a2p")


def _admin(playwright: Playwright) -> None:
    with tempfile.TemporaryDirectory() as folder:
        admin_pictures.take(playwright, Path(folder))
        for name in ADMIN:
            for scheme in admin_pictures.SCHEMES:
                taken = Image.open(Path(folder) / f"{name}-{scheme}.png").convert("RGB")
                top = taken.crop((0, 0, taken.width, min(taken.height, 860)))
                top.save(PICTURES / f"admin-{name}-{scheme}.webp", quality=90, method=6)


def _empty(driver: Driver, keep: Keep) -> None:
    options = driver.sign_in(BEN)
    page = driver.open_record("/contacts")
    driver.browser.click_named(page, "Open Repline")
    driver.browser.pane(page).get_by_text("No conversations yet").wait_for()
    keep(page, "empty")
    page.close()
    options.get_by_role("button", name="Sign out").click()
    options.get_by_role("button", name="Sign in").wait_for()
    options.close()


def _conversation(driver: Driver, keep: Keep) -> Page:
    page = driver.open_record("/contacts/101")
    phone = Phone(driver.stack, MAYA)
    pane = driver.message(page, MESSAGE_MAYA)
    driver.send(
        pane,
        "Hi Maya, Ana from Brightpath. Following up on Tuesday's demo: would a short call this"
        " week help?",
    )
    pane.get_by_text("Delivered").first.wait_for()
    phone.text(f"Yes! The team loved it {EMOJI}")
    phone.text("Thursday at 2 works. Can you send the pricing sheet before?")
    pane.get_by_text("pricing sheet before").last.wait_for()
    driver.send(pane, "Of course, sending it over now.")
    pane.get_by_text("Delivered").nth(1).wait_for()
    box = pane.get_by_role("textbox", name="Text to")
    box.fill("Here’s the sheet. See you Thursday at 2, I’ll bring the onboarding plan")
    keep(page, "pane")
    box.fill("")
    pane.get_by_role("button", name="Emoji").click()
    pane.get_by_role("button", name="grinning face", exact=True).wait_for()
    keep(page, "emoji")
    page.keyboard.press("Escape")
    return page


def _actions(driver: Driver, keep: Keep) -> None:
    page = driver.open_record("/contacts/109")
    driver.offers(page, "Message Priya Ashworth")
    driver.browser.hover_named(page, "Message Priya Ashworth")
    keep(page, "action-inactive")
    page.close()
    page = driver.open_record("/contacts/101")
    driver.offers(page, MESSAGE_MAYA)
    keep(page, "action-active")
    page.close()


def _rules(driver: Driver, keep: Keep) -> None:
    """A picture, a wish to stop, and what happened to a person."""
    page = driver.open_record("/contacts/101")
    phone = Phone(driver.stack, MAYA)
    pane = driver.message(page, MESSAGE_MAYA)
    phone.text(
        "Here is the dock that I meant.", media=[("image/png", picture((96, 125, 139), 640, 400))]
    )
    pane.get_by_role("button", name="Picture").first.wait_for()
    phone.text("Actually, please stop texting me about the old plan")
    pane.get_by_role("button", name="Yes, opt out").wait_for()
    keep(page, "wish-to-stop")
    pane.get_by_role("button", name="No, keep texting").click()
    pane.get_by_role("textbox", name="Text to").wait_for()
    pane.get_by_role("button", name="More about Maya").click()
    pane.get_by_role("menuitem", name="Activity").click()
    pane.get_by_role("textbox", name="Note about").wait_for()
    keep(page, "activity")
    page.close()


def _phone(driver: Driver, keep: Keep) -> None:
    page = driver.browser.page(
        f"{driver.stack.simulator.url}/?phone=%2B{MAYA[1:]}&to=%2B{ANA_NUMBER[1:]}"
    )
    keep(page, "phone")
    page.close()


def _long_names_and_more(driver: Driver, keep: Keep) -> None:
    page = driver.open_record("/contacts/113")
    pane = driver.message(page, f"Message {LONG}, (215) 555-0166")
    driver.send(pane, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten" * 2)
    pane.get_by_text("Delivered").first.wait_for()
    keep(page, "long-names")
    page.close()
    page = driver.open_record("/contacts/106")
    driver.message(page, "Message נועה כהן, (212) 555-0134")
    keep(page, "right-to-left")
    page.close()
    page = driver.open_record("/contacts/107")
    driver.browser.click_named(page, "Message Dmitri Kaplan, (312) 555-0177")
    pane = driver.browser.pane(page)
    pane.get_by_text("Opted out").first.wait_for()
    keep(page, "opted-out")
    page.close()


def _logged(driver: Driver, keep: Keep) -> None:
    """On a page of the connected Salesforce, each text with its receipt."""
    page = driver.browser.page(f"{driver.stack.connected.url}{logged.EVES_PAGE}")
    driver.offers(page, logged.EVE)
    pane = driver.message(page, logged.EVE)
    driver.send(pane, logged.SENT)
    pane.get_by_role("link", name="Logged to Salesforce").first.wait_for()
    Phone(driver.stack, "+15125550118").text(logged.RECEIVED)
    pane.get_by_role("link", name="Logged to Salesforce").nth(1).wait_for()
    keep(page, "logged")
    page.close()


def _offline(driver: Driver, page: Page, keep: Keep) -> None:
    page.bring_to_front()
    pane = driver.browser.pane(page)
    pane.get_by_text("Offline").first.wait_for()
    driver.send(pane, "The sheet is in your inbox.")
    pane.get_by_text("The sheet is in your inbox.").first.wait_for()
    keep(page, "offline")


if __name__ == "__main__":
    main()
