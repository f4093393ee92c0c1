"""The time at the carrier; it can be moved forward so that nobody waits for a scheduled text."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def utc_now() -> datetime:
    return datetime.now(UTC)


class Clock:
    def __init__(self, base: Callable[[], datetime] = utc_now) -> None:
        """``base`` returns an aware datetime."""
        self._base = base
        self._ahead = timedelta()

    def now(self) -> datetime:
        return self._base() + self._ahead

    def reset(self) -> None:
        self._ahead = timedelta()

    def advance(self, seconds: float) -> datetime:
        self._ahead += timedelta(seconds=seconds)
        return self.now()
