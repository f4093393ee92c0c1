"""The extension's service worker: its handle, its death and its waking.

Playwright's debugger keeps a worker alive for good; what Chromium does to an idle worker after
30 s has to be done to it here by ``stop``.
"""

from collections.abc import Callable
from typing import Any, cast

from playwright.sync_api import BrowserContext, Page, Worker

Until = Callable[..., Any]


class ExtensionWorker:
    """``control`` is a page of the extension that is not part of its interface."""

    def __init__(self, context: BrowserContext, control: Page, origin: str, until: Until) -> None:
        self._context, self._origin, self._until = context, origin, until
        self._versions: dict[str, dict[str, Any]] = {}
        self._ends = 0
        self._cdp = context.new_cdp_session(control)
        self._cdp.on("ServiceWorker.workerVersionUpdated", self._on_versions)
        self._cdp.send("ServiceWorker.enable")

    def running(self) -> bool:
        """Whether it runs. Does not wake it."""
        # A round trip, so that what Chromium already told us has arrived.
        self._cdp.send("ServiceWorker.setForceUpdateOnPageLoad", {"forceUpdateOnPageLoad": False})
        return self._status() == "running"

    def handle(self) -> Worker:
        """The running worker; woken when it was asleep."""
        self._until(self._woken)
        return cast(Worker, self._until(self._known))

    def stop(self) -> None:
        """End it and return once it has ended. Nothing if it was not running.

        Whoever was connected to it (a pane) may have woken another one by then.
        """
        if not self.running():
            return
        before = self._ends
        for version in self._mine():
            self._cdp.send("ServiceWorker.stopWorker", {"versionId": version["versionId"]})
        self._until(lambda: self._ends > before)

    def _woken(self) -> bool:
        if self._status() == "stopped":
            self._cdp.send("ServiceWorker.startWorker", {"scopeURL": f"{self._origin}/"})
        return self._status() == "running"

    def _known(self) -> Worker | None:
        mine = [w for w in self._context.service_workers if w.url.startswith(self._origin)]
        return mine[-1] if mine else None

    def _status(self) -> str:
        mine = self._mine()
        return str(mine[-1]["runningStatus"]) if mine else "unknown"

    def _mine(self) -> list[dict[str, Any]]:
        return [
            v
            for v in self._versions.values()
            if v["scriptURL"].startswith(self._origin) and v["status"] == "activated"
        ]

    def _on_versions(self, event: dict[str, Any]) -> None:
        for version in event["versions"]:
            before = self._versions.get(version["versionId"])
            self._versions[version["versionId"]] = version
            ended = version["runningStatus"] in ("stopped", "starting")
            if before and before["runningStatus"] in ("running", "stopping") and ended:
                self._ends += 1
