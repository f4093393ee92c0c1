"""What arrives moves nothing that is being read, and is never more than text."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.gallery import COMPOSER, open_gallery, shown, until

LOG = ".log"
gallery = pytest.fixture(scope="module")(open_gallery)


def tell(page: Page, *messages: dict[str, object]) -> None:
    page.evaluate("(all) => all.forEach((m) => worker.tell(m))", list(messages))


def text(number: int, body: str) -> dict[str, object]:
    """The worker tells of a new inbound text of the first conversation."""
    return {
        "kind": "message",
        "created": True,
        "conversation": None,
        "message": {
            "id": 9000 + number,
            "conversation": 1,
            "direction": "inbound",
            "status": "received",
            "body": body,
            "at": 1795448640000 + number,
            "ref": "",
            "author": "",
            "author_id": None,
            "segments": 1,
            "media_count": 0,
            "media": [],
            "scheduled_for": None,
            "error_code": None,
            "error": "",
            "revision": 1,
        },
    }


# Staying put


def test_new_texts_wait_below_for_a_reader_who_has_scrolled_up(gallery):
    with gallery.show("history", ready=".said") as page:
        page.locator(LOG).evaluate("e => { e.scrollTop = e.scrollHeight / 2 }")
        pill = page.locator(".pill")
        expect(pill).to_be_visible()
        before = page.locator(LOG).evaluate("e => e.scrollTop")
        tell(page, text(1, "One"), text(2, "Two"))
        expect(pill).to_have_text("2 new")
        assert page.locator(LOG).evaluate("e => e.scrollTop") == before
        pill.click()
        expect(page.get_by_text("Two", exact=True)).to_be_in_viewport()
        expect(pill).to_have_count(0)


def test_new_texts_come_into_view_for_a_reader_at_the_end(gallery):
    with gallery.show("history", ready=".said") as page:
        tell(page, text(1, "Just now"))
        expect(page.get_by_text("Just now", exact=True)).to_be_in_viewport()
        expect(page.locator(".unseen[role=log]")).to_contain_text("Just now")


def test_older_texts_come_in_above_without_moving_what_is_read(gallery):
    with gallery.show("history", ready=".said") as page:
        page.evaluate("worker.known.deaf = ['older']")
        page.locator(LOG).evaluate("e => { e.scrollTop = 100 }")
        until(page, "worker.all('older').length === 1")
        line = page.get_by_text("Text 123.", exact=False).first
        before = line.bounding_box()
        page.evaluate(
            """() => {
              const messages = SCENARIOS.history.messages.slice(70, 120);
              const { request } = worker.last("older");
              worker.tell({ kind: "older", request, conversation: 1, messages, more: true });
            }"""
        )
        expect(page.get_by_text("Text 71.", exact=False)).to_be_attached()
        after = line.bounding_box()
        assert before
        assert after
        assert abs(before["y"] - after["y"]) < 1


def test_two_hundred_conversations_are_few_elements_and_all_reachable(gallery):
    with gallery.show("unread_200", ready=".row:focus") as page:
        assert page.locator(".row").count() < 40
        for page_size in (50, 100, 150, 200):
            page.keyboard.press("End")
            expect(page.get_by_role("button", name=f"Person {page_size} ")).to_be_focused()
            until(page, f"worker.all('list').length >= {min(4, page_size // 50 + 1)}")
        assert page.locator(".row").count() < 40


def test_a_worker_that_starts_again_changes_nothing_on_the_screen(gallery):
    with gallery.show("curly", ready=COMPOSER) as page:
        page.evaluate("document.querySelectorAll('.said, .row, textarea').forEach(e => e.kept = 1)")
        page.evaluate("worker.lose(); worker.greet()")
        until(page, "worker.all('open').length === 2")
        tell(page, text(1, "After"))
        expect(page.get_by_text("After", exact=True)).to_be_visible()
        assert page.evaluate("[...document.querySelectorAll('.row')].every(e => e.kept)")
        fresh = "[...document.querySelectorAll('.said')].filter(e => !e.kept).length"
        assert page.evaluate(fresh) == 1
        assert page.locator(COMPOSER).input_value().startswith("Here’s the sheet")


def test_when_the_extension_is_gone_what_was_written_can_be_copied(gallery):
    with gallery.show("curly", ready=COMPOSER) as page:
        page.evaluate("worker.gone()")
        shown(page, "Reload this page to go on.")
        assert page.locator("textarea").input_value().startswith("Here’s the sheet")


# Hostile


def test_markup_in_texts_and_names_stays_text(gallery):
    bait = "<img src=x onerror='window.hit=1'><script>window.hit=1</script>"
    with gallery.show("normal", ready=".said") as page:
        tell(page, text(1, bait))
        expect(page.locator(".bubble").last).to_contain_text(bait)
        assert page.locator(".pane img, .pane script").count() == 0
        assert page.evaluate("window.hit") is None
