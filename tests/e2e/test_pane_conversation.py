"""The conversation's side of the pane: consent, clocks, activity, pictures, links, numbers."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from demo.browser import axe
from tests.e2e.gallery import COMPOSER, heard, open_gallery

gallery = pytest.fixture(scope="module")(open_gallery)
MORE = "More about Maya Okonkwo"


def asked(page: Page, question: str) -> list[dict]:
    return [said["question"] for said in heard(page, "ask") if said["question"]["type"] == question]


def choose(page: Page, menu: str, item: str) -> None:
    page.get_by_role("button", name=menu).click()
    page.get_by_role("menu").get_by_text(item, exact=True).click()


# Consent


def test_a_suspected_wish_to_stop_is_answered_by_keyboard_and_no_is_told_at_once(gallery):
    with gallery.show("suspected", ready=".suspicion") as page:
        page.get_by_role("button", name="Go to the question").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Yes, opt out")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".toast")).to_have_text("Noted: Maya Okonkwo did not opt out")
        [told] = asked(page, "suspicion.answer")
        assert (told["conversation"], told["opted_out"]) == (1, False)
        expect(page.locator(".suspicion")).to_have_count(0)
        expect(page.locator(COMPOSER)).to_be_focused()


def test_yes_can_be_undone_before_it_is_told(gallery):
    with gallery.show("suspected", ready=".suspicion") as page:
        page.clock.install()
        page.get_by_role("button", name="Yes, opt out").click()
        expect(page.locator(".suspicion")).to_have_count(0)
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".suspicion")).to_be_visible()
        page.get_by_role("button", name="Yes, opt out").click()
        page.clock.run_for(3_000)  # the clock goes on by itself as well: half is left for that
        assert asked(page, "suspicion.answer") == []
        page.clock.run_for(3_000)
        assert [one["opted_out"] for one in asked(page, "suspicion.answer")] == [True]


def test_do_not_text_is_set_with_a_word_and_taken_back(gallery):
    with gallery.show("do_not_contact", ready=".blocked") as page:
        choose(page, MORE, "Do not text…")
        why = page.get_by_label("Why, if you like")
        expect(why).to_be_focused()
        why.fill("Asked me on the phone")
        page.keyboard.press("Escape")
        expect(page.get_by_role("form", name="Do not text")).to_have_count(0)
        choose(page, MORE, "Do not text…")
        why.fill("Asked me on the phone")
        page.keyboard.press("Enter")
        [told] = asked(page, "restriction.set")
        assert (told["do_not_text"], told["note"]) == (True, "Asked me on the phone")
    with gallery.show("do_not_text", ready=".blocked") as page:
        page.get_by_role("button", name="Allow texting").click()
        [told] = asked(page, "restriction.set")
        assert told["do_not_text"] is False
        expect(page.locator(COMPOSER)).to_be_visible()


def test_who_opted_out_says_since_when_and_wears_no_ring_of_a_field(gallery):
    with gallery.show("opted_out", ready=".blocked") as page:
        notice = page.locator(".blocked")
        expect(notice).to_contain_text("Maya opted out by replying STOP.")
        expect(notice).to_contain_text("Since 3 Nov, 10:44 AM.")
        expect(page.locator(COMPOSER)).to_have_count(0)
        page.keyboard.press("c")
        expect(notice).to_be_focused()
        assert notice.evaluate("(e) => getComputedStyle(e).outlineStyle") == "none"


# The clock and the menu


def test_the_recipients_clock_says_when_it_is_guessed_and_when_it_is_night(gallery):
    with gallery.show("quiet", ready=".their-time") as page:
        clock = page.locator(".their-time")
        expect(clock).to_have_text("Probably ~5:44 AM for Maya (HST), quiet hours")
        title = clock.get_attribute("title") or ""
        assert "Monday, November 23, 2026 at 5:44 AM, Hawaii-Aleutian Standard Time" in title
        expect(clock.locator("svg")).to_be_visible()
    with gallery.show("opted_out", ready=".their-time") as page:
        expect(page.locator(".their-time")).to_have_text("10:44 AM for Maya (EST)")


def test_the_menu_of_the_person_follows_the_keys_of_menus(gallery):
    with gallery.show("landline", ready=COMPOSER) as page:
        page.get_by_role("button", name=MORE).focus()
        page.keyboard.press("ArrowDown")
        item = page.get_by_role("menuitem")
        names = ["Activity", "Open profile", "Copy number", "Do not text…"]
        expect(item).to_have_text(names)
        expect(item.nth(0)).to_be_focused()
        assert axe.in_frame(page, None) == []
        for key, at in (("ArrowUp", 3), ("ArrowDown", 0), ("End", 3), ("Home", 0), ("c", 2)):
            page.keyboard.press(key)
            expect(item.nth(at)).to_be_focused()
        page.keyboard.press("Escape")
        expect(item).to_have_count(0)
        expect(page.get_by_role("button", name=MORE)).to_be_focused()
        choose(page, MORE, "Open profile")
        assert heard(page, "follow")[-1]["url"] == "https://crm.example/contacts/87"


# Activity


def test_what_happened_is_told_by_day_without_any_media(gallery):
    with gallery.show("activity", ready=COMPOSER) as page:
        choose(page, MORE, "Activity")
        rows = page.locator(".happened")
        expect(rows).to_have_count(8)
        expect(rows.nth(0)).to_contain_text("Text from Maya Okonkwo")
        expect(rows.nth(0)).to_contain_text("Media attached")
        expect(page.locator(".feed .day")).to_have_text(["Today", "Yesterday", "Sat", "Fri"])
        assert page.locator(".feed img").count() == 0
        assert axe.in_frame(page, None) == []
        page.keyboard.press("Escape")
        expect(page.locator(COMPOSER)).to_be_focused()


def test_a_note_is_added_by_ctrl_enter_and_kept_while_it_cannot_be(gallery):
    with gallery.show("activity", ready=COMPOSER) as page:
        choose(page, MORE, "Activity")
        note = page.get_by_label("Note about Maya Okonkwo")
        note.fill("Ask for the floor plan")
        page.get_by_role("button", name="Back to the texts").click()
        choose(page, MORE, "Activity")
        expect(note).to_have_value("Ask for the floor plan")
        note.press("Control+Enter")
        expect(note).to_have_value("")
        expect(page.locator(".happened").nth(0)).to_contain_text("Ask for the floor plan")
        page.evaluate("worker.known.refuses = { ask: 'The backend is busy.' }")
        note.fill("One more")
        note.press("Control+Enter")
        expect(page.get_by_role("alert").filter(has_text="The backend is busy.")).to_be_visible()
        expect(note).to_have_value("One more")
        note.fill("x" * 4001)
        expect(page.get_by_text("1 too many")).to_be_visible()
        expect(page.get_by_role("button", name="Add note")).to_have_attribute(
            "aria-disabled", "true"
        )


@pytest.mark.parametrize(
    ("scenario", "says"),
    [("no_activity", "Nothing happened yet"), ("activity_failed", "The activity did not load")],
)
def test_activity_that_is_not_there_says_so(gallery, scenario, says):
    with gallery.show(scenario, ready=COMPOSER) as page:
        choose(page, MORE, "Activity")
        expect(page.get_by_role("heading", name=says)).to_be_visible()
        assert axe.in_frame(page, None) == []


# Pictures and files


def test_pictures_are_drawn_large_and_walked_through(gallery):
    with gallery.show("pictures", ready=".media-of") as page:
        pictures = page.get_by_role("button", name="PNG picture from Maya Okonkwo")
        expect(pictures).to_have_count(3)
        pictures.first.click()
        box = page.get_by_role("dialog")
        expect(box).to_contain_text("1 of 3")
        assert axe.in_frame(page, None) == []
        page.keyboard.press("ArrowRight")
        expect(box).to_contain_text("2 of 3")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        expect(box).to_contain_text("3 of 3")
        expect(box.get_by_role("img")).to_have_attribute(
            "alt", "PNG picture from Maya Okonkwo: aisle 4.png"
        )
        box.get_by_role("button", name="Show in actual size").click()
        expect(box.get_by_role("button", name="Fit to the pane")).to_be_visible()
        page.keyboard.press("Escape")
        expect(box).to_have_count(0)
        expect(page.locator(".picture").first).to_be_focused()


def test_a_file_is_saved_as_bytes_and_never_opened_here(gallery, tmp_path: Path):
    with gallery.show("pictures", ready=".file") as page:
        with page.expect_download() as download:
            page.get_by_role("button", name="Download Floor plan.pdf").click()
        assert download.value.suggested_filename == "Floor plan.pdf"
        download.value.save_as(tmp_path / "plan")
        assert (tmp_path / "plan").read_bytes() == base64.b64decode("JVBERi0=")
        expect(page.get_by_role("button", name="Download invoice.html")).to_have_count(0)
        assert len(page.context.pages) == 1


def test_a_picture_that_is_none_becomes_a_file(gallery):
    with gallery.show("links", ready=COMPOSER) as page:
        page.evaluate(
            """() => {
              const media = { id: 77, content_type: "image/png", size: 9, name: "x.png",
                width: 4, height: 4, state: "ready", error: "" };
              worker.known.media = { 77: ["image/png", btoa("<script>1</script>")] };
              const message = { ...SCENARIOS.links.messages[1], id: 9e6, body: "", ref: "",
                media: [media], media_count: 1 };
              worker.tell({ kind: "message", message, conversation: null, created: true });
            }"""
        )
        expect(page.get_by_role("button", name="Download x.png")).to_be_visible()


# Links


def test_a_link_shows_its_host_and_opens_by_the_worker_alone(gallery):
    with gallery.show("links", ready=".text-link") as page:
        links = page.locator(".text-link")
        expect(links).to_have_count(4)
        expect(links.nth(0).locator("b")).to_have_text("maps.example.com")
        hosts = page.locator(".link-host")
        expect(hosts.nth(0)).to_contain_text("xn--pple-43d.com")
        expect(hosts.nth(1)).to_contain_text("xn--80ak6aa92e.com")
        links.nth(2).click()
        assert [m["url"] for m in heard(page, "open_link")] == ["https://xn--80ak6aa92e.com/"]
        assert len(page.context.pages) == 1
        assert links.evaluate_all("(all) => all.every((a) => a.rel === 'noopener noreferrer')")


# Numbers


def test_another_number_of_ours_opens_that_conversation_with_what_was_being_written(gallery):
    with gallery.show("choice", ready=COMPOSER) as page:
        page.locator(COMPOSER).fill("Half a thought")
        page.evaluate(
            """() => {
              const one = worker.known.conversations[0];
              const number = { ...one.number, id: 2, display: "(888) 555-0100" };
              worker.known.conversations = [{ ...one, id: 90, number, last_message: null }];
            }"""
        )
        choose(page, "Text from (404) 555-0123: choose another number", "(888) 555-0100")
        said = heard(page, "open_person")[-1]
        assert (said["number"], said["person"]["mobile"]) == (2, "+14045550187")
        assert said["person"]["crm_ref"] == "salesforce:Contact:87"
        expect(page.get_by_role("button", name="Text from (888) 555-0100")).to_be_visible()
        expect(page.locator(COMPOSER)).to_have_value("Half a thought")


def test_another_number_of_theirs_is_opened_by_its_label(gallery):
    with gallery.show("choice", ready=COMPOSER) as page:
        page.get_by_role("button", name="Text Maya Okonkwo on (404) 555-0187").click()
        item = page.get_by_role("menuitemradio")
        expect(item).to_have_text(
            [
                "(404) 555-0187Mobile",
                "(404) 555-0191Second mobile",
                "(404) 555-0100No label in the CRM",
            ]
        )
        expect(item.nth(0)).to_be_focused()
        assert axe.in_frame(page, None) == []
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        said = heard(page, "open_person")[-1]
        assert (said["number"], said["person"]["mobile"]) == (1, "+14045550191")


@pytest.mark.parametrize("scenario", ["choice", "suspected", "pictures", "quiet", "activity"])
def test_at_twice_the_size_nothing_leaves_the_pane(gallery, scenario):
    """200 % of a pane of 760 leaves 380."""
    with gallery.show(scenario, width=380, ready=".said") as page:
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        page.get_by_role("button", name=MORE).click()
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert axe.in_frame(page, None) == []
