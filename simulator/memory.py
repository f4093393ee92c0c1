"""What a simulated service remembers: one lock, one version that moves with every change, a file
if wanted."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from simulator.files import load, packed, save

Kept = TypeVar("Kept")


class Memory(Generic[Kept]):
    """Read and change ``books`` inside ``with memory.change()`` or ``with memory.look()``."""

    def __init__(self, shape: type[Kept], path: Path | None = None) -> None:
        """``shape`` is a msgspec struct that can be made empty. ValueError for a file that holds
        something else."""
        self.path = path
        self.books: Kept = (load(path, shape) if path else None) or shape()
        self.version = 0
        self.closed = False
        self._saved = 0
        self._moved = threading.Condition(threading.RLock())
        self._writer = threading.Thread(target=self._write, daemon=True, name="simulator-memory")
        if path:
            self._writer.start()

    def tidy(self, books: Kept) -> None:
        """Runs after each change, inside its lock."""

    @contextmanager
    def change(self) -> Iterator[Kept]:
        with self._moved:
            yield self.books
            self.tidy(self.books)
            self.version += 1
            self._moved.notify_all()

    @contextmanager
    def look(self) -> Iterator[Kept]:
        with self._moved:
            yield self.books

    def wait_for(self, condition: Callable[[Kept], object], timeout: float = 5.0) -> bool:
        """Wait until ``condition`` holds for the books; False when it does not within ``timeout``
        seconds. It is asked again after each change."""
        with self._moved:
            return bool(self._moved.wait_for(lambda: condition(self.books), timeout))

    def wait_past(self, version: int, timeout: float) -> int:
        """The version, as soon as it is another than ``version`` or after ``timeout`` seconds."""
        with self._moved:
            self._moved.wait_for(lambda: self.version != version or self.closed, timeout)
            return self.version

    def close(self) -> None:
        with self._moved:
            self.closed = True
            self._moved.notify_all()
        if self._writer.is_alive():
            self._writer.join()

    def _write(self) -> None:
        # A thread of its own, and at most ten files a second: a burst of changes is one write.
        assert self.path
        while True:
            with self._moved:
                self._moved.wait_for(lambda: self.version != self._saved or self.closed)
                version, ending = self.version, self.closed
                raw = packed(self.books) if version != self._saved else None
            if raw:
                save(self.path, raw)
                self._saved = version
            if ending:
                return
            time.sleep(0.1)
