"""The pane by keyboard alone, and what writing a text does."""

import re

import pytest
from playwright.sync_api import expect

from demo.browser import axe
from tests.e2e.gallery import COMPOSER, ORIGIN, heard, open_gallery, shown

gallery = pytest.fixture(scope="module")(open_gallery)


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
