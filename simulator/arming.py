"""What is armed waits for what it fits, and is spent one by one."""

import threading
from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar


class Spendable(Protocol):
    def spend(self) -> bool:
        """Count that it happens now; whether this was the last time."""


Kept = TypeVar("Kept", bound=Spendable)


class Armed(Generic[Kept]):
    def __init__(self) -> None:
        self._armed: list[Kept] = []
        self._lock = threading.Lock()

    def arm(self, faults: Iterable[Kept]) -> None:
        with self._lock:
            self._armed += faults

    def armed(self) -> list[Kept]:
        with self._lock:
            return list(self._armed)

    def clear(self) -> None:
        with self._lock:
            self._armed.clear()

    def first(self, fits: Callable[[Kept], bool]) -> Kept | None:
        """The first that fits, counted down; None without one. One at a time asks ``fits``."""
        with self._lock:
            for fault in self._armed:
                if fits(fault):
                    if fault.spend():
                        self._armed.remove(fault)
                    return fault
        return None
