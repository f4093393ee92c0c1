"""Send later, texts that wait, quick replies, and what a text costs."""

import pytest
from playwright.sync_api import expect

from demo.browser import axe
from tests.e2e.gallery import COMPOSER, heard, open_gallery, shown, until

gallery = pytest.fixture(scope="module")(open_gallery)

TOMORROW_9 = 1_795_539_600_000  # 24 November 2026, 9:00 AM in Los Angeles


def questions(page):
    return [m["question"] for m in heard(page, "ask") if m["question"]["type"] != "time.suggest"]


def test_a_time_is_chosen_by_keyboard_in_the_recipients_day(gallery):
    with gallery.show("later", ready=COMPOSER) as page:
        page.locator(COMPOSER).focus()
        page.keyboard.press("Alt+Shift+S")
        menu = page.get_by_role("dialog", name="Send later")
        tomorrow = menu.get_by_role("button", name="Tomorrow morning")
        expect(tomorrow).to_contain_text("9:00 AM their time (12:00 PM yours)")
        expect(menu.get_by_role("button").first).to_be_focused()
        assert axe.in_frame(page, None) == []
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        expect(tomorrow).to_be_focused()
        page.keyboard.press("Enter")
        assert [m["send_at"] for m in heard(page, "send")] == [TOMORROW_9]
        expect(page.locator(COMPOSER)).to_be_focused()
        expect(page.locator(".bubble.scheduled")).to_contain_text("did the sheet help?")


def test_an_own_time_is_checked_against_the_hours(gallery):
    with gallery.show("later", ready=COMPOSER) as page:
        page.get_by_role("button", name="Send later").click()
        menu = page.get_by_role("dialog", name="Send later")
        menu.get_by_label("Date, where they are").fill("2026-11-25")
        menu.get_by_label("Time, where they are").fill("20:00")
        expect(menu).to_contain_text("Texts go out Wed, 25 Nov from 9:00 AM to 8:00 PM their time.")
        page.keyboard.press("Enter")
        assert heard(page, "send") == []
        assert axe.in_frame(page, None) == []
        menu.get_by_label("Time, where they are").fill("19:30")
        expect(menu).to_contain_text("7:30 PM their time (10:30 PM yours)")
        page.keyboard.press("Enter")
        assert [m["send_at"] for m in heard(page, "send")] == [1_795_663_800_000]


def test_escape_closes_the_times_alone(gallery):
    with gallery.show("later", ready=COMPOSER) as page:
        page.get_by_role("button", name="Send later").click()
        page.get_by_role("button", name="Tomorrow morning").wait_for()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("button", name="Send later")).to_be_focused()
        assert heard(page, "close") == []


def test_times_that_did_not_load_are_asked_for_again(gallery):
    with gallery.show("no_replies", ready=COMPOSER) as page:
        page.get_by_role("button", name="Send later").click()
        expect(page.get_by_role("dialog")).to_contain_text("The backend is busy.")
        page.get_by_role("button", name="Try again").click()
        until(page, "worker.all('ask').length === 2")


def test_in_quiet_hours_one_click_schedules(gallery):
    with gallery.show("quiet_hours", ready=COMPOSER) as page:
        page.get_by_role("button", name="Schedule for 8:00 AM their time").dblclick()
        [sent] = heard(page, "send")
        assert sent["body"] == "Good morning Maya"
        assert sent["send_at"] == 1_795_449_600_000  # 8:00 AM in Los Angeles
        expect(page.locator(COMPOSER)).to_have_value("")


def test_a_scheduled_text_is_changed_in_the_composer_and_the_draft_is_kept(gallery):
    with gallery.show("scheduled", ready=COMPOSER) as page:
        page.locator(COMPOSER).fill("My draft")
        page.get_by_role("button", name="Edit", exact=True).first.click()
        expect(page.locator(COMPOSER)).to_be_focused()
        expect(page.locator(COMPOSER)).to_have_value("Good morning Maya, did the sheet help?")
        assert axe.in_frame(page, None) == []
        page.locator(COMPOSER).fill("Changed")
        page.keyboard.press("Escape")
        expect(page.locator(COMPOSER)).to_have_value("My draft")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(COMPOSER)).to_have_value("Changed")
        page.get_by_role("button", name="Save").click()
        [edit] = questions(page)
        assert (edit["type"], edit["body"], edit["at"]) == ("message.edit", "Changed", TOMORROW_9)
        assert heard(page, "close") == []
        assert heard(page, "send") == []


def test_a_scheduled_text_is_kept_taken_back_and_had_back(gallery):
    with gallery.show("scheduled", ready=COMPOSER) as page:
        bubbles = page.locator(".waiting .bubble")
        expect(bubbles).to_have_count(3)
        page.get_by_role("button", name="Keep").click()
        assert [q["type"] for q in questions(page)] == ["message.keep"]
        page.get_by_role("button", name="Cancel").first.click()
        expect(bubbles).to_have_count(2)
        page.get_by_role("button", name="Undo").click()
        expect(bubbles).to_have_count(3)
        assert len(questions(page)) == 1


def test_slash_in_an_empty_text_finds_a_quick_reply(gallery):
    with gallery.show("later", ready=COMPOSER) as page:
        page.locator(COMPOSER).fill("")
        page.keyboard.type("/thank")
        expect(page.get_by_role("option")).to_have_count(1)
        assert axe.in_frame(page, None) == []
        page.keyboard.press("Enter")
        expect(page.locator(COMPOSER)).to_have_value("Thank you, talk soon!")
        expect(page.locator(COMPOSER)).to_be_focused()
        page.keyboard.type(" 1/2")
        expect(page.locator(COMPOSER)).to_have_value("Thank you, talk soon! 1/2")
        assert heard(page, "send") == []


def test_quick_replies_close_with_escape_and_leave_a_slash_to_who_wants_one(gallery):
    with gallery.show("later", ready=COMPOSER) as page:
        page.locator(COMPOSER).fill("")
        page.keyboard.type("/")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator(COMPOSER)).to_be_focused()
        assert heard(page, "close") == []
        page.keyboard.type("//")
        expect(page.locator(COMPOSER)).to_have_value("/")


def test_without_quick_replies_it_says_who_adds_them(gallery):
    with gallery.show("no_files", ready=COMPOSER) as page:
        page.get_by_role("button", name="Quick replies").click()
        expect(page.get_by_role("dialog")).to_contain_text("An admin adds them")
        assert axe.in_frame(page, None) == []


def test_a_dear_character_is_marked_in_its_place_and_replaced_alone(gallery):
    with gallery.show("curly", ready=".mirror mark") as page:
        sizes = page.evaluate(
            """() => {
              const [above, below] = ["textarea", ".mirror"].map((s) =>
                document.querySelector(`.writing ${s}`));
              return ["scrollHeight", "clientWidth"].map((size) => above[size] - below[size]);
            }"""
        )
        assert sizes == [0, 0], "the marks lie where the characters are"
        page.get_by_role("button", name="Replace curly quote with straight quote").click()
        expect(page.locator(".mirror")).to_have_count(0)
        expect(page.locator("#count")).to_contain_text("1 message · $0.01")
        expect(page.locator(COMPOSER)).to_be_focused()


def test_a_license_revoked_while_writing_keeps_the_draft(gallery):
    with gallery.show("normal", ready=COMPOSER) as page:
        page.locator(COMPOSER).fill("Half a sent")
        blocked = """(blocked) => {
          worker.known.session = { blocked };
          worker.greet();
        }"""
        reason = {"reason": "no_license", "text": "Your license was revoked. Ask Sam Lee."}
        page.evaluate(blocked, {**reason, "until": None, "since": None})
        shown(page, "Your license was revoked. Ask Sam Lee.")
        expect(page.locator(".blocked")).to_contain_text("draft")
        expect(page.locator(COMPOSER)).to_have_count(0)
        page.evaluate(blocked, None)
        expect(page.locator(COMPOSER)).to_have_value("Half a sent")


def test_emoji_that_were_used_are_first_and_groups_are_one_stop(gallery):
    with gallery.show("normal", ready=COMPOSER) as page:
        page.get_by_role("button", name="Emoji").click()
        page.get_by_role("textbox", name="Search emoji").fill("rocket")
        page.get_by_role("button", name="rocket", exact=True).click()
        page.get_by_role("button", name="Emoji").click()
        used = page.get_by_role("group", name="Used most")
        expect(used.get_by_role("button")).to_have_count(1)
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Used most")).to_be_focused()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("button", name="Smileys")).to_be_focused()
        page.get_by_role("button", name="grinning face", exact=True).wait_for()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="grinning face", exact=True)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(COMPOSER)).to_have_value("🚀😀")
        assert axe.in_frame(page, None) == []
