"""The page on which a person plays the prospect's phone, in a real browser."""

from urllib.parse import quote

import pytest
import requests
from playwright.sync_api import expect

from demo.browser import axe
from tests.simulator.elsewhere import MAYA, OTHER, OURS

HOSTILE = '<img src=x onerror="document.title=`owned`">' + "W" * 300


@pytest.fixture
def page(browser, simulator):
    context = browser.new_context(base_url=simulator.url, viewport={"width": 1000, "height": 760})
    page = context.new_page()
    complaints = []
    refused = "the server responded with a status of 400"
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: (
            said.type == "error" and refused not in said.text and complaints.append(said.text)
        ),
    )
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def open_phone(page):
    def open_phone(phone=MAYA, to=OURS):
        page.goto(f"/?phone={quote(phone)}&to={quote(to)}")
        expect(page.get_by_role("heading", level=2)).not_to_have_text("\u00a0")
        return page

    return open_phone


def bubbles(page):
    return page.locator(".bubble")


def test_what_is_typed_reaches_the_backend_and_says_so(open_phone, backend):
    page = open_phone()
    expect(page.get_by_text("No texts yet")).to_be_visible()
    page.get_by_role("textbox", name="Text message").fill("Thursday\nat 2? 🙌")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Delivered", exact=True)).to_be_visible()
    expect(bubbles(page)).to_have_text(["Thursday\nat 2? 🙌"])
    assert backend.seen[0].form["Body"] == "Thursday\nat 2? 🙌"
    expect(page.get_by_role("textbox", name="Text message")).to_have_value("")


def test_a_text_of_the_rep_shows_up_by_itself(open_phone, twilio):
    page = open_phone()
    twilio.messages.create(to=MAYA, from_=OURS, body="Hi Maya")
    expect(bubbles(page)).to_have_text(["Hi Maya"])


def test_a_text_that_the_backend_does_not_take_says_so(open_phone, backend):
    page = open_phone()
    backend.answers = [500]
    page.get_by_role("textbox", name="Text message").fill("Hello")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("the backend did not take it (500)")).to_be_visible()


def test_what_cannot_be_sent_stays_in_the_composer(open_phone, page):
    open_phone()
    body = page.get_by_role("textbox", name="Text message")
    body.evaluate("element => element.removeAttribute('maxlength')")
    body.fill("x" * 1601)
    body.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("length <= 1600")
    expect(body).to_have_value("x" * 1601)
    expect(bubbles(page)).to_have_count(0)


def test_markup_is_shown_and_never_runs_and_long_words_break(open_phone, twilio):
    page = open_phone()
    twilio.messages.create(to=MAYA, from_=OURS, body=HOSTILE)
    expect(bubbles(page)).to_have_text([HOSTILE])
    expect(page).to_have_title("The prospect's phone")
    thread = page.get_by_role("log")
    assert thread.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_each_number_of_ours_is_a_thread_of_its_own(open_phone, twilio):
    twilio.messages.create(to=MAYA, from_=OTHER, body="From the other number")
    page = open_phone()
    expect(page.get_by_text("No texts yet")).to_be_visible()
    page.get_by_label("Texts with").select_option(OTHER)
    expect(bubbles(page)).to_have_text(["From the other number"])
    page.reload()
    expect(bubbles(page)).to_have_text(["From the other number"])


def test_another_phone_is_a_click_or_a_number_away(open_phone, text):
    text("+14045550111", "I was here")
    page = open_phone()
    page.get_by_role("button", name="(404) 555-0111").click()
    expect(bubbles(page)).to_have_text(["I was here"])
    page.get_by_role("combobox", name="This phone").fill("12")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ten digits")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_disabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_object_to(open_phone, text, page, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    text(MAYA, "STOP")
    open_phone()
    expect(bubbles(page)).to_have_count(2)
    assert not axe.in_frame(page, None)
    page.set_viewport_size({"width": 320, "height": 560})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not axe.in_frame(page, None)


def test_the_page_may_run_its_own_scripts_only_and_nobody_may_frame_it(simulator):
    headers = requests.get(f"{simulator.url}/", timeout=5).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert requests.get(f"{simulator.url}/static/..%2fapp.py", timeout=5).status_code == 404
