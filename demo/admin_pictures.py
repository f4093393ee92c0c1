"""Pictures of the admin pages, light and dark: ``python -m demo.admin_pictures FOLDER``."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from demo.admin_crm_tour import crms, furnish
from demo.admin_reconciliation_tour import reconciliation
from demo.admin_tour import programs, texting
from demo.browser.launch import find_chromium
from demo.browser.patience import PATIENCE_MS
from demo.import_tour import importing
from demo.seed import ADMIN, PASSWORD
from demo.stack import Stack

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
Keep = Callable[[Page, str], None]
REPLY = "Here’s a link to book a call with us: https://cal.example/brightpath"


def take(playwright: Playwright, folder: Path) -> None:
    """Every page as ``<name>-<scheme>.png``."""
    folder.mkdir(parents=True, exist_ok=True)
    with Stack(crm="salesforce") as stack:
        furnish(stack.config)
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright), args=["--no-sandbox"]
        )
        for scheme in SCHEMES:

            def keep(page: Page, name: str, scheme: str = scheme) -> None:
                page.screenshot(path=folder / f"{name}-{scheme}.png", full_page=True)

            tour(browser, stack.backend.url, scheme, keep)
            crm_tour(browser, stack.backend.url, scheme, keep)
        browser.close()


def tour(browser: Browser, url: str, scheme: Scheme, keep: Keep) -> None:
    """Sign in, work a little on every page, and hand each to ``keep`` with its name."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 860})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{url}/admin/")
    keep(page, "sign-in")
    sign_in(page)
    keep(page, "users")
    _users(page, scheme, keep)
    _licenses(page, keep)
    _quick_replies(page, scheme, keep)
    _settings(page, keep)
    texting(page, go, keep)
    importing(page, go, keep)
    for title in ("Decisions", "Audit log"):
        go(page, title)
        keep(page, title.lower().replace(" ", "-"))
    programs(page, go, keep)
    page.set_viewport_size({"width": 400, "height": 800})
    page.get_by_role("button", name="Menu").click()
    keep(page, "narrow")
    context.close()


def crm_tour(browser: Browser, url: str, scheme: Scheme, keep: Keep) -> None:
    """As :func:`tour`, through the pages of a CRM that is connected and was furnished."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 860})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{url}/admin/")
    sign_in(page)
    crms(page, go, keep)
    reconciliation(page, go, keep)
    context.close()


def sign_in(page: Page, email: str = ADMIN, password: str = PASSWORD) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Users", exact=True).wait_for()


def go(page: Page, title: str) -> None:
    """By the navigation, as an admin does."""
    page.get_by_role("link", name=title, exact=True).click()
    page.get_by_role("heading", name=title, exact=True, level=1).wait_for()


def _users(page: Page, scheme: Scheme, keep: Keep) -> None:
    page.get_by_role("link", name="Invite a user").click()
    page.get_by_role("heading", name="Invite a user", level=1).wait_for()
    page.get_by_label("Name").fill(f"Cleo {scheme.title()}")
    page.get_by_role("button", name="Invite").click()
    page.get_by_text("One field needs another look").first.wait_for()
    keep(page, "invite-wrong")
    page.get_by_label("Email").fill(f"cleo-{scheme}@brightpath.example")
    page.get_by_role("button", name="Invite").click()
    link = page.get_by_label("Link").input_value()
    keep(page, "link")
    page.get_by_role("link", name="Done").click()
    page.get_by_role("heading", name=f"Cleo {scheme.title()}", level=1).wait_for()
    keep(page, "user")
    page.get_by_role("button", name="Disable").click()
    page.get_by_role("dialog").wait_for()
    keep(page, "confirm")
    page.get_by_role("button", name="Cancel").click()
    invitee = page.context.new_page()
    invitee.goto(link)
    invitee.get_by_label("The same again").wait_for()
    keep(invitee, "welcome")
    invitee.close()


def _licenses(page: Page, keep: Keep) -> None:
    go(page, "Licenses")
    seats = page.get_by_role("textbox", name="Seats").first
    seats.fill("1")
    page.get_by_role("button", name="Save seats").first.click()
    page.get_by_text("hold a messenger license").first.wait_for()
    keep(page, "licenses-wrong")
    seats.fill("8")
    page.get_by_role("button", name="Save seats").first.click()
    page.get_by_role("status").filter(has_text="Seats saved.").or_(
        page.get_by_role("status").filter(has_text="Nothing was different.")
    ).first.wait_for()
    keep(page, "licenses")


def _quick_replies(page: Page, scheme: Scheme, keep: Keep) -> None:
    go(page, "Quick replies")
    keep(page, "quick-replies-before")
    page.get_by_role("link", name="Write").first.click()
    page.get_by_role("heading", name="Write a quick reply", level=1).wait_for()
    page.get_by_label("Name").fill(f"Book a call, {scheme}")
    page.get_by_label("Text", exact=True).press_sequentially(REPLY)
    page.get_by_text("sent as 1 segment").wait_for()
    keep(page, "quick-reply")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name=f"Book a call, {scheme}").wait_for()
    keep(page, "quick-replies")


def _settings(page: Page, keep: Keep) -> None:
    go(page, "Settings")
    keep(page, "settings")
    page.get_by_label("A segment").fill("cheap")
    page.get_by_role("button", name="Save settings").click()
    page.get_by_text("such as 0.0083").first.wait_for()
    keep(page, "settings-wrong")


if __name__ == "__main__":
    with sync_playwright() as started:
        take(started, Path(sys.argv[1]))
