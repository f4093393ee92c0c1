"""A rep at the browser and a prospect at the phone: what the demo, its pictures and the browser
tests do, in their words."""

import base64
import time
from collections.abc import Callable, Sequence
from typing import Any

import requests
from playwright.sync_api import Frame, Page

from demo.browser import Browser, Desktop, Named, Shown
from demo.browser.patience import PATIENCE_S
from demo.seed import ANA, ANA_NUMBER, PASSWORD
from demo.stack import Stack


class Phone:
    """A prospect's phone at the simulator."""

    def __init__(self, stack: Stack, number: str) -> None:
        self._url = stack.simulator.url
        self.number = number

    def text(
        self, body: str, to: str = ANA_NUMBER, media: Sequence[tuple[str, bytes]] = ()
    ) -> None:
        """``media``: (content type, bytes) of each."""
        enclosed = [
            {"content_type": kind, "content": base64.b64encode(data).decode()}
            for kind, data in media
        ]
        answer = requests.post(
            f"{self._url}/simulator/texts",
            json={"from": self.number, "to": to, "body": body, "media": enclosed},
            timeout=20,
        )
        answer.raise_for_status()

    def received(self) -> list[str]:
        """Bodies of the texts that have reached it."""
        return [each["body"] for each in self._texts()]

    def pictures(self) -> int:
        """How many pictures and files have reached it."""
        return sum(len(each["media"]) for each in self._texts())

    def _texts(self) -> list[dict[str, Any]]:
        answer = requests.get(
            f"{self._url}/simulator/texts", params={"phone": self.number}, timeout=10
        )
        texts: list[dict[str, Any]] = answer.json()["texts"]
        return [each for each in texts if each["direction"] == "received"]


class Driver:
    """Drives the extension in ``browser`` against ``stack``."""

    def __init__(self, browser: Browser, stack: Stack, desktop: Desktop) -> None:
        self.browser = browser
        self.stack = stack
        self.desktop = desktop

    def until(
        self, condition: Callable[[], Any], what: str = "", timeout: float = PATIENCE_S
    ) -> Any:
        return self.browser.until(condition, timeout, what)

    def now(self) -> int:
        """Milliseconds since 1970 UTC."""
        return int(time.time() * 1000)

    def sign_in(self, email: str = ANA, password: str = PASSWORD) -> Page:
        """Sign in on the options page, which stays open."""
        page = self.browser.extension_page("options.html")
        page.get_by_label("Server address").fill(self.stack.backend.url)
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out").wait_for()
        page.get_by_text("Online", exact=True).wait_for()
        return page

    def open_record(self, path: str) -> Page:
        """A record of the CRM in a tab of its own."""
        page = self.browser.page(f"{self.stack.crm.url}{path}")
        page.bring_to_front()
        return page

    def offers(self, page: Page, name: str) -> Named:
        """The button of this name, once it is there and the backend has said whom it is for."""

        def settled() -> Named | None:
            found = self.browser.named(page, name)
            return None if found and found.description.startswith("Looking for") else found

        found: Named = self.until(settled, f"a button named {name!r} in {page.url}")
        return found

    def offered(self, page: Page) -> str:
        """The name of the one action that the page offers, empty without one."""
        names = [name for name in self.browser.names(page, "button") if name.startswith("Message ")]
        assert len(names) <= 1, names
        return "".join(names)

    def launcher(self, page: Page) -> str:
        """The launcher's name, once the page has one: our script has looked and was answered."""
        unread = self.badge()
        name = f"Open Repline, {unread} unread" if unread else "Open Repline"
        self.offers(page, name)
        return name

    def message(self, page: Page, name: str) -> Frame:
        """Click Message, whose name on screen readers is ``name``; returns the pane."""
        self.browser.click_named(page, name)
        return self.composing(page)

    def composing(self, page: Page) -> Frame:
        """The pane of the page once a text can be written in it, and sent."""
        pane = self.browser.pane(page)
        pane.get_by_role("textbox", name="Text to").wait_for()
        self.seen(pane)
        return pane

    def seen(self, pane: Frame | Page) -> None:
        """Wait until the pane has been in sight for as long as it asks of a rep."""
        pane.locator("html[data-clear]").wait_for()

    def send(self, pane: Frame, body: str) -> None:
        pane.get_by_role("textbox", name="Text to").fill(body)
        self.seen(pane)
        pane.get_by_role("textbox", name="Text to").press("Enter")

    def badge(self) -> str:
        return self.browser.badge()[0]

    def notified(self, text: str) -> Shown:
        """The desktop notification that shows ``text``, once it is there."""
        shown: Shown = self.until(lambda: self.desktop.showing(text), f"notification {text!r}")
        return shown


class Timer:
    """Says how long each step took, as it is done."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._last = time.monotonic()

    def done(self, step: str) -> None:
        now = time.monotonic()
        self._say(f"{(now - self._last) * 1000:7.0f} ms  {step}")
        self._last = now
