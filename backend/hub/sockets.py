"""A socket that the hub holds: as small as Python allows, because most of them are idle."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from backend.hub import framing

if TYPE_CHECKING:
    from backend.hub.poller import Poller

OPEN, CLOSING, GONE = "open", "closing", "gone"


class Socket:
    """One rep's connection. ``user`` is 0 until the hub has admitted it; ``identity`` is what its
    token said, for those who handle its frames.

    ``expires_at`` is in ms since 1970 UTC, 0 for never; assign a later one when the session is
    renewed. ``cursor`` is the seq of the last event that was written to it.
    """

    __slots__ = (
        "_poller",
        "again",
        "allowance",
        "busy",
        "cursor",
        "expires_at",
        "fd",
        "heard",
        "identity",
        "inbox",
        "lag",
        "out",
        "out_bytes",
        "paused",
        "reader",
        "session",
        "state",
        "user",
    )

    def __init__(self, poller: Poller, fd: int) -> None:
        self._poller = poller
        self.fd = fd
        self.state = OPEN
        self.identity: Any = None
        self.user = 0
        self.session = 0
        self.expires_at = 0
        self.cursor = 0
        self.lag = ""
        self.again = False
        self.reader: framing.Reader | None = None
        self.out: deque[bytes] | None = None
        self.out_bytes = 0
        self.inbox: deque[bytes] | None = None
        self.busy = False
        self.paused = False
        self.heard = 0
        self.allowance = 0.0

    @property
    def open(self) -> bool:
        """Whether anything can still be sent to it."""
        return self.state is OPEN

    def send(self, data: bytes) -> None:
        """Send one text message (UTF-8) without blocking; nothing once the socket is closed."""
        self._poller.write(self, framing.encode(framing.TEXT, data))

    def close(self, code: int, reason: str = "") -> None:
        """Send what waits, then Close. The reason is for people who look, not for programs."""
        self._poller.close(self, code, reason)
