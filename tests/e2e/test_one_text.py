"""One press is one text, also when the worker dies over it."""

import pytest
from playwright.sync_api import Frame, expect

from demo.driver import Driver
from tests.e2e.own_crm import OwnCrm, Person


@pytest.fixture
def open_pane(rep: Driver, own_crm: OwnCrm):
    def open_pane(name: str) -> tuple[Person, Frame]:
        person = own_crm.person(name)
        return person, rep.message(rep.browser.page(person.url), person.action)

    return open_pane


def one_text(rep: Driver, person: Person, pane: Frame, body: str) -> None:
    """At the phone and in the pane, with a second text behind it: what came twice would be seen."""
    rep.until(lambda: person.phone.received(), "the text at the phone")
    rep.send(pane, "And this")
    rep.until(lambda: len(person.phone.received()) >= 2, "the next text at the phone")
    assert person.phone.received() == [body, "And this"]
    expect(pane.locator(".said.out")).to_have_count(2)


def test_a_double_click_on_send(rep, open_pane):
    person, pane = open_pane("Dora Click")
    pane.get_by_role("textbox", name="Text to").fill("Once, by mouse")
    pane.get_by_role("button", name="Send", exact=True).dblclick()
    one_text(rep, person, pane, "Once, by mouse")


def test_enter_twice_and_a_key_that_is_held(rep, open_pane):
    person, pane = open_pane("Enno Key")
    page = pane.page
    pane.get_by_role("textbox", name="Text to").fill("Once, by key")
    page.keyboard.down("Enter")
    page.keyboard.down("Enter")
    page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    page.keyboard.press("Enter")
    one_text(rep, person, pane, "Once, by key")


def test_a_worker_that_dies_right_after_enter(rep, open_pane):
    person, pane = open_pane("Wanda Worker")
    rep.send(pane, "Once, over a grave")
    rep.browser.stop_worker()
    one_text(rep, person, pane, "Once, over a grave")


def test_a_worker_that_is_dead_when_enter_is_pressed(rep, open_pane):
    person, pane = open_pane("Zoe Zombie")
    rep.browser.stop_worker()
    rep.send(pane, "Once, by waking")
    one_text(rep, person, pane, "Once, by waking")


def test_a_pane_that_is_closed_right_after_enter(rep, open_pane):
    person, pane = open_pane("Clara Closing")
    rep.send(pane, "Once, and gone")
    pane.page.close()
    again = rep.message(rep.browser.page(person.url), person.action)
    one_text(rep, person, again, "Once, and gone")


def test_the_same_words_twice_are_two_texts(rep, open_pane):
    person, pane = open_pane("Sasha Same")
    rep.send(pane, "Hello?")
    rep.send(pane, "Hello?")
    rep.until(lambda: person.phone.received() == ["Hello?", "Hello?"], "both at the phone")
    expect(pane.locator(".said.out")).to_have_count(2)
