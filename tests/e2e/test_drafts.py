"""What one has begun to write is there again."""

import pytest
from playwright.sync_api import Frame, expect

from demo.driver import Driver
from tests.e2e.own_crm import display


def box(pane: Frame):
    return pane.get_by_role("textbox", name="Text to")


@pytest.fixture
def begun(rep: Driver, own_crm):
    """(person, page, pane) with a text begun in the pane."""

    def begun(name: str, body: str):
        person = own_crm.person(name)
        page = rep.browser.page(person.url)
        pane = rep.message(page, person.action)
        box(pane).fill(body)
        return person, page, pane

    return begun


def test_after_the_pane_was_closed_and_opened_again(rep, begun):
    person, page, pane = begun("Carl Closer", "Half a sent")
    page.keyboard.press("Escape")
    rep.until(lambda: not pane.is_visible("body"), "the pane closed")
    pane = rep.message(page, person.action)
    expect(box(pane)).to_have_value("Half a sent")
    expect(box(pane)).to_be_focused()


def test_for_each_conversation_its_own(rep, own_crm, begun):
    other = own_crm.person("Olga Other")
    other.phone.text("Hello")
    person, _, pane = begun("Silke Switch", "For Silke")
    pane.get_by_role("button", name=display(other.mobile)).click()
    expect(box(pane)).to_have_value("")
    expect(box(pane)).to_have_accessible_name(f"Text to {display(other.mobile)}")
    box(pane).fill("For Olga")
    pane.get_by_role("button", name=person.name).click()
    expect(box(pane)).to_have_value("For Silke")
    pane.get_by_role("button", name=display(other.mobile)).click()
    expect(box(pane)).to_have_value("For Olga")


def test_after_a_reload_that_comes_in_the_middle_of_a_word(rep, begun):
    person, page, _ = begun("Rhea Reload", "Mid-wor")
    page.reload()
    pane = rep.message(page, person.action)
    expect(box(pane)).to_have_value("Mid-wor")


def test_after_the_worker_has_died(rep, begun):
    person, page, pane = begun("Dana Death", "Before the end")
    page.keyboard.press("Escape")
    rep.until(lambda: not pane.is_visible("body"), "the pane closed")
    rep.browser.stop_worker()
    page.close()
    pane = rep.message(rep.browser.page(person.url), person.action)
    expect(box(pane)).to_have_value("Before the end")


def test_in_another_tab(rep, begun):
    person, page, _ = begun("Tova Tabs", "Begun on the left")
    page.keyboard.press("Escape")
    other = rep.message(rep.browser.page(person.url), person.action)
    expect(box(other)).to_have_value("Begun on the left")


def test_what_was_sent_is_no_draft_any_more(rep, begun):
    person, page, pane = begun("Gerd Gone", "Sent off")
    box(pane).press("Enter")
    rep.until(person.phone.received, "the text at the phone")
    page.reload()
    expect(box(rep.message(page, person.action))).to_have_value("")
