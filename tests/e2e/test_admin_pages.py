"""The admin pages in a real browser: axe, keys, without script, and what reps see of a change."""

import pytest

from demo.admin_pictures import SCHEMES, go, sign_in, tour
from demo.browser import axe
from demo.browser.patience import PATIENCE_MS
from demo.check import MESSAGE_MAYA
from demo.seed import ADMIN, PASSWORD


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_has_nothing_to_say_and_no_script_fails(browser, stack, scheme):
    found = {}

    def look(page, name):
        page.on("pageerror", lambda error: found.setdefault(name, []).append(str(error)))
        found.setdefault(name, []).extend(axe.in_frame(page, None, colours=scheme == "dark"))

    tour(browser, stack.backend.url, scheme, look)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert len(found) >= 43


@pytest.fixture
def page(browser, stack):
    context = browser.new_context()
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{stack.backend.url}/admin/")
    yield page
    context.close()


def test_an_error_has_the_focus_when_the_page_comes_back(page):
    sign_in(page)
    go(page, "Settings")
    page.get_by_label("Texts a day, each user").fill("many")
    page.get_by_role("button", name="Save settings").click()
    page.get_by_text("Enter a whole number").first.wait_for()
    page.wait_for_function("document.activeElement.id === 'user_daily_cap'")
    assert page.get_by_label("Texts a day, each user").input_value() == "many"


def test_the_secret_of_a_link_leaves_the_address_and_no_log_sees_it(page, browser, stack):
    sign_in(page)
    page.get_by_role("link", name="Ana Ruiz").click()
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Link").input_value()
    stranger = browser.new_page()
    asked = []
    stranger.on("request", lambda request: asked.append(request.url))
    stranger.goto(link)
    stranger.get_by_label("The same again").wait_for()
    stranger.wait_for_url("**/admin/welcome")
    secret = link.partition("#")[2]
    assert stranger.locator("#code").input_value() == secret
    assert not any(secret in url.partition("#")[0] for url in asked)
    stranger.context.close()


def test_it_all_works_without_script(browser, stack):
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{stack.backend.url}/admin/audit")
    page.get_by_label("Email").fill(ADMIN)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Audit log").wait_for()
    go(page, "Users")
    page.get_by_role("searchbox").fill("okafor")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Ana Ruiz").wait_for(state="detached")
    page.get_by_role("link", name="Ben Okafor").click()
    page.get_by_label("Name").fill("Ben Okafor")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    context.close()


def test_a_rep_whose_license_is_taken_back_while_typing_sees_it_at_once(rep, page):
    record = rep.open_record("/contacts/101")
    pane = rep.message(record, MESSAGE_MAYA)
    box = pane.get_by_role("textbox", name="Text to")
    box.fill("I was just about to say")
    sign_in(page)
    go(page, "Licenses")
    page.get_by_role("button", name="Take back the messenger license of Ana Ruiz").click()
    page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    try:
        pane.get_by_text("You have no messenger license").first.wait_for(timeout=2_000)
    finally:
        page.get_by_role("button", name="Assign a messenger license to Ana Ruiz").click()
    pane.get_by_text("You have no messenger license").first.wait_for(state="hidden")
    assert box.input_value() == "I was just about to say"
    box.fill("")
