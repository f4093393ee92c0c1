"""The pane in each of its states: reachable by everyone, by keyboard alone, and it stays put."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright, expect

from demo.browser import axe
from demo.browser.launch import find_chromium
from tests.e2e.gallery import ORIGIN, Gallery, build, heard

# What each scenario must show before it is looked at.
SHOWS = {
    "normal": "Of course, sending it over now.",
    "curly": "Curly quotes make this 2 messages, not 1.",
    "list": "No conversation open",
    "empty": "Open a person in your CRM and click Message.",
    "search_empty": "Inbox",
    "list_failed": "The inbox did not load",
    "open_failed": "This conversation did not open",
    "loading": "Loading texts",
    "signed_out": "You are signed out",
    "offline": "Waiting for connection",
    "connecting": "Connecting…",
    "reconnecting": "Reconnecting…",
    "stale": "Reload this page to go on.",
    "long_names": "10:44 AM for them",
    "rtl": "תודה רבה, נדבר ביום שני ב-10:00.",
    "emoji": "👨‍👩‍👧‍👦🏳️‍🌈",
    "unread_200": "99+",
    "blocked": "Maya opted out on 3 Nov. You can't text this number until she replies START.",
    "no_license": "You have no Messenger license. Ask Sam Lee for a seat.",
    "failed": "The number is a landline and can't receive texts.",
    "unknown": "May not have been sent",
    "pending": "It is 9:12 PM for Maya. Texts go out from 8:00 AM.",
    "over": "80 too many",
    "colleague": "1 attachment, not shown in this version",
    "why": "Also on this number: Jonas Berg and Priya Nair.",
    "unnamed": "Name this person",
    "history": "Text 170.",
}
LOG = ".log"
COMPOSER = "form.compose textarea"


@pytest.fixture(scope="module")
def gallery(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    folder = tmp_path_factory.mktemp("gallery")
    build(folder)
    browser = playwright.chromium.launch(
        executable_path=find_chromium(playwright), args=["--no-sandbox"]
    )
    yield Gallery(browser, folder)
    browser.close()


def shown(page: Page, text: str) -> None:
    expect(page.get_by_text(text, exact=False).first).to_be_attached()


def overflows(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


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
            "error_code": None,
            "error": "",
            "revision": 1,
        },
    }


# Every state


def test_every_scenario_is_looked_at(gallery):
    with gallery.show("normal") as page:
        assert set(page.evaluate("Object.keys(SCENARIOS)")) == set(SHOWS)


@pytest.mark.parametrize("scenario", SHOWS)
def test_axe_finds_nothing_in_light_and_dark(gallery, scenario):
    with gallery.show(scenario, "light") as page:
        shown(page, SHOWS[scenario])
        assert axe.in_frame(page, None) == []
        page.emulate_media(color_scheme="dark")
        assert axe.in_frame(page, None) == []
        assert not overflows(page)


@pytest.mark.parametrize("scenario", ["normal", "long_names", "emoji", "unnamed", "offline"])
def test_a_narrow_pane_shows_one_side_and_a_way_back(gallery, scenario):
    with gallery.show(scenario, width=400) as page:
        shown(page, SHOWS[scenario])
        expect(page.locator(".list")).to_be_hidden()
        assert not overflows(page)
        assert axe.in_frame(page, None) == []
        page.get_by_role("button", name="Back to the list").click()
        expect(page.locator(".talk")).to_be_hidden()
        expect(page.locator(".row[aria-current]")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(COMPOSER)).to_be_focused()


def test_nothing_is_shown_before_the_worker_has_accepted_the_pane(gallery):
    with gallery.show("normal", ready="#pane", query="&mute") as page:
        page.wait_for_function("window.worker")
        assert page.inner_text("body") == ""
        assert page.evaluate("worker.heard") == []


# The keyboard


def test_arrows_move_in_the_list_and_enter_opens(gallery):
    with gallery.show("list", ready=".row:focus") as page:
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("button", name="Jonas")).to_be_focused()
        page.keyboard.press("End")
        expect(page.get_by_role("button", name="Dmitri")).to_be_focused()
        page.keyboard.press("Home")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator(COMPOSER)).to_be_focused()
        expect(page.locator(".who h2")).to_have_text("Jonas Bergström-Achterberg")
        assert page.locator(".row[tabindex='0']").count() == 1


def test_slash_searches_and_escape_clears_before_it_closes(gallery):
    with gallery.show("list", ready=".row:focus") as page:
        page.keyboard.press("/")
        page.keyboard.type("zebra")
        shown(page, "Nothing found for “zebra”")
        page.keyboard.press("Escape")
        expect(page.locator(".row")).to_have_count(7)
        assert heard(page, "close") == []
        page.keyboard.press("Escape")
        assert len(heard(page, "close")) == 1


def test_search_then_down_reaches_the_results(gallery):
    with gallery.show("list", ready=".row:focus") as page:
        page.keyboard.press("/")
        page.keyboard.type("eve")
        expect(page.locator(".row")).to_have_count(1)
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("button", name="Eve Sandoval")).to_be_focused()


def test_c_goes_to_the_composer(gallery):
    with gallery.show("normal", ready=COMPOSER) as page:
        page.locator(".log").focus()
        page.keyboard.press("c")
        expect(page.locator(COMPOSER)).to_be_focused()
        assert page.locator(COMPOSER).input_value() == ""


def test_the_keys_are_shown_on_top_and_escape_closes_them_alone(gallery):
    with gallery.show("list", ready=".row:focus") as page:
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keys")
        expect(dialog).to_be_visible()
        assert axe.in_frame(page, None) == []
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(page.locator(".row:focus")).to_be_visible()
        assert heard(page, "close") == []


def test_everything_can_be_reached_with_tab(gallery):
    with gallery.show("pending", ready=COMPOSER) as page:
        names = set()
        for _ in range(25):
            page.keyboard.press("Tab")
            names.add(
                page.evaluate(
                    "(e => e.getAttribute('aria-label') || e.innerText)(document.activeElement)"
                )
            )
        wanted = {"Search conversations", "Maya Okonkwo", "Northwind Logistics", "Close", "Texts"}
        assert wanted <= names
        assert {"Try again", "Edit", "Delete", "Emoji", "Send"} <= names


# Writing


def test_enter_sends_once_and_shift_enter_begins_a_line(gallery):
    with gallery.show("normal", ready=COMPOSER) as page:
        page.locator(COMPOSER).focus()
        page.keyboard.type("On my way")
        page.keyboard.press("Shift+Enter")
        page.keyboard.type("See you")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        assert [m["body"] for m in heard(page, "send")] == ["On my way\nSee you"]
        expect(page.locator(COMPOSER)).to_have_value("")
        expect(page.locator(".said.out").last).to_contain_text("Sending…")


def test_a_double_click_on_send_sends_once(gallery):
    with gallery.show("curly", ready=COMPOSER) as page:
        page.get_by_role("button", name="Send", exact=True).dblclick()
        assert len(heard(page, "send")) == 1


def test_the_enter_that_ends_a_composition_does_not_send(gallery):
    with gallery.show("curly", ready=COMPOSER) as page:
        for change in ({"isComposing": True}, {"keyCode": 229}):
            page.locator(COMPOSER).dispatch_event("keydown", {"key": "Enter", **change})
        assert heard(page, "send") == []


def test_plain_quotes_are_one_click_and_save_a_message(gallery):
    with gallery.show("curly", ready=".note") as page:
        expect(page.locator("#count")).to_contain_text("71 / 1,600 · 2 messages")
        page.get_by_role("button", name="Use plain quotes").click()
        expect(page.locator("#count")).to_contain_text("71 / 1,600 · 1 message")
        expect(page.locator(COMPOSER)).to_be_focused()
        assert "Here's the sheet" in page.locator(COMPOSER).input_value()


def test_a_text_over_the_limit_is_kept_and_not_sent(gallery):
    with gallery.show("over", ready=".compose.over") as page:
        page.get_by_role("button", name="Send", exact=True).click(force=True)
        assert heard(page, "send") == []
        assert len(page.locator(COMPOSER).input_value()) == 1680


def test_an_emoji_goes_in_at_the_caret_and_nothing_is_fetched_from_elsewhere(gallery):
    gallery.requests.clear()
    with gallery.show("curly", "dark", ready=COMPOSER) as page:
        assert not any("json" in url for url in gallery.requests), "loaded only when asked for"
        page.locator(COMPOSER).evaluate("e => e.setSelectionRange(0, 0)")
        page.get_by_role("button", name="Emoji").click()
        search = page.get_by_role("textbox", name="Search emoji")
        expect(search).to_be_focused()
        page.get_by_role("button", name="grinning face", exact=True).wait_for()
        assert axe.in_frame(page, ".compose") == []
        search.fill("rocket")
        page.get_by_role("button", name="rocket", exact=True).click()
        expect(page.locator(COMPOSER)).to_have_value(re.compile("^🚀Here’s the sheet"))
        expect(page.locator(COMPOSER)).to_be_focused()
        assert page.locator(COMPOSER).evaluate("e => e.selectionStart") == 2
        assert [url for url in gallery.requests if not url.startswith(ORIGIN)] == []


def test_an_emoji_is_found_and_chosen_by_keyboard(gallery):
    with gallery.show("normal", ready=COMPOSER) as page:
        page.get_by_role("button", name="Emoji").focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="grinning face", exact=True).wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.innerText") == "🙃"
        page.keyboard.press("Enter")
        expect(page.locator(COMPOSER)).to_have_value("🙃")
        assert heard(page, "send") == []


def test_escape_closes_the_picker_and_not_the_pane(gallery):
    with gallery.show("normal", ready=COMPOSER) as page:
        page.get_by_role("button", name="Emoji").click()
        expect(page.get_by_role("textbox", name="Search emoji")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".emoji")).to_have_count(0)
        expect(page.get_by_role("button", name="Emoji")).to_be_focused()
        assert heard(page, "close") == []


def test_a_refused_text_can_be_edited_or_deleted_and_had_back(gallery):
    with gallery.show("pending", ready=COMPOSER) as page:
        refused = page.locator(".bubble.refused")
        page.get_by_role("button", name="Delete").click()
        expect(refused).to_have_count(0)
        page.get_by_role("button", name="Undo").click()
        expect(refused).to_be_visible()
        assert heard(page, "discard") == []
        page.get_by_role("button", name="Edit", exact=True).click()
        expect(page.locator(COMPOSER)).to_have_value("Call me on 900 555 0199")
        expect(page.locator(COMPOSER)).to_be_focused()
        assert len(heard(page, "discard")) == 1


def test_an_unknown_sender_is_named_in_place(gallery):
    with gallery.show("unnamed", ready=COMPOSER) as page:
        page.get_by_role("button", name="Name this person").click()
        page.keyboard.type("  Zoë Park ")
        assert axe.in_frame(page, None) == []
        page.keyboard.press("Enter")
        assert [m["name"] for m in heard(page, "name")] == ["Zoë Park"]


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
        page.wait_for_function("worker.all('older').length === 1")
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
            page.wait_for_function(f"worker.all('list').length >= {min(4, page_size // 50 + 1)}")
        assert page.locator(".row").count() < 40


def test_a_worker_that_starts_again_changes_nothing_on_the_screen(gallery):
    with gallery.show("curly", ready=COMPOSER) as page:
        page.evaluate("document.querySelectorAll('.said, .row, textarea').forEach(e => e.kept = 1)")
        page.evaluate("worker.lose(); worker.greet()")
        page.wait_for_function("worker.all('open').length === 2")
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
