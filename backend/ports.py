"""The edges, as Protocols: what the core asks of the carrier, the hub, the jobs and Web Push."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Text:
    """A text on its way to the carrier. Numbers in E.164; ``callback`` is told each status."""

    message: int
    sender: str
    recipient: str
    body: str
    callback: str


@dataclass(frozen=True)
class CarrierText:
    """A text as the carrier knows it. ``status`` is one of ours; ``at`` in ms since 1970 UTC."""

    sid: str
    status: str
    sender: str
    recipient: str
    body: str
    at: int
    error_code: int | None = None
    segments: int | None = None
    inbound: bool = False
    media_count: int = 0


class CarrierError(Exception):
    """The carrier did not take the text. ``code`` is its error code, if it gave one."""

    def __init__(self, text: str, code: int | None = None) -> None:
        super().__init__(text)
        self.code = code


class Rejected(CarrierError):
    """The carrier said no and will say it again: the text is failed."""


class NotTaken(CarrierError):
    """The carrier certainly does not have the text and may take it later."""


class Uncertain(CarrierError):
    """The answer never came: the carrier may or may not have the text. Never retried blindly."""


class Carrier(Protocol):
    def send(self, text: Text) -> CarrierText:
        """Hand one text over; raises :class:`Rejected`, :class:`NotTaken`, :class:`Uncertain`."""

    def sent_since(self, since: int) -> Iterable[CarrierText]:
        """What the carrier holds, of both directions, created at ``since`` (ms) or later, the
        newest first.

        Raises :class:`CarrierError` when the list cannot be had now.
        """


@dataclass(frozen=True)
class Event:
    """One entry of a user's feed: ``frame`` is the encoded frame with ``seq`` inside."""

    user: int
    seq: int
    frame: bytes


class Hub(Protocol):
    def publish(self, event: Event) -> None:
        """Write the event to the user's sockets, in the order of ``seq``, without blocking."""

    def close_session(self, session: int) -> None:
        """Close the sockets of a sign-in that has ended."""


@dataclass(frozen=True)
class Push:
    """A Web Push to one browser. ``payload`` is encrypted on the way."""

    subscription: int
    endpoint: str
    p256dh: str
    auth: str
    payload: bytes


class Pusher(Protocol):
    public_key: str
    """VAPID public key, base64url without padding."""

    def send(self, push: Push) -> bool:
        """Deliver; False when the subscription is gone for good. Raises OSError to try later."""
