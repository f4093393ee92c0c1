"""On which sites Repline is, and that it stays there when the extension is updated."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from demo.browser import Browser, Desktop, Serving
from tests.e2e.shaped import shaped_browser, update_extension
from tests.pages.people import CRMS
from tests.pages.serving import PLAIN_HOST, app

CRM = CRMS["salesforce"]
PERSON, OTHER = CRM.people[0], CRM.people[1]
SIGN_IN = f"Message {PERSON.name}"  # nobody is signed in: the button says so
PLAIN = f"https://{PLAIN_HOST}/people/1"
ADA = "Message Ada Byron"
LAUNCHER = "Sign in to Repline"


@pytest.fixture(scope="module")
def browser_on_crms(
    playwright: Playwright, desktop: Desktop, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    with shaped_browser(playwright, desktop, tmp_path_factory.mktemp("sites"), {}) as browser:
        yield browser


@pytest.fixture
def rep(browser_on_crms: Browser) -> Iterator[Browser]:
    yield browser_on_crms
    for page in browser_on_crms.context.pages:
        if page is not browser_on_crms.control:
            page.close()


def open_record(rep: Browser) -> Page:
    page = rep.page(CRM.url(PERSON.path))
    page.bring_to_front()
    rep.until(lambda: rep.named(page, SIGN_IN), what=SIGN_IN)
    return page


def hosts(page: Page) -> int:
    return page.locator("#repline-root").count()


def settings(rep: Browser) -> Page:
    page = rep.extension_page("options.html")
    page.get_by_role("heading", name="Sites").wait_for()
    return page


def test_a_rep_turns_repline_off_on_a_site_and_on_again(rep):
    page = open_record(rep)
    at = rep.named(page, LAUNCHER)
    assert at
    rep.click_named(page, LAUNCHER, button="right")
    off = "Turn off on this site Turn it on again in the settings"
    rep.click_named(page, off, "menuitem")
    rep.until(lambda: hosts(page) == 0, what="nothing of ours on the page")
    page.reload()
    again = rep.page(CRM.url(OTHER.path))
    again.locator("records-highlights2").wait_for()
    options = settings(rep)
    assert hosts(page) == hosts(again) == 0
    options.get_by_role("button", name=f"Turn on {CRM.host}").click()
    options.get_by_text("Turned off").wait_for(state="detached")
    rep.until(lambda: rep.named(page, SIGN_IN), what="at once, without a reload")
    rep.until(lambda: rep.named(again, f"Message {OTHER.name}"), what="in the other tab too")


def test_a_rep_uses_repline_on_a_site_of_their_own_until_they_remove_it(rep):
    before = rep.page(PLAIN)
    before.get_by_role("heading", name="Ada Byron").wait_for()
    options = settings(rep)
    field = options.get_by_label("Use Repline on another site")
    field.fill("http://crm.example.com")
    options.get_by_role("button", name="Use on this site").click()
    options.get_by_text("Enter an address that begins with https://").wait_for()
    assert hosts(before) == 0
    # What a rep's Allow does; the click that asks for it is real.
    rep.grant(f"https://{PLAIN_HOST}/*")
    field.fill(PLAIN)
    options.get_by_role("button", name="Use on this site").click()
    remove = options.get_by_role("button", name=f"Remove {PLAIN_HOST}")
    remove.wait_for()
    rep.until(lambda: rep.named(before, ADA), what="in the tab that was open")
    after = rep.page(PLAIN)
    rep.until(lambda: rep.named(after, ADA), what="in a new tab")
    rep.stop_worker()
    later = rep.page(PLAIN)
    rep.until(lambda: rep.named(later, ADA), what="whatever becomes of the worker")
    remove.click()
    remove.wait_for(state="detached")
    gone = rep.page(PLAIN)
    gone.get_by_role("heading", name="Ada Byron").wait_for()
    registered = "chrome.scripting.getRegisteredContentScripts()"
    rep.until(lambda: rep.control.evaluate(registered) == [], what="no script is registered")
    assert hosts(gone) == 0


def test_an_update_with_pages_open_asks_for_no_reload_where_the_new_version_may_take_over(
    playwright: Playwright, desktop: Desktop, tmp_path: Path
):
    ask_for_reload = "Repline was updated. Reload this page"
    with (
        shaped_browser(playwright, desktop, tmp_path, {}) as rep,
        Serving(app()) as served,  # this machine's own pages may not be scripted
    ):
        local = rep.page(served.url)
        rep.until(lambda: rep.named(local, ADA), what=ADA)
        page = open_record(rep)
        page.evaluate("document.getElementById('repline-root').dataset.version = 'old'")
        page.evaluate("window.here = true")
        update_extension(rep)
        page.bring_to_front()
        rep.until(lambda: page.locator("[data-version=old]").count() == 0, what="the old one gone")
        rep.until(lambda: rep.named(page, SIGN_IN), what=SIGN_IN)
        move(page, OTHER.path)
        rep.until(lambda: rep.named(page, f"Message {OTHER.name}"), what="it follows the page")
        assert not rep.named(page, ask_for_reload)
        assert hosts(page) == 1
        assert page.evaluate("window.here"), "nobody reloaded the page"
        local.bring_to_front()
        if not rep.named(local, ask_for_reload):
            rep.click_named(local, ADA)
        rep.click_named(local, ask_for_reload)
        rep.until(lambda: rep.named(local, ADA), what="after the reload")
        assert not rep.named(local, ask_for_reload)


def move(page: Page, path: str) -> None:
    page.evaluate(
        "(path) => { history.pushState(null, '', path); dispatchEvent(new Event('popstate')) }",
        path,
    )
