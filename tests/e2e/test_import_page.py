"""Importing people in a real browser: with keys alone, and heard rather than seen."""

import pytest

from demo.admin_pictures import go, sign_in
from demo.browser.patience import PATIENCE_MS
from demo.import_tour import file

TIME = 60_000


@pytest.fixture
def page(browser, stack):
    context = browser.new_context()
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{stack.backend.url}/admin/")
    sign_in(page)
    go(page, "Imports")
    page.get_by_role("link", name="Import people").first.click()
    yield page
    context.close()


def _bring(page, rows, name):
    page.get_by_label("File").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": file(rows)}
    )
    page.get_by_role("button", name="Look at its columns").press("Enter")
    page.get_by_role("heading", name=name, level=1).wait_for()


def _tab_to(page, name):
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "document.activeElement.labels?.[0]?.textContent.trim()"
            " || document.activeElement.textContent.trim()"
        )
        if focused == name:
            return
    raise AssertionError(f"{name} cannot be reached")


def test_an_import_is_mapped_started_paused_and_ended_with_keys_alone(page):
    _bring(page, 2000, "keys.csv")
    _tab_to(page, "Notes")
    page.keyboard.type("Title")
    _tab_to(page, "Start the import")
    page.keyboard.press("Enter")
    page.locator("select[aria-invalid=true]:focus").wait_for()
    page.keyboard.type("Leave")
    _tab_to(page, "Start the import")
    page.keyboard.press("Enter")
    page.get_by_role("progressbar").wait_for()
    _tab_to(page, "Pause")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Resume").wait_for()
    _tab_to(page, "Resume")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Not loaded", exact=True).wait_for(timeout=TIME)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the report").press("Enter")
    assert download.value.suggested_filename.endswith("-problems.csv")


def test_how_far_an_import_is_moves_and_is_said_while_the_focus_stays(page):
    _bring(page, 6000, "heard.csv")
    page.evaluate(
        """() => {
          window.heard = [];
          new MutationObserver(() => heard.push(document.getElementById("said").textContent))
            .observe(document.getElementById("said"), { childList: true, characterData: true });
        }"""
    )
    page.get_by_role("button", name="Start the import").click()
    bar = page.get_by_role("progressbar")
    bar.wait_for()
    page.get_by_role("button", name="Pause").focus()
    page.locator("progress:not([value='0'])").wait_for(timeout=TIME)
    assert page.evaluate("document.activeElement.textContent") == "Pause"
    page.locator("#said", has_text="percent of heard.csv done").wait_for(state="attached")
    said = page.evaluate("heard")
    assert len(said) == len(set(said)), "the same is not said twice"
    page.get_by_role("heading", name="Not loaded", exact=True).wait_for(timeout=TIME)
