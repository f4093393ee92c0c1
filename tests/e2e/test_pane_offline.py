"""What is asked of a text offline waits, and says so where it was asked."""

import pytest
from playwright.sync_api import expect

from tests.e2e.gallery import open_gallery
from tests.e2e.test_pane_receipts import PRICING, clean_in_both, file_dialog

gallery = pytest.fixture(scope="module")(open_gallery)
OFFLINE = """() => {
  Object.assign(worker.known, { deaf: ["ask"], session: { connection: "offline" } });
  worker.greet();
}"""


@pytest.mark.parametrize("width", [760, 360])
@pytest.mark.parametrize(
    ("scenario", "place", "button"),
    [("doubt", ".doubt", "Was sent"), ("scheduled", ".waiting .meta:has(.warn)", "Keep")],
)
def test_an_answer_that_is_given_offline_waits(gallery, scenario, place, button, width):
    with gallery.show(scenario, width=width, ready=place) as page:
        page.evaluate(OFFLINE)
        there = page.locator(place).filter(has=page.get_by_role("button", name=button))
        there.get_by_role("button", name=button).click()
        expect(there).to_contain_text("Waiting for connection")
        expect(there.get_by_role("button", name=button)).to_be_disabled()
        clean_in_both(page)


def test_trying_again_to_log_a_text_waits(gallery):
    with gallery.show("not_logged", ready=".said") as page:
        page.evaluate(OFFLINE)
        failed = page.locator(".said", has_text="We make onboarding plans.")
        failed.get_by_role("button", name="Try again").click()
        expect(failed.get_by_role("button", name="Waiting for connection")).to_be_disabled()
        clean_in_both(page)


def test_filing_a_text_under_another_person_waits(gallery):
    with gallery.show("shared_mobile", ready=".of-text") as page:
        file_dialog(page, PRICING)
        box = page.get_by_role("dialog", name="File under another person")
        people = box.locator("li button")
        expect(people).to_have_count(4)
        page.evaluate(OFFLINE)
        people.nth(0).click()
        expect(box.get_by_role("status")).to_have_text("Waiting for connection")
        clean_in_both(page)
