"""Signing in, what may go wrong with it, and signing out."""

import re

import pytest
from playwright.sync_api import Page, expect

from demo.browser import Browser, free_port
from demo.browser.patience import PATIENCE_MS
from demo.check import EXTENSION
from demo.driver import Driver
from demo.seed import ANA, PASSWORD

WRONG = "Email and password do not belong together: check both."


@pytest.fixture(scope="module")
def fresh(playwright, stack, desktop):
    """A browser in which nobody has signed in yet."""
    with Browser(playwright, EXTENSION, desktop=desktop) as browser:
        browser.context.set_default_timeout(PATIENCE_MS)
        driver = Driver(browser, stack, desktop)
        driver.until(lambda: options_of(driver), "the sign-in page, at install")
        close_options(driver)
        yield driver


def options_of(driver: Driver) -> list[Page]:
    return [page for page in driver.browser.context.pages if "options.html" in page.url]


def close_options(driver: Driver) -> None:
    """The sign-in page is brought forward where it is open; only a closed one is opened anew."""
    for page in options_of(driver):
        page.close()


@pytest.fixture
def form(fresh):
    page = fresh.browser.extension_page("options.html")
    page.get_by_label("Server address").wait_for()
    yield page
    page.close()


def try_with(page: Page, server: str, email: str = ANA, password: str = PASSWORD) -> None:
    page.get_by_label("Server address").fill(server)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def kept(page: Page, server: str, email: str = ANA) -> None:
    expect(page.get_by_label("Server address")).to_have_value(server)
    expect(page.get_by_label("Email")).to_have_value(email)
    expect(page.get_by_role("button", name="Sign in")).to_be_enabled()


def test_a_wrong_password_is_said_and_nothing_that_was_typed_is_lost(form, stack):
    try_with(form, stack.backend.url, password="not-the-password")
    form.get_by_text(WRONG).wait_for()
    kept(form, stack.backend.url)
    expect(form.get_by_label("Password")).to_have_value("not-the-password")


def test_an_unknown_email_gets_the_same_answer_as_a_wrong_password(form, stack):
    try_with(form, stack.backend.url, email="nobody@brightpath.example")
    form.get_by_text(WRONG).wait_for()


@pytest.mark.parametrize(
    ("server", "says"),
    [
        ("not a server", "This is not a web address."),
        ("http://repline.example", "The address must begin with https://"),
        ("ftp://repline.example", "The address must begin with https://"),
        ("https://ana:secret@repline.example", "Leave the name and password out of it."),
        ("https://nowhere.invalid", "No answer from https://nowhere.invalid. Check the address"),
    ],
)
def test_a_server_address_that_leads_nowhere_says_what_is_wrong_with_it(form, server, says):
    try_with(form, server)
    field = form.get_by_label("Server address")
    form.get_by_text(says).wait_for()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(re.escape(says)))
    kept(form, server)


def test_a_server_that_is_down_or_is_something_else_is_named(form, stack):
    down = f"http://127.0.0.1:{free_port()}"
    try_with(form, down)
    form.get_by_text(f"No answer from {down}. Check the address and your connection.").wait_for()
    kept(form, down)
    try_with(form, stack.crm.url)
    form.get_by_text("There is no Repline server at this address.").wait_for()
    kept(form, stack.crm.url)


def test_signed_out_a_record_says_so_and_the_launcher_leads_to_the_sign_in_page(fresh):
    page = fresh.open_record("/contacts/101")
    message = fresh.offers(page, "Message Maya Okonkwo")
    assert (message.disabled, message.description) == (False, "Sign in to Repline to text")
    with fresh.browser.context.expect_page() as opening:
        fresh.browser.click_named(page, "Message Maya Okonkwo")
    opening.value.get_by_label("Server address").wait_for()
    opening.value.close()
    with fresh.browser.context.expect_page() as opening:
        fresh.browser.click_named(page, "Sign in to Repline")
    opening.value.get_by_label("Server address").wait_for()
    assert len(page.frames) == 1
    opening.value.close()
    page.close()


def test_signing_out_takes_everything_from_pane_badge_and_page_but_the_draft(fresh, own_crm):
    options = fresh.sign_in()
    fresh.until(lambda: fresh.badge() != "", "a badge")
    person = own_crm.person("Sig Nout")
    page = fresh.browser.page(person.url)
    pane = fresh.message(page, person.action)
    person.phone.text("Is the price per seat?")
    pane.locator(".said.in", has_text="price per seat").wait_for()
    pane.get_by_role("textbox", name="Text to").fill("Not yet sent")
    options.bring_to_front()
    options.get_by_role("button", name="Sign out").click()
    options.get_by_label("Server address").wait_for()

    fresh.until(lambda: fresh.badge() == "", "the badge empty")
    page.bring_to_front()
    pane.get_by_role("heading", name="You are signed out").wait_for()
    for gone in ("Is the price per seat", "Sig Nout", "Not yet sent"):
        assert gone not in pane.content()
    fresh.offers(page, "Message Sig Nout")
    held = fresh.browser.control.evaluate("chrome.storage.session.get(null)")
    assert "price per seat" not in str(held)
    assert "access" not in held

    options.close()
    with fresh.browser.context.expect_page() as opening:
        pane.get_by_role("button", name="Sign in").click()
    opening.value.close()
    fresh.sign_in().close()
    page.bring_to_front()
    fresh.browser.click_named(page, person.action)
    expect(fresh.composing(page).get_by_role("textbox", name="Text to")).to_have_value(
        "Not yet sent"
    )
