"""A real Chromium with the unpacked extension, and the things that playwright alone cannot do."""

import json
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

from playwright.sync_api import Frame, Page, Playwright, Worker

from demo.browser import accessibility, axe, world
from demo.browser.accessibility import Named
from demo.browser.axe import Violation
from demo.browser.desktop import Desktop
from demo.browser.key import extension_id
from demo.browser.launch import find_chromium, flags
from demo.browser.patience import PATIENCE_S
from demo.browser.pushservice import PushService
from demo.browser.worker import ExtensionWorker

T = TypeVar("T")


WINDOW_FRAME = 87
"""What Chromium's headless window needs of its height for itself, in pixels."""


def _screen(viewport: tuple[int, int], scale: float) -> dict[str, Any]:
    if scale == 1:
        return {"viewport": {"width": viewport[0], "height": viewport[1]}}
    return {"no_viewport": True}


def _scaled(viewport: tuple[int, int], scale: float) -> list[str]:
    # playwright's own scale stops at the page: a frame of another process comes out blurred.
    width, height = viewport
    return [
        f"--force-device-scale-factor={scale}",
        f"--window-size={width},{height + WINDOW_FRAME}",
    ]


class Browser:
    """``with Browser(playwright, Path("extension")) as browser:``; its own profile by default.

    ``https_port``: a TLS server on 127.0.0.1 that plays every https host (see Serving).
    ``context`` is playwright's, ``id`` and ``origin`` are the extension's, and ``control`` is a
    page of the extension that shows nothing, has chrome.* and never wakes the worker by itself.
    """

    def __init__(
        self,
        playwright: Playwright,
        extension: Path,
        *,
        desktop: Desktop | None = None,
        push: PushService | None = None,
        https_port: int | None = None,
        profile: Path | None = None,
        headless: bool = True,
        colour_scheme: Literal["light", "dark"] = "light",
        locale: str = "en-US",
        timezone: str = "America/New_York",
        viewport: tuple[int, int] = (1280, 800),
        scale: float = 1,
        args: Sequence[str] = (),
    ) -> None:
        extension = extension.resolve()
        manifest = json.loads((extension / "manifest.json").read_text())
        self.id = extension_id(manifest["key"])
        options = manifest.get("options_ui", {}).get("page") if profile is None else None
        self.origin = f"chrome-extension://{self.id}"
        self._playwright = playwright
        self._profile = profile
        self._at_install = f"{self.origin}/{options}" if options else None
        env: dict[str, str | float | bool] = dict(os.environ)
        if desktop:
            env["DBUS_SESSION_BUS_ADDRESS"] = desktop.address
        self._options: dict[str, Any] = {
            "executable_path": find_chromium(playwright),
            "headless": headless,
            "chromium_sandbox": os.geteuid() != 0,
            "color_scheme": colour_scheme,
            "locale": locale,
            "timezone_id": timezone,
            **_screen(viewport, scale),
            "env": env,
            "args": [
                *flags(extension, https_port),
                *(push.chromium_args() if push else []),
                *(_scaled(viewport, scale) if scale != 1 else []),
                *args,
            ],
        }

    def __enter__(self) -> Self:
        self._temporary = tempfile.TemporaryDirectory(
            prefix="chromium-", ignore_cleanup_errors=True
        )
        profile = self._profile or Path(self._temporary.name)
        self.context = self._playwright.chromium.launch_persistent_context(profile, **self._options)
        try:
            self.control = self.context.pages[0]
            if self._at_install:
                self._await_install(self._at_install)
            self.control.goto(f"{self.origin}/manifest.json")
            self._worker = ExtensionWorker(self.context, self.control, self.origin, self.until)
            self.worker()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()
        self._temporary.cleanup()

    def _await_install(self, options: str) -> None:
        """At its install the extension opens its options, in the empty tab if there is one: then
        that tab is no control."""
        self.until(lambda: any(page.url == options for page in self.context.pages), 20, options)
        if self.control.url == options:
            self.control = self.context.new_page()

    def until(self, condition: Callable[[], T], timeout: float = PATIENCE_S, what: str = "") -> T:
        """The first truthy value of ``condition``, tried every 20 ms while playwright's events
        come in (time.sleep would starve them). TimeoutError after ``timeout`` seconds."""
        end = time.monotonic() + timeout
        while not (value := condition()):
            if time.monotonic() > end:
                raise TimeoutError(f"not within {timeout} s: {what or condition}; last {value!r}")
            self.control.wait_for_timeout(20)
        return value

    # Pages

    def page(self, url: str) -> Page:
        page = self.context.new_page()
        page.goto(url)
        return page

    def extension_page(self, path: str) -> Page:
        return self.page(f"{self.origin}/{path.lstrip('/')}")

    def pane(self, page: Page, timeout: float = PATIENCE_S) -> Frame:
        """The pane's frame in a page, once it is there and parsed."""
        frames = self.until(
            lambda: [f for f in page.frames if "pane.html" in f.url], timeout, "a pane"
        )
        frames[0].wait_for_load_state("domcontentloaded")
        return frames[0]

    def key(self, page: Page, keys: str) -> None:
        """Press keys ("Control+Enter") where the page's focus is. Not for commands: `command`."""
        page.keyboard.press(keys)

    # The worker

    def worker(self) -> Worker:
        return self._worker.handle()

    def worker_running(self) -> bool:
        return self._worker.running()

    def stop_worker(self) -> None:
        self._worker.stop()

    # Inside closed shadow roots

    def named(self, page: Page, name: str, role: str = "button") -> Named | None:
        """What assistive technology finds in the page right now."""
        with accessibility.session(page) as cdp:
            return accessibility.find(cdp, name, role)

    def names(self, page: Page, role: str) -> list[str]:
        """Of all that assistive technology finds in the page right now as a ``role``."""
        with accessibility.session(page) as cdp:
            return accessibility.names(cdp, role)

    def click_named(
        self,
        page: Page,
        name: str,
        role: str = "button",
        timeout: float = PATIENCE_S,
        button: Literal["left", "right"] = "left",
    ) -> None:
        page.mouse.click(*self._place(page, name, role, timeout), button=button)

    def hover_named(
        self, page: Page, name: str, role: str = "button", timeout: float = PATIENCE_S
    ) -> None:
        page.mouse.move(*self._place(page, name, role, timeout))

    def _place(self, page: Page, name: str, role: str, timeout: float) -> tuple[float, float]:
        with accessibility.session(page) as cdp:

            def place() -> tuple[float, float] | None:
                found = accessibility.find(cdp, name, role)
                return accessibility.centre(cdp, found.node) if found else None

            at = self.until(place, timeout, f"a {role} named {name!r} in {page.url}")
        assert at
        return at

    def axe(self, target: Page | Frame, include: str | None = None) -> list[Violation]:
        """axe's violations. In a page that has our content script, closed shadow roots included.

        ``include``: a selector to look at only that (the closed root's host, say).
        """
        if isinstance(target, Page) and not target.url.startswith(self.origin):
            try:
                return axe.in_content_script(target, self.id, include)
            except LookupError:
                pass
        return axe.in_frame(target, include)

    def content_script(self, page: Page, expression: str) -> Any:
        """Evaluate in our content script's world. LookupError where it does not run."""
        with accessibility.session(page) as cdp:
            return world.evaluate(cdp, world.content_world(page, cdp, self.id), expression)

    # The browser's own interface

    def badge(self) -> tuple[str, tuple[int, ...]]:
        """The toolbar badge's text and its colour (r, g, b, a). Does not wake the worker."""
        text = self.control.evaluate("chrome.action.getBadgeText({})")
        colour = self.control.evaluate("chrome.action.getBadgeBackgroundColor({})")
        return text, tuple(colour)

    def command(self, name: str) -> None:
        """A keyboard command of the manifest (real key presses do not reach Chromium's own)."""
        self.worker().evaluate("(name) => chrome.commands.onCommand.dispatch(name)", name)

    def grant(self, origin: str) -> None:
        """Answer a permission prompt in advance: permissions.request() for ``origin`` (a match
        pattern, "https://crm.example.com/*") then says yes, after a real click, unprompted."""
        page = self.page("chrome://extensions/")
        page.evaluate(
            "([id, origin]) => chrome.developerPrivate.addHostPermission(id, origin)",
            [self.id, origin],
        )
        page.close()

    def trigger_action(self, page: Page) -> None:
        """Click the toolbar button while ``page`` is the active tab (this gives activeTab)."""
        page.bring_to_front()
        assert self.context.browser
        cdp = self.context.browser.new_browser_cdp_session()

        def tab() -> str | None:
            for target in cdp.send("Target.getTargets", {"filter": [{}]})["targetInfos"]:
                active = target.get("embedderData", {}).get("tabActive")
                if target["type"] == "tab" and target["url"] == page.url and active:
                    return str(target["targetId"])
            return None

        target = self.until(tab, what=f"an active tab at {page.url}")
        cdp.send("Extensions.triggerAction", {"id": self.id, "targetId": target})
        cdp.detach()
