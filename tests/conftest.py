"""One playwright and one plain Chromium for the whole run: a thread has room for one of them."""

from collections.abc import Iterator

import hypothesis
import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from demo.browser.launch import find_chromium

# How long an example takes depends on the machine; what is fast is shown by `make bench`.
hypothesis.settings.register_profile("repline", deadline=None)
hypothesis.settings.load_profile("repline")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium without the extension."""
    browser = playwright.chromium.launch(
        executable_path=find_chromium(playwright), args=["--no-sandbox"]
    )
    yield browser
    browser.close()
