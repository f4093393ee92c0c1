"""Texts of which nobody knows whether they were sent: what the pane says of them and asks."""

import pytest
import requests
from playwright.sync_api import expect

from tests import databases
from tests.e2e.gallery import COMPOSER, open_gallery
from tests.e2e.test_pane_conversation import asked
from tests.e2e.test_pane_receipts import clean_in_both

gallery = pytest.fixture(scope="module")(open_gallery)
DOUBTFUL = "Here is the sheet."


@pytest.mark.parametrize("width", [760, 360])
def test_it_is_said_and_settled_by_keyboard(gallery, width):
    with gallery.show("doubt", width=width, ready=".doubt") as page:
        said = page.locator(".said", has_text=DOUBTFUL)
        expect(said).to_contain_text("May not have been sent")
        expect(said).to_contain_text("Ask Maya Okonkwo whether it came")
        group = said.get_by_role("group", name="Was it sent?")
        expect(group.get_by_role("button")).to_have_text(["Was sent", "Was not sent", "Send again"])
        clean_in_both(page)
        group.get_by_role("button", name="Was sent").focus()
        page.keyboard.press("Enter")
        expect(group).to_have_count(0)
        expect(page.locator(COMPOSER)).to_be_focused()
        assert [one["answer"] for one in asked(page, "message.settle")] == ["sent"]


def test_sending_again_is_asked_once_more_and_can_be_left(gallery):
    with gallery.show("doubt", ready=".doubt") as page:
        group = page.locator(".doubt")
        for leave in (
            lambda: page.keyboard.press("Escape"),
            lambda: group.get_by_role("button", name="No", exact=True).click(),
        ):
            group.get_by_role("button", name="Send again").click()
            expect(page.get_by_role("group", name="gets it twice")).to_be_visible()
            expect(group.get_by_role("button", name="Yes, send again")).to_be_focused()
            clean_in_both(page)
            leave()
            expect(group.get_by_role("button", name="Was sent")).to_be_focused()
        assert asked(page, "message.settle") == []
        group.get_by_role("button", name="Send again").click()
        page.keyboard.press("Enter")
        expect(group).to_have_count(0)
        assert [one["answer"] for one in asked(page, "message.settle")] == ["again"]


def test_a_double_click_or_a_held_key_does_not_answer_what_is_asked_next(gallery):
    with gallery.show("doubt", ready=".doubt") as page:
        group = page.locator(".doubt")
        again = group.get_by_role("button", name="Send again", exact=True)
        sure = group.get_by_role("button", name="Yes, send again")
        box = again.bounding_box()
        page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(sure).to_be_visible()
        page.keyboard.press("Escape")
        again.focus()
        page.keyboard.down("Enter")
        expect(sure).to_be_focused()
        page.keyboard.down("Enter")  # down again without having been up: it repeats
        page.keyboard.up("Enter")
        assert asked(page, "message.settle") == []
        expect(sure).to_be_focused()


def test_who_was_about_to_say_when_somebody_else_did_keeps_a_focus(gallery):
    with gallery.show("doubt", ready=".doubt") as page:
        page.get_by_role("button", name="Was not sent").focus()
        page.evaluate("""() => {
          const [message] = SCENARIOS.doubt.messages.filter((one) => one.status === "unknown");
          const known = { ...message, status: "sent", doubt: "", revision: 9 };
          worker.tell({ kind: "message", message: known, conversation: null, created: false });
        }""")
        expect(page.locator(".doubt")).to_have_count(0)
        expect(page.locator(COMPOSER)).to_be_focused()


def test_what_is_refused_is_said_and_asked_on(gallery):
    with gallery.show("doubt", ready=".doubt") as page:
        page.evaluate("worker.known.refuses = { ask: 'What became of it is known by now.' }")
        page.get_by_role("button", name="Was not sent").click()
        expect(page.get_by_role("alert").filter(has_text="known by now")).to_be_visible()
        expect(page.get_by_role("button", name="Was not sent")).to_be_visible()


def test_nothing_is_asked_while_the_list_may_tell_nor_is_what_we_wrote_sent_again(gallery):
    with gallery.show("unknown", ready=".said") as page:
        expect(page.get_by_text("Its list may still tell")).to_be_visible()
        expect(page.locator(".doubt")).to_have_count(0)
    with gallery.show("doubt_of_ours", ready=".doubt") as page:
        buttons = page.locator(".doubt").get_by_role("button")
        expect(buttons).to_have_text(["Was sent", "Was not sent"])


def test_a_press_on_a_covered_pane_settles_nothing(gallery):
    with gallery.show("doubt", ready=".doubt", width=360, query="&covered&framed") as page:
        page.get_by_role("button", name="Was sent").click()
        said = page.get_by_role("alert").filter(has_text="Something covered the pane")
        expect(said).to_be_visible()
        clean_in_both(page)
        assert asked(page, "message.settle") == []
        expect(page.get_by_role("button", name="Was sent")).to_be_visible()


IN_DOUBT = "UPDATE message SET status = 'unknown', revision = revision + 1 WHERE body = ?"
"""As it stands once the carrier's list has not told either."""


@pytest.fixture
def unasked(stack):
    """The carrier knows that the texts came: each minute it would be asked, and say so."""
    faults = f"{stack.simulator.url}/simulator/faults"
    for request in ("list", "fetch"):
        fault = {"kind": "http_5xx_before", "on": request, "times": 1000}
        requests.post(faults, json=fault, timeout=10).raise_for_status()
    yield
    requests.delete(faults, timeout=10).raise_for_status()


@pytest.mark.usefixtures("unasked")
def test_every_pane_follows_what_one_says(rep, own_crm, stack):
    url = stack.config.database_url
    person = own_crm.person("Dora Doubt")
    page = rep.browser.page(person.url)
    pane = rep.message(page, person.action)
    for body in ("Is it there?", "Is this?"):
        rep.send(pane, body)
        rep.until(lambda body=body: body in person.phone.received(), "the text")
        pane.locator(".said", has_text=body).get_by_text("Delivered").wait_for()
        databases.change(url, IN_DOUBT, body)
    panes = []
    for _ in range(2):
        other = rep.browser.page(person.url)
        panes.append(rep.message(other, person.action))
    first, second = panes
    other.bring_to_front()
    rep.seen(second)
    of_first = second.locator(".said", has_text="Is it there?")
    of_first.get_by_role("button", name="Was not sent").click()
    for each in (first, second):
        said = each.locator(".said", has_text="Is it there?")
        expect(said).to_contain_text("It was not sent: somebody has made sure.")
        expect(said.get_by_role("button", name="Was not sent")).to_have_count(0)
    of_second = second.locator(".said", has_text="Is this?")
    of_second.get_by_role("button", name="Send again").click()
    of_second.get_by_role("button", name="Yes, send again").click()
    rep.until(lambda: person.phone.received().count("Is this?") == 2, "the text once more")
    for each in (first, second):
        expect(each.locator(".said", has_text="Is this?")).to_have_count(2)
    doubtful = "SELECT 1 FROM message WHERE status = 'unknown' AND body IN (?, ?)"
    assert databases.look(url, doubtful, "Is it there?", "Is this?") == []
