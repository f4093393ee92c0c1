"""What the pane says of the CRM: receipts, which opportunity, and under whom a text is filed."""

import pytest
from playwright.sync_api import Page, expect

from demo.browser import axe
from tests.e2e.gallery import COMPOSER, heard, open_gallery
from tests.e2e.test_pane_conversation import MORE, asked, choose

gallery = pytest.fixture(scope="module")(open_gallery)
OF_TEXT = "More about this text"
PRICING = "Thursday at 2 works. Can you send the pricing sheet before?"
QUESTION = "Which opportunity does this belong to?"


def clean_in_both(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe.in_frame(page, None) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def menu_of(page: Page, text: str) -> None:
    said = page.locator(".said").filter(has_text=text)
    said.hover()
    said.get_by_role("button", name=OF_TEXT).click()


def file_dialog(page: Page, text: str) -> None:
    menu_of(page, text)
    page.get_by_role("menuitem", name="File under another person…").click()


# Receipts


def test_a_column_of_logged_texts_says_so_once_a_group_and_leads_there(gallery):
    with gallery.show("logged", ready=".logged") as page:
        links = page.get_by_role("link", name="Logged to Salesforce under Northwind: 40 seats")
        expect(links).to_have_text(
            ["Logged to Salesforce under Northwind: 40 seats"] * 3, use_inner_text=False
        )
        expect(page.locator(".said")).to_have_count(5)
        links.first.click()
        [opened] = heard(page, "open_link")
        assert opened["url"].startswith("https://acme.lightning.force.com/lightning/r/Task/")
        assert len(page.context.pages) == 1
        assert links.evaluate_all("(all) => all.every((a) => a.rel === 'noopener noreferrer')")


def test_what_holds_for_many_is_said_in_full_once_and_a_failure_under_its_own_text(gallery):
    with gallery.show("not_logged", ready=".said") as page:
        for said in (
            "Salesforce can't be reached. We keep trying.",
            "Not logged: not linked to a Salesforce record",
            "Logged to Salesforce, without Type: the org rejects it",
        ):
            expect(page.locator(".meta .detail", has_text=said)).to_have_count(1)
        expect(page.get_by_text("Not logged yet")).to_have_count(1)
        failed = page.locator(".said", has_text="We make onboarding plans.")
        expect(failed).to_contain_text("The contact is locked by an approval in Salesforce.")


def test_a_failed_one_is_tried_again_and_a_refusal_says_why(gallery):
    with gallery.show("not_logged", ready=".said") as page:
        failed = page.locator(".said", has_text="We make onboarding plans.")
        again = failed.get_by_role("button", name="Try again")
        page.evaluate("worker.known.refuses = { ask: 'Salesforce is not connected. Ask Sam.' }")
        again.click()
        refused = failed.get_by_role("alert")
        expect(refused).to_have_text("Salesforce is not connected. Ask Sam.")
        clean_in_both(page)
        page.evaluate("worker.known.refuses = {}")
        again.focus()
        page.keyboard.press("Enter")
        expect(again).to_have_count(0)
        expect(refused).to_have_count(0)
        expect(failed).to_contain_text("Will be logged")
        expect(page.locator(COMPOSER)).to_be_focused()


def test_what_happened_says_whether_it_is_logged(gallery):
    with gallery.show("logged_activity", ready=COMPOSER) as page:
        choose(page, MORE, "Activity")
        rows = page.locator(".happened")
        expect(rows.nth(0)).to_contain_text("Salesforce can't be reached. We keep trying.")
        expect(rows.nth(1)).to_contain_text("Not logged yet")
        expect(rows.nth(3).get_by_role("link", name="Logged to Salesforce")).to_be_visible()
        clean_in_both(page)
        rows.nth(2).get_by_role("button", name="Try again").click()
        expect(rows.nth(2)).to_contain_text("Will be logged")
        expect(rows.get_by_role("button", name="Try again")).to_have_count(0)
        expect(page.locator(".feed-rows")).to_be_focused()


# The menu of a text


def test_tab_reaches_one_menu_and_arrows_the_others(gallery):
    with gallery.show("shared_history", ready=".of-text") as page:
        menus = page.get_by_role("button", name=OF_TEXT)
        expect(menus).to_have_count(30)
        expect(page.locator(".of-text button:not([tabindex='-1'])")).to_have_count(1)
        menus.last.focus()
        page.keyboard.press("ArrowUp")
        expect(menus.nth(28)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("menuitem")).to_have_text(
            ["Open in Salesforce", "File under another person…"]
        )
        expect(page.get_by_role("menuitem").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(menus.nth(28)).to_be_focused()
        expect(page.locator(".of-text button:not([tabindex='-1'])")).to_have_count(1)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        assert len(heard(page, "open_link")) == 1


@pytest.mark.parametrize("width", [760, 360])
def test_a_menu_lies_within_the_log_wherever_its_text_is(gallery, width):
    with gallery.show("shared_history", width=width, ready=".of-text") as page:
        menus = page.get_by_role("button", name=OF_TEXT)
        for at in range(0, 30, 4):
            menus.nth(at).focus()
            page.keyboard.press("Enter")
            expect(page.get_by_role("menuitem").first).to_be_focused()
            within = page.evaluate(
                """() => {
                  const [log, menu] = [".log", ".menu"].map((each) =>
                    document.querySelector(each).getBoundingClientRect());
                  return menu.left >= log.left && menu.right <= log.right
                    && menu.top >= log.top && menu.bottom <= log.bottom;
                }"""
            )
            assert within, at
            page.keyboard.press("Escape")
        clean_in_both(page)


def test_a_text_with_nothing_to_do_has_no_menu(gallery):
    with gallery.show("normal", ready=".said") as page:
        expect(page.get_by_role("button", name=OF_TEXT)).to_have_count(0)


# Which opportunity


def test_the_opportunity_is_asked_once_chosen_by_keyboard_and_changed_later(gallery):
    with gallery.show("opportunity", ready=".which") as page:
        question = page.get_by_role("region", name=QUESTION)
        expect(question).to_have_count(1)
        question.get_by_role("button", name="Northwind: 40 seats").focus()
        page.keyboard.press("Enter")
        expect(question).to_have_count(0)
        expect(page.locator(COMPOSER)).to_be_focused()
        expect(page.locator(".toast")).to_have_text("Filed under Northwind: 40 seats")
        menu_of(page, "Here it is.")
        page.get_by_role("menuitem", name="Change the opportunity…").click()
        pressed = question.get_by_role("button", pressed=True)
        expect(pressed).to_have_text("Northwind: 40 seats")
        expect(pressed).to_be_focused()
        clean_in_both(page)
        page.keyboard.press("Escape")
        expect(question).to_have_count(0)
        menu_of(page, "Here it is.")
        page.get_by_role("menuitem", name="Change the opportunity…").click()
        question.get_by_role("button", name="None of them").click()
        told = [one["opportunity"] for one in asked(page, "receipt.link")]
        assert told == ["006Dn00000A1b2cIAB", ""]


def test_a_refused_choice_is_asked_for_again_with_the_reason(gallery):
    with gallery.show("opportunity", ready=".which") as page:
        page.evaluate("worker.known.refuses = { ask: 'This opportunity was closed.' }")
        page.get_by_role("button", name="Northwind: 40 seats").click()
        expect(page.get_by_role("alert").filter(has_text="was closed.")).to_be_visible()
        expect(page.get_by_role("region", name=QUESTION)).to_be_visible()


def test_the_question_can_be_put_away_and_stands_in_the_menu(gallery):
    with gallery.show("opportunities", ready=".which", width=360) as page:
        clean_in_both(page)
        page.get_by_role("button", name="Hide this question").click()
        expect(page.locator(".which")).to_have_count(0)
        menu_of(page, "Here it is.")
        page.get_by_role("menuitem", name="Choose the opportunity…").click()
        expect(page.locator(".which button").nth(1)).to_be_focused()


# Under whom


def test_a_text_is_filed_under_another_person_by_keyboard_and_filed_back(gallery):
    with gallery.show("shared_mobile", ready=".of-text") as page:
        file_dialog(page, PRICING)
        box = page.get_by_role("dialog", name="File under another person")
        expect(box).to_contain_text(PRICING)
        people = box.locator("li button")
        expect(people).to_have_count(4)
        expect(people.nth(0)).to_be_focused()
        expect(people.nth(0)).to_have_text("Jonas BergströmDispatcher · Northwind Logistics")
        clean_in_both(page)
        page.keyboard.press("Escape")
        expect(box).to_have_count(0)
        menu = page.locator(".said", has_text=PRICING).get_by_role("button", name=OF_TEXT)
        expect(menu).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("End")
        page.keyboard.press("Enter")
        expect(people.nth(0)).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        expect(page.locator(".toast")).to_contain_text("Filed under Jonas Bergström")
        expect(page.locator(".said", has_text=PRICING)).to_have_count(0)
        expect(page.locator(COMPOSER)).to_be_focused()
        page.get_by_role("button", name="Undo").click()
        assert [one["person"] for one in asked(page, "message.file")] == [91, 87]


def test_whom_there_is_loads_fails_and_may_be_nobody(gallery):
    with gallery.show("shared_mobile", ready=".of-text", width=360) as page:
        page.evaluate("worker.known.refuses = { ask: 'The backend is busy.' }")
        file_dialog(page, PRICING)
        box = page.get_by_role("dialog")
        expect(box.get_by_role("alert").filter(has_text="busy")).to_be_visible()
        page.evaluate("worker.known.refuses = {}")
        box.get_by_role("button", name="Try again").click()
        expect(box.get_by_role("button", name="נועה כהן")).to_be_visible()
        page.evaluate("worker.known.refuses = { ask: 'Jonas was erased.' }")
        box.get_by_role("button", name="Jonas").click()
        expect(box.get_by_role("alert").filter(has_text="Jonas was erased.")).to_be_visible()
        clean_in_both(page)
        page.keyboard.press("Escape")
        page.evaluate(
            """() => {
              worker.known.refuses = {};
              worker.known.answers["person.list"].people = [];
            }"""
        )
        file_dialog(page, PRICING)
        expect(box).to_contain_text("Nobody else has this number any more.")
        page.keyboard.press("Escape")
        page.evaluate("worker.known.deaf = ['ask']")
        file_dialog(page, PRICING)
        expect(box).to_contain_text("Loading people…")
