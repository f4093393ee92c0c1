"""What the page of a record offers: for whom, to which number, and why not."""

import pytest
from playwright.sync_api import Page

from demo.check import MESSAGE_MAYA
from demo.driver import Driver

JONAS = "Message Jonas Bergström-Achterberg, (646) 555-0142"
HOA = "Message Lê Thị Hoa, (408) 555-0163"


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


# For whom


def test_a_contact_with_a_mobile_is_offered_a_text_to_it(rep):
    page = rep.open_record("/contacts/101")
    message = rep.offers(page, MESSAGE_MAYA)
    assert not message.disabled
    assert message.description == ""


@pytest.mark.parametrize(
    ("path", "name", "reason"),
    [
        (
            "/contacts/109",
            "Priya Ashworth",
            "Texting works with US and Canadian mobiles; this one is in the United Kingdom",
        ),
        (
            "/accounts/107",
            "Pine Street Bakery",
            "Nobody of Pine Street Bakery is in Repline yet. Open a contact to text them.",
        ),
    ],
)
def test_where_no_text_can_go_the_action_is_greyed_out_and_says_why(rep, path, name, reason):
    page = rep.open_record(path)
    message = rep.offers(page, f"Message {name}")
    assert message.disabled
    assert message.description == reason
    assert not rep.browser.named(page, reason, "tooltip")

    rep.browser.hover_named(page, f"Message {name}")
    button_shows_reason(rep, page, reason)
    rep.browser.click_named(page, f"Message {name}")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    button_shows_reason(rep, page, reason)
    page.mouse.move(1, 1)
    page.keyboard.press("Escape")
    rep.until(lambda: not rep.browser.named(page, reason, "tooltip"), "the reason away")
    assert len(page.frames) == 1, "no pane"


def button_shows_reason(rep: Driver, page: Page, reason: str) -> None:
    rep.until(lambda: rep.browser.named(page, reason, "tooltip"), f"the reason {reason!r}")


def test_the_reason_is_read_where_the_keyboard_comes_by(rep):
    page = rep.open_record("/contacts/109")
    rep.offers(page, "Message Priya Ashworth")
    page.get_by_role("button", name="Edit").focus()
    for _ in range(10):
        page.keyboard.press("Tab")
        if rep.offers(page, "Message Priya Ashworth").properties.get("focused"):
            break
    reason = "Texting works with US and Canadian mobiles; this one is in the United Kingdom"
    button_shows_reason(rep, page, reason)


# Which number, which person


def test_where_nothing_is_called_a_mobile_the_rep_says_which_number_takes_texts(rep):
    page = rep.open_record("/contacts/110")
    rep.offers(page, "Message Tom Whitaker")
    rep.browser.click_named(page, "Message Tom Whitaker")
    rep.until(lambda: rep.browser.named(page, "(206) 555-0150 Office", "menuitem"), "the number")
    page.keyboard.press("Escape")
    rep.until(lambda: not rep.browser.named(page, "(206) 555-0150 Office", "menuitem"), "no menu")
    page.keyboard.press("Enter")
    rep.until(lambda: rep.browser.named(page, "(206) 555-0150 Office", "menuitem"), "the number")
    page.keyboard.press("Enter")
    pane = rep.browser.pane(page)
    pane.get_by_role("heading", name="Tom Whitaker").wait_for()
    pane.get_by_text("(206) 555-0150").first.wait_for()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/tasks/102", "Ask how many vans"),
        ("/opportunities/102", "Casa Verde, 12 vans"),
        ("/accounts/104", "Casa Verde Interiors"),
    ],
)
def test_a_record_that_is_no_person_offers_the_people_whom_it_is_about(rep, path, name):
    page = rep.open_record(path)
    whom = f"Message people of {name}"
    rep.offers(page, whom)
    rep.browser.click_named(page, whom)
    eve = "Eve Sandoval (512) 555-0118"
    rep.until(lambda: rep.browser.named(page, eve, "menuitem"), "Eve")
    rep.browser.click_named(page, eve, "menuitem")
    rep.composing(page).get_by_role("textbox", name="Text to Eve Sandoval").wait_for()


# A pane that is there when it is opened


def test_the_pane_is_loaded_as_one_comes_near_and_shows_nothing_before_the_click(rep):
    page = rep.open_record("/contacts/101")
    rep.offers(page, MESSAGE_MAYA)
    assert len(page.frames) == 1
    rep.browser.hover_named(page, MESSAGE_MAYA)
    pane = rep.browser.pane(page)
    pane.locator(".pane").wait_for(state="attached")
    assert not pane.evaluate("document.hasFocus()")
    assert not rep.browser.named(page, "Repline messenger", "Iframe")
    rep.browser.click_named(page, MESSAGE_MAYA)
    rep.composing(page).get_by_role("textbox", name="Text to Maya Okonkwo").wait_for()
    assert len(page.frames) == 2, "the one that was loaded"
    rep.until(lambda: rep.browser.named(page, "Repline messenger", "Iframe"), "the pane seen")
    rep.until(lambda: pane.evaluate("document.hasFocus()"), "the pane has the focus")


@pytest.mark.parametrize("path", ["/contacts", "/leads", "/accounts", "/opportunities", "/"])
def test_a_page_that_is_about_nobody_offers_nothing(rep, path):
    page = rep.open_record(path)
    rep.launcher(page)
    assert rep.offered(page) == ""


def test_a_page_that_is_no_crm_and_about_nobody_is_left_alone(rep):
    page = rep.browser.page(f"{rep.stack.simulator.url}/")
    page.get_by_role("heading").first.wait_for()
    # Our script is there and has said what it sees: the worker knows the tab.
    crm = rep.open_record("/contacts/101")
    rep.offers(crm, MESSAGE_MAYA)
    page.bring_to_front()
    assert page.evaluate("document.documentElement.children.length") == 2
    assert not rep.browser.named(page, f"Open Repline, {rep.badge()} unread")


# Whose number: pages that move without loading


def test_the_action_follows_the_page_from_record_to_record(rep):
    page = rep.open_record("/contacts/101")
    rep.offers(page, MESSAGE_MAYA)
    follow(page, "Northwind Logistics")
    rep.offers(page, "Message people of Northwind Logistics")
    follow(page, "Siobhán O'Brien")
    rep.offers(page, "Message Siobhán O'Brien, (617) 555-0129")
    page.go_back()
    rep.offers(page, "Message people of Northwind Logistics")
    page.go_back()
    rep.offers(page, MESSAGE_MAYA)
    follow(page, "Contacts")
    rep.until(lambda: rep.offered(page) == "", "nothing offered")


def test_the_number_of_the_record_before_is_never_offered(rep):
    """The CRM keeps it in its document, hidden. Tom has no mobile: Maya's is the wrong one."""
    page = rep.open_record("/contacts/101")
    rep.offers(page, MESSAGE_MAYA)
    follow(page, "Contacts")
    follow(page, "Tom Whitaker")
    page.get_by_role("heading", name="Tom Whitaker").wait_for()
    assert "(404) 555-0187" in page.content(), "the trap is set"
    rep.offers(page, "Message Tom Whitaker")
    assert rep.offered(page) == "Message Tom Whitaker"


def test_quick_moves_end_at_the_last_record_and_a_click_never_means_another(rep):
    page = rep.open_record("/contacts/101")
    rep.offers(page, MESSAGE_MAYA)
    rep.browser.hover_named(page, MESSAGE_MAYA)
    for path in ("/contacts/102", "/contacts/110", "/contacts/101", "/contacts/103"):
        page.evaluate(
            "(path) => { history.pushState(null, '', path); dispatchEvent(new Event('popstate')) }",
            path,
        )
    page.mouse.down()
    page.mouse.up()
    rep.offers(page, HOA)
    # On a busy machine the button was Hoa's before the press: never may it have meant Maya.
    if not rep.browser.named(page, "Repline messenger", "Iframe"):
        rep.browser.click_named(page, HOA)
    rep.composing(page).get_by_role("textbox", name="Text to Lê Thị Hoa").wait_for()


def test_a_page_that_is_gone_back_to_offers_its_own_person(rep):
    page = rep.open_record("/contacts/101")
    rep.offers(page, MESSAGE_MAYA)
    page.goto(f"{rep.stack.crm.url}/contacts/102")
    rep.offers(page, JONAS)
    page.go_back()
    rep.offers(page, MESSAGE_MAYA)


# Edits


def test_numbers_in_the_fields_of_a_form_are_read_too(rep):
    page = rep.open_record("/contacts/103")
    rep.offers(page, HOA)
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Mobile").wait_for()
    page.get_by_label("Mobile").fill("(408) 555-0164")
    page.get_by_label("Title").click()
    assert page.get_by_text("(408) 555-0163").count() == 0
    page.get_by_role("button", name="Cancel").click()
    rep.offers(page, HOA)


def test_a_number_that_was_edited_and_saved_is_the_one_that_is_offered(rep):
    page = rep.open_record("/leads/101")
    rep.offers(page, "Message Keisha Tran, (901) 555-0120")
    for number in ("(901) 555-0121", "(901) 555-0120"):
        page.get_by_role("button", name="Edit").click()
        page.get_by_label("Mobile").fill(number)
        page.get_by_role("button", name="Save").click()
        rep.offers(page, f"Message Keisha Tran, {number}")


# A page that is quick to come back to


def test_the_action_is_back_after_the_worker_was_stopped(rep):
    page = rep.open_record("/contacts/101")
    rep.offers(page, MESSAGE_MAYA)
    rep.browser.stop_worker()
    rep.browser.click_named(page, MESSAGE_MAYA)
    rep.composing(page).get_by_role("textbox", name="Text to Maya Okonkwo").wait_for()
