"""The shaped pages under their real host names, a browser that finds them, and a rep in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright

from demo.browser import Browser, Desktop, Serving, write_certificate
from demo.browser.patience import PATIENCE_MS
from demo.check import EXTENSION
from demo.driver import Driver
from demo.stack import Stack
from tests.pages.serving import SITES, app


@contextmanager
def shaped_browser(
    playwright: Playwright, desktop: Desktop, folder: Path, heads: dict[str, str], **more: Any
) -> Iterator[Browser]:
    """``heads``: by host, what its pages begin with."""
    pem = write_certificate(folder / "hosts.pem", SITES)
    with (
        Serving(app(heads), pem) as https,
        Browser(playwright, EXTENSION, desktop=desktop, https_port=https.port, **more) as browser,
    ):
        browser.context.set_default_timeout(PATIENCE_MS)
        yield browser


def update_extension(browser: Browser) -> None:
    """As an update does: every page of the extension closes, a new worker starts, and what has run
    in pages is cut off. Its new control page is ``browser.control``."""
    page = browser.page("chrome://extensions/")
    # Without, Chromium only turns an unpacked extension off.
    page.evaluate("chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })")
    before, browser.control = browser.control, page
    before.evaluate("setTimeout(() => chrome.runtime.reload())")
    browser.until(before.is_closed, what="the old version's pages gone")
    info = "(id) => chrome.developerPrivate.getExtensionInfo(id).then(({ state }) => state)"
    browser.until(lambda: page.evaluate(info, browser.id) == "ENABLED", what="the new version")
    page.goto(f"{browser.origin}/manifest.json")


class Rep(Driver):
    """A driver that speaks of records of the shaped pages."""

    def __init__(self, browser: Browser, stack: Stack, desktop: Desktop, heads: dict[str, str]):
        super().__init__(browser, stack, desktop)
        self.heads = heads

    def open(self, url: str) -> Page:
        page = self.browser.page(url)
        page.bring_to_front()
        return page
