"""A desktop of our own to show notifications on: a private D-Bus with a daemon in a thread."""

import asyncio
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any, Self

from dbus_fast.aio import MessageBus

from demo.browser.notifications import NotificationDaemon, Shown
from demo.browser.patience import PATIENCE_S

# No service directories: nothing else of the machine is ever started on this bus.
CONFIGURATION = """<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"""


class Desktop:
    """``with Desktop() as desktop:`` then ``Browser(..., desktop=desktop)``.

    ``shown`` has everything that was ever shown, in order; ``address`` is the bus address.
    Needs the program dbus-daemon (Debian: apt install dbus-daemon).
    """

    def __init__(self) -> None:
        self.shown: list[Shown] = []
        self.address = ""
        self._visible: dict[int, Shown] = {}
        self._changed = threading.Condition()
        self._daemon = NotificationDaemon(self._on_show, self._on_close)
        self._loop = asyncio.new_event_loop()

    def visible(self) -> list[Shown]:
        """What is on the screen now: neither clicked nor closed."""
        with self._changed:
            return list(self._visible.values())

    def showing(self, text: str) -> Shown | None:
        """The latest visible notification with ``text`` in its summary or body."""
        matching = [s for s in self.visible() if text in s.summary or text in s.body]
        return matching[-1] if matching else None

    def wait_for(self, text: str, timeout: float = PATIENCE_S) -> Shown:
        """Block until ``showing(text)``. TimeoutError after ``timeout`` seconds.

        Playwright's events wait meanwhile; with a browser under way prefer
        ``browser.until(lambda: desktop.showing(text))``.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self.showing(text), timeout):
                raise TimeoutError(f"no notification says {text!r}; shown: {self.shown}")
            found = self.showing(text)
        assert found
        return found

    def click(self, shown_id: int, action: str = "default") -> None:
        self._loop.call_soon_threadsafe(self._daemon.click, shown_id, action)

    def close(self, shown_id: int) -> None:
        """Dismiss it, as a person does with its x."""
        self._loop.call_soon_threadsafe(self._daemon.close, shown_id)

    def clear(self) -> None:
        """Forget what was shown (the browser is not told): for the next test."""
        with self._changed:
            self.shown.clear()
            self._visible.clear()

    def __enter__(self) -> Self:
        program = shutil.which("dbus-daemon")
        if not program:
            raise RuntimeError("dbus-daemon is not installed (Debian: apt install dbus-daemon)")
        self._folder = tempfile.TemporaryDirectory(prefix="desktop-")
        configuration = Path(self._folder.name) / "bus.conf"
        configuration.write_text(CONFIGURATION.format(folder=self._folder.name))
        self._process = subprocess.Popen(
            [program, f"--config-file={configuration}", "--nofork", "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout
        self.address = self._process.stdout.readline().strip()
        if not self.address:
            raise RuntimeError(f"dbus-daemon ended with {self._process.wait()}")
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._bus: Any = asyncio.run_coroutine_threadsafe(self._connect(), self._loop).result(8)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._bus.disconnect)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._process.terminate()
        self._process.wait(5)
        self._folder.cleanup()

    async def _connect(self) -> MessageBus:
        bus = await MessageBus(bus_address=self.address).connect()
        bus.export("/org/freedesktop/Notifications", self._daemon)
        await bus.request_name("org.freedesktop.Notifications")
        return bus

    def _on_show(self, shown: Shown) -> None:
        with self._changed:
            self.shown.append(shown)
            # A replacement moves to the end: the latest is last.
            self._visible.pop(shown.id, None)
            self._visible[shown.id] = shown
            self._changed.notify_all()

    def _on_close(self, shown_id: int) -> None:
        with self._changed:
            self._visible.pop(shown_id, None)
            self._changed.notify_all()
