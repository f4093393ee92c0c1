"""A text that comes in: where it shows, who is told, and when it counts as read."""

import contextlib

import pytest
import requests
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from demo.driver import Driver, Phone
from tests.e2e.conftest import close_all
from tests.e2e.own_crm import display


def unread(rep: Driver) -> int:
    return int(rep.badge() or 0)


def badge_says(rep: Driver, count: int) -> None:
    rep.until(lambda: rep.badge() == (str(count) if count else ""), f"{count} on the badge")


def test_an_answer_is_a_bubble_in_every_tab_and_a_count_on_the_badge(rep, own_crm):
    person, before = own_crm.person("Abby Answer"), unread(rep)
    first = rep.browser.page(person.url)
    one = rep.message(first, person.action)
    second = rep.browser.page(person.url)
    two = rep.message(second, person.action)
    elsewhere = rep.browser.page("about:blank")
    elsewhere.bring_to_front()
    person.phone.text("Here I am")
    for pane in (one, two):
        pane.locator(".said.in", has_text="Here I am").wait_for()
    shown = rep.notified("Here I am")
    assert shown.summary == "Abby Answer"
    assert rep.browser.named(second, f"Open Repline, {before + 1} unread") is None, "pane is open"
    badge_says(rep, before + 1)


def test_what_is_read_in_one_tab_is_read_in_all_and_off_the_screen(rep, own_crm):
    person, before = own_crm.person("Rea Reader"), unread(rep)
    first = rep.browser.page(person.url)
    one = rep.message(first, person.action)
    person.phone.text("Seen at once")
    one.locator(".said.in").wait_for()
    first.keyboard.press("Escape")
    rep.until(lambda: not one.is_visible("body"), "the pane closed")
    person.phone.text("Read me")
    rep.notified("Read me")
    badge_says(rep, before + 1)
    second = rep.browser.page(person.url)
    two = rep.message(second, person.action)
    two.get_by_text("Read me").first.wait_for()
    badge_says(rep, before)
    rep.until(lambda: not rep.desktop.showing("Read me"), "the notification gone")
    expect(two.locator(".row[aria-current] .count")).to_have_count(0)
    first.bring_to_front()
    expect(one.locator(".row[aria-current] .count")).to_have_count(0)


def test_a_text_that_is_before_ones_eyes_is_not_announced(rep, own_crm):
    person, other = own_crm.person("Vera View"), own_crm.person("Otto Other")
    page = rep.browser.page(person.url)
    page.bring_to_front()
    pane = rep.message(page, person.action)
    person.phone.text("Before your eyes")
    pane.locator(".said.in").wait_for()
    other.phone.text("Behind your back")
    rep.notified("Behind your back")
    assert not any("Before your eyes" in shown.body for shown in rep.desktop.shown)


@pytest.mark.parametrize("asleep", [False, True])
def test_a_click_on_a_notification_without_a_crm_tab_opens_a_window_of_its_own(
    rep, own_crm, asleep
):
    person, before = own_crm.person("Winnie Window"), unread(rep)
    rep.message(rep.browser.page(person.url), person.action)
    close_all(rep)
    person.phone.text("Nobody there?")
    shown = rep.notified("Nobody there?")
    if asleep:
        rep.browser.stop_worker()
    with rep.browser.context.expect_page() as opening:
        rep.desktop.click(shown.id)
    window = opening.value
    assert window.url.startswith(f"{rep.browser.origin}/pane.html")
    window.get_by_role("textbox", name="Text to Winnie Window").fill("In a window")
    window.get_by_text("Nobody there?").first.wait_for()
    badge_says(rep, before)
    rep.seen(window)
    window.keyboard.press("Enter")
    rep.until(lambda: person.phone.received() == ["In a window"], "the answer at the phone")
    with contextlib.suppress(PlaywrightError):  # it closes before it has answered
        window.keyboard.press("Escape")
    rep.until(window.is_closed, "the window closed")


def test_a_webhook_that_comes_twice_notifies_and_counts_once(rep, own_crm):
    person, before = own_crm.person("Doug Double"), unread(rep)
    requests.post(
        f"{rep.stack.simulator.url}/simulator/faults",
        json=[{"kind": "duplicate_inbound", "from": person.mobile}],
        timeout=5,
    ).raise_for_status()
    person.phone.text("Once only")
    person.phone.text("And another")
    rep.notified("And another")
    badge_says(rep, before + 2)
    assert [s.body for s in rep.desktop.shown] == ["Once only", "And another"]
    pane = rep.message(rep.browser.page(person.url), person.action)
    expect(pane.locator(".said.in p")).to_have_text(["Once only", "And another"])


def test_an_unknown_sender_is_named_in_the_pane_and_called_so_in_the_list(rep, own_crm):
    nobody = own_crm.person("Not Yet Known")
    nobody.phone.text("Is this the sales team?")
    shown = rep.notified("Is this the sales team?")
    assert shown.summary == display(nobody.mobile)
    page = rep.open_record("/contacts")
    rep.browser.click_named(page, rep.launcher(page))
    pane = rep.browser.pane(page)
    pane.get_by_role("button", name=display(nobody.mobile)).click()
    pane.get_by_text("Nobody in Repline had this number yet.").wait_for()
    pane.get_by_role("button", name="Name this person").click()
    expect(pane.get_by_role("textbox", name="Name of")).to_be_focused()
    page.keyboard.type("Zoë <b>Park</b>")
    rep.seen(pane)
    page.keyboard.press("Enter")
    pane.get_by_role("heading", name="Zoë <b>Park</b>").wait_for()
    expect(pane.locator(".row[aria-current] .name")).to_have_text("Zoë <b>Park</b>")
    expect(pane.get_by_role("textbox", name="Text to Zoë <b>Park</b>")).to_be_focused()


def test_of_two_people_with_one_number_the_one_written_to_last_has_the_answer(rep):
    shop = Phone(rep.stack, "+15125550118")
    luis = rep.open_record("/contacts/105")
    pane = rep.message(luis, "Message Luis Sandoval, (512) 555-0118")
    expect(pane.locator(".said")).to_have_count(0)  # what Eve has is not Luis's
    rep.send(pane, "Hi Luis")
    rep.until(lambda: "Hi Luis" in shop.received(), "the text at the phone")
    shop.text("Luis here")
    pane.locator(".said.in", has_text="Luis here").wait_for()
    pane.get_by_text("Filed under Luis Sandoval: contacted last on this number.").wait_for()
    pane.get_by_text("Also on this number: Eve Sandoval.").wait_for()

    eve = rep.open_record("/contacts/104")
    pane = rep.message(eve, "Message Eve Sandoval, (512) 555-0118")
    pane.locator(".said.out", has_text="Thanks, talk soon!").wait_for()
    expect(pane.locator(".said", has_text="Luis")).to_have_count(0)
    rep.send(pane, "Hi Eve")
    rep.until(lambda: "Hi Eve" in shop.received(), "the text at the phone")
    shop.text("Now Eve")
    pane.locator(".said.in", has_text="Now Eve").wait_for()
    pane.get_by_text("Filed under Eve Sandoval: contacted last on this number.").wait_for()
