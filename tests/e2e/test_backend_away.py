"""The backend dies, comes back, and says goodbye: nothing is lost and nothing is said twice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from demo.browser import Browser
from demo.check import EXTENSION
from demo.driver import Driver
from demo.stack import Stack
from tests.e2e.own_crm import OwnCrm


@pytest.fixture(scope="module")
def own(playwright, desktop, databases, tmp_path_factory) -> Iterator[tuple[Driver, OwnCrm]]:
    """A stack to be killed."""
    url = databases.blank(tmp_path_factory.mktemp("own"))
    with (
        Stack(database_url=url, pace=0.1) as stack,
        OwnCrm(stack) as crm,
        Browser(playwright, EXTENSION, desktop=desktop) as browser,
    ):
        browser.context.set_default_timeout(15_000)
        driver = Driver(browser, stack, desktop)
        driver.sign_in().close()
        yield driver, crm
        stack.backend.kill()  # quicker than asking
    databases.drop(url)


@pytest.fixture
def opened(own):
    rep, crm = own

    def opened(name: str):
        person = crm.person(name)
        return rep, person, rep.message(rep.browser.page(person.url), person.action)

    yield opened
    if not rep.stack.backend.alive():
        rep.stack.backend.start()


def test_killed_right_after_enter_the_text_goes_out_once_or_says_that_it_is_in_doubt(opened):
    rep, person, pane = opened("Kill Kim")
    rep.send(pane, "Before")
    pane.get_by_text("Delivered").first.wait_for()
    rep.send(pane, "Into the dark")
    rep.stack.backend.kill()
    pane.locator(".said.out", has_text="Into the dark").wait_for()
    rep.stack.backend.start()
    # Killed between the claim and the call nobody can know whether it went out: then it says so.
    in_doubt = pane.get_by_text("May not have been sent").first
    rep.until(
        lambda: "Into the dark" in person.phone.received() or in_doubt.is_visible(),
        "the text, or a word that it is in doubt",
        timeout=20,
    )
    rep.send(pane, "After")
    rep.until(lambda: "After" in person.phone.received(), "the next text")
    arrived = person.phone.received()
    assert arrived.count("Into the dark") == 1 or (
        "Into the dark" not in arrived and in_doubt.is_visible()
    )
    assert [each for each in arrived if each != "Into the dark"] == ["Before", "After"]
    expect(pane.locator(".said p")).to_have_text(["Before", "Into the dark", "After"])


def test_what_is_sent_offline_waits_where_it_can_be_seen_and_goes_out_once(opened):
    rep, person, pane = opened("Off Olive")
    rep.stack.backend.kill()
    pane.get_by_text("Reconnecting…").or_(pane.get_by_text("Offline.")).first.wait_for()
    rep.send(pane, "While away")
    rep.send(pane, "And this")
    expect(pane.get_by_text("Waiting for connection").first).to_be_visible()
    rep.browser.stop_worker()
    expect(pane.locator(".said p")).to_have_text(["While away", "And this"])
    assert person.phone.received() == []

    # The CRM's page is gone too when the backend comes back.
    pane.page.close()
    rep.stack.backend.start()
    rep.until(lambda: len(person.phone.received()) == 2, "both at the phone", timeout=40)
    pane = rep.message(rep.browser.page(person.url), person.action)
    rep.send(pane, "Back")
    rep.until(lambda: len(person.phone.received()) >= 3, "the next text")
    assert person.phone.received() == ["While away", "And this", "Back"]
    expect(pane.locator(".said p")).to_have_text(["While away", "And this", "Back"])


def test_a_restart_is_bridged_without_a_word_and_no_bubble_is_lost_or_doubled(opened):
    rep, person, pane = opened("Rest Art")
    person.phone.text("One")
    expect(pane.locator(".said.in")).to_have_count(1)
    rep.stack.backend.stop()
    rep.stack.backend.start()
    person.phone.text("Two, with nobody connected")
    expect(pane.locator(".said.in")).to_have_count(2, timeout=20_000)
    rep.send(pane, "Three")
    rep.until(lambda: person.phone.received() == ["Three"], "the text at the phone")
    expect(pane.locator(".said p")).to_have_text(["One", "Two, with nobody connected", "Three"])
    expect(pane.locator(".bar")).to_have_count(0)
