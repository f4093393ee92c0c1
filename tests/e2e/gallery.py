"""The pane's gallery: the real pane on a page of its own, with a scripted worker behind it."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from demo.browser.patience import PATIENCE_MS, PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
# Nobody's address: every request is answered from the folder. https, for crypto.randomUUID.
ORIGIN = "https://gallery.invalid"
# Under the extension's own policy, so that what that forbids fails here too.
MANIFEST = json.loads((ROOT / "extension/manifest.json").read_text())
POLICY = MANIFEST["content_security_policy"]["extension_pages"]
COMPOSER = "form.compose textarea"
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}


def build(folder: Path) -> None:
    script = ROOT / "tests/extension/pane/gallery.build.mjs"
    subprocess.run(["node", str(script), str(folder)], check=True, cwd=ROOT)


class Gallery:
    """``with gallery.show("normal") as page``: the pane in that state, in a context of its own."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder
        self.requests: list[str] = []

    @contextmanager
    def show(
        self,
        scenario: str,
        scheme: Literal["light", "dark"] = "light",
        width: int = 760,
        ready: str = ".pane",
        query: str = "",
    ) -> Iterator[Page]:
        context = self.browser.new_context(
            viewport={"width": width, "height": 600},
            color_scheme=scheme,
            reduced_motion="reduce",
            timezone_id="America/New_York",
            locale="en-US",
        )
        try:
            context.route("**/*", self._serve)
            context.set_default_timeout(PATIENCE_MS)
            page = context.new_page()
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
            page.goto(f"{ORIGIN}/gallery.html?scenario={scenario}{query}")
            page.locator(ready).first.wait_for(state="attached")
            yield page
            assert errors == []
        finally:
            context.close()

    def _serve(self, route: Route) -> None:
        url = route.request.url
        self.requests.append(url)
        file = self.folder / url.removeprefix(f"{ORIGIN}/").partition("?")[0]
        if not url.startswith(ORIGIN) or not file.is_file():
            route.fulfill(status=404, body="")
            return
        kind = TYPES.get(file.suffix, "application/json")
        headers = {
            "content-type": f"{kind}; charset=utf-8",
            "content-security-policy": POLICY,
        }
        route.fulfill(body=file.read_bytes(), headers=headers)


def heard(page: Page, kind: str) -> list[dict[str, Any]]:
    """What the pane has said to its worker, of one kind."""
    said: list[dict[str, Any]] = page.evaluate("(kind) => worker.all(kind)", kind)
    return said


def shown(page: Page, text: str) -> None:
    expect(page.get_by_text(text, exact=False).first).to_be_attached()


def until(page: Page, condition: str, timeout: float = PATIENCE_S) -> None:
    """Wait for a condition in the page: playwright's own way needs eval, which is forbidden."""
    end = time.monotonic() + timeout
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"not within {timeout} s: {condition}"
        page.wait_for_timeout(20)


def open_gallery(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """For ``gallery = pytest.fixture(scope="module")(open_gallery)``."""
    folder = tmp_path_factory.mktemp("gallery")
    build(folder)
    return Gallery(browser, folder)
