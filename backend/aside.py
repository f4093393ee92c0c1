"""Work that must not hold up whoever asks for it, done in order in a thread of its own."""

import queue
import threading
from collections.abc import Callable
from typing import Any

import structlog

from backend import metrics

log = structlog.get_logger()


class Aside:
    def __init__(self, name: str) -> None:
        self._waiting: queue.SimpleQueue[tuple[Callable[..., object], tuple[Any, ...]]] = (
            queue.SimpleQueue()
        )
        threading.Thread(target=self._run, daemon=True, name=name).start()

    def __call__(self, work: Callable[..., object], *arguments: Any) -> None:
        """Do ``work(*arguments)`` soon. Returns at once; what it raises is logged."""
        self._waiting.put((work, arguments))

    def _run(self) -> None:
        while True:
            work, arguments = self._waiting.get()
            try:
                work(*arguments)
            except Exception as error:
                metrics.asides_failed.inc()
                log.warning("aside.failed", cause=type(error).__name__)
