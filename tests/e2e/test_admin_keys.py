"""The admin pages without a mouse: Tab reaches everything, and no change of the page loses it."""

import re

import pytest
from playwright.sync_api import Page, expect

from demo.admin_pictures import sign_in
from demo.browser.patience import PATIENCE_MS
from demo.seed import ADMIN, PASSWORD
from tests.e2e.tab_stops import walk

LIST = {"name": "list.csv", "mimeType": "text/csv", "buffer": b"mobile\n(404) 555-0172\n404\n"}
PAGES = {
    "/numbers": "Numbers",
    "/numbers/1": "(404) 555-0123",
    "/a2p": "A2P",
    "/quick-replies": "Quick replies",
    "/quick-replies/new": "Write a quick reply",
    "/opt-outs": "Opt-outs",
    "/opt-outs/new": "Add an opt-out",
    "/opt-outs/import": "Import opt-outs",
    "/restrictions": "Restrictions",
    "/decisions": "Decisions",
    "/audit": "Audit log",
    "/deliverability": "Deliverability",
    "/usage": "Usage and cost",
    "/queues": "Queues",
    "/doubt": "In doubt",
    "/quarantine": "Quarantine",
    "/api-keys": "API keys",
    "/api-keys/new": "Make an API key",
    "/hooks": "Hooks",
    "/hooks/new": "Add a hook",
}


@pytest.fixture(scope="module")
def admin(browser, stack):
    # Shadows that fade in are not there yet when Tab has gone on.
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{stack.backend.url}/admin/")
    sign_in(page)
    yield page
    context.close()


@pytest.fixture
def at(admin: Page, stack):
    """A page, opened anew."""

    def open_page(path: str) -> Page:
        admin.goto(f"{stack.backend.url}/admin{path}")
        return admin

    return open_page


def tab_to(page: Page, name: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if re.match(re.escape(name) + r"(?!\w)", focused(page)):
            return
    raise AssertionError(f"Tab does not reach {name!r}")


def focused(page: Page) -> str:
    return page.evaluate(
        "document.activeElement.ariaLabel || document.activeElement.labels?.[0]?.textContent.trim()"
        " || document.activeElement.textContent.trim()"
    )


def test_an_admin_signs_in_and_finds_a_user_with_keys_alone(browser, stack):
    context = browser.new_context()
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{stack.backend.url}/admin/")
    page.keyboard.type(ADMIN)  # the first field has the focus
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Users", exact=True).wait_for()
    page.keyboard.press("Tab")
    tab_to(page, "Ben Okafor")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ben Okafor", level=1).wait_for()
    tab_to(page, "Disable")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    assert focused(page) == "Cancel"
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert focused(page).startswith("Disable")
    context.close()


@pytest.mark.parametrize(("path", "title"), PAGES.items(), ids=PAGES)
def test_tab_stops_at_everything_in_order_and_it_shows(at, path, title):
    page = at(path)
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    found = walk(page)
    assert found.stops == found.usable
    assert found.unseen == []
    assert len(found.usable) > 17, "the navigation alone has as many"


def test_the_focus_shows_also_where_the_system_chooses_the_colours(at):
    page = at("/numbers/1")
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    for path in ("/numbers/1", "/decisions", "/api-keys/new"):
        assert walk(at(path)).unseen == [], path
    page.emulate_media(forced_colors="none", reduced_motion="reduce")


def test_searching_and_narrowing_leave_the_focus_where_it_is(at):
    page = at("/opt-outs")
    tab_to(page, "Search by number")
    with page.expect_response("**/opt-outs?search=999*"):
        page.keyboard.type("999")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_text("No opt-out fits").or_(page.get_by_text("Nobody has opted out")).wait_for()
    page = at("/audit")
    tab_to(page, "About")
    with page.expect_response("**/audit?noun=*"):
        page.keyboard.press("ArrowDown")
    expect(page.locator("select[name=noun]")).to_be_focused()
    page.wait_for_url("**/audit?noun=*")


def test_sorting_leaves_the_focus_on_the_column(at):
    page = at("/users")
    tab_to(page, "Email")
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Email")
    expect(page.locator("th[aria-sort=ascending] a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=descending] a")).to_be_focused()


def test_a_restriction_is_added_and_ended_with_keys_alone(at):
    page = at("/restrictions")
    tab_to(page, "Add")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Add an opt-out", level=1).wait_for()
    tab_to(page, "Mobile")
    page.keyboard.type("404")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Mobile")).to_be_focused()  # where the error is
    expect(page.get_by_label("Mobile")).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Control+a")
    page.keyboard.type("(404) 555-0171")
    tab_to(page, "What holds")
    page.keyboard.type("Do not text")
    tab_to(page, "Add")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_be_focused()
    button = "End the restriction of (404) 555-0171"
    for leave in ("Escape", "Cancel"):
        tab_to(page, button)
        page.keyboard.press("Enter")
        page.get_by_role("dialog").wait_for()
        assert focused(page) == "Cancel"
        page.keyboard.press("Escape" if leave == "Escape" else "Enter")
        page.get_by_role("dialog").wait_for(state="hidden")
        assert focused(page) == button
        page.keyboard.press("Shift+Tab")
    tab_to(page, button)
    page.keyboard.press("Space")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Tab")
    assert focused(page) == "End"
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_be_focused()
    expect(page.get_by_role("rowheader", name="(404) 555-0171")).to_have_count(0)


def test_a_list_is_imported_with_keys_alone(at):
    page = at("/opt-outs")
    tab_to(page, "Import")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Import opt-outs", level=1).wait_for()
    # Asked for well before the key: Chromium shows a chooser itself that nobody asked for in time.
    with page.expect_file_chooser() as chooser:
        tab_to(page, "File")
        page.keyboard.press("Space")
    chooser.value.set_files(LIST)
    tab_to(page, "Import")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Rows that were not loaded").wait_for()


def test_a_number_is_assigned_and_taken_back_with_keys_alone(at):
    page = at("/numbers")
    tab_to(page, "(404) 555-0124")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="(404) 555-0124", level=1).wait_for()
    tab_to(page, "User")
    page.keyboard.type("Ada")
    tab_to(page, "Assign")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_be_focused()
    tab_to(page, "Take the number from Ada")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Taken back")
    expect(page.locator("#notice")).to_be_focused()


def test_a_quick_reply_is_removed_and_its_text_keeps_the_focus_while_it_is_measured(at):
    page = at("/quick-replies/new")
    tab_to(page, "Name")
    page.keyboard.type("By keys")
    page.keyboard.press("Tab")
    page.keyboard.type("Hello")
    page.get_by_text("5 of 1,600 characters, sent as 1 segment").wait_for()
    expect(page.get_by_label("Text", exact=True)).to_be_focused()
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_be_focused()
    tab_to(page, "Remove By keys")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("By keys is removed")
    expect(page.locator("#notice")).to_be_focused()


def test_another_span_or_month_is_chosen_and_the_focus_stays_there(at):
    page = at("/deliverability")
    tab_to(page, "7 days")
    page.keyboard.press("Enter")
    expect(page.locator("[aria-current=true]")).to_have_text("7 days")
    expect(page.locator("[aria-current=true]")).to_be_focused()
    page = at("/queues")
    tab_to(page, "Look again")
    with page.expect_response("**/queues"):
        page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Look again")).to_be_focused()


def test_the_skip_link_and_the_menu_of_a_narrow_window(at):
    page = at("/decisions")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert focused(page).startswith("Answer")
    page.set_viewport_size({"width": 390, "height": 800})
    page = at("/decisions")
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "Users"
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Users")).to_be_hidden()
    assert focused(page) == "Menu"
    page.set_viewport_size({"width": 1280, "height": 720})
