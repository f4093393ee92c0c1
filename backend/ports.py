"""The edges, as Protocols: what the core asks of the carrier, the hub, the jobs and Web Push."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Text:
    """A text on its way to the carrier. Numbers in E.164; ``callback`` is told each status.
    ``media`` are addresses that the carrier fetches; ``service`` is the Messaging Service that the
    sender is in."""

    message: int
    sender: str
    recipient: str
    body: str
    callback: str
    media: tuple[str, ...] = ()
    service: str = ""


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
    price: int | None = None
    """What the carrier charges, in millionths of a US dollar, once it has priced the text."""


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


class Missing(CarrierError):
    """The carrier does not have it: not yet, or not any more."""


class Carrier(Protocol):
    def send(self, text: Text) -> CarrierText:
        """Hand one text over; raises :class:`Rejected`, :class:`NotTaken`, :class:`Uncertain`."""

    def sent_since(self, since: int) -> Iterable[CarrierText]:
        """What the carrier holds, of both directions, created at ``since`` (ms) or later, the
        newest first.

        Raises :class:`CarrierError` when the list cannot be had now.
        """

    def text(self, sid: str) -> CarrierText:
        """One text. Raises :class:`Missing` where the carrier has it no more, and
        :class:`CarrierError`."""

    def media_of(self, sid: str) -> list[str]:
        """The sids of a text's media, in their order. Raises :class:`CarrierError`."""

    def fetch_media(self, sid: str, media_sid: str) -> Iterable[bytes]:
        """The bytes of one media of the text ``sid``, piece by piece as they come.

        Raises :class:`Missing` while the carrier does not have it, :class:`CarrierError` for what
        else goes wrong; both also between two pieces.
        """

    def redact(self, sid: str) -> None:
        """Empty the body of a text at the carrier. Raises :class:`CarrierError`, of which
        :class:`Missing` says that there is nothing left to empty."""

    def delete_media(self, sid: str, media_sid: str) -> None:
        """Delete one media of a text at the carrier. Raises as :meth:`redact` does."""


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


@dataclass(frozen=True)
class HeldNumber:
    """A number that the carrier account holds. ``e164`` of a short code is its five or six digits.

    ``webhook`` is where its texts are posted to, empty for nowhere: the Messaging Service's own
    address when ``service`` (its SID) decides, which ``service_decides`` says, else the number's.
    """

    sid: str
    e164: str
    label: str
    sms: bool
    mms: bool
    voice: bool
    webhook: str
    service: str = ""
    service_decides: bool = False


@dataclass(frozen=True)
class Review:
    """What the carrier's people made of something that was sent in: Twilio's word for its status,
    and what was wrong with it. ``of`` is the SID of what it rests on."""

    sid: str
    status: str
    errors: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True)
class Registrations:
    """Where the account stands with A2P. ``campaigns`` are by the SID of their service,
    ``verifications`` (toll-free) by that of their number, ``brands`` by their own."""

    profiles: tuple[Review, ...]
    products: tuple[Review, ...]
    brands: dict[str, Review]
    campaigns: dict[str, Review]
    verifications: dict[str, Review]


class NumberDesk(Protocol):
    """The carrier's desk for numbers. Everything raises :class:`CarrierError` when it cannot be
    had now."""

    def held(self) -> list[HeldNumber]:
        """All numbers and short codes of the account."""

    def registrations(self, services: Iterable[str]) -> Registrations:
        """A2P, with the campaigns of these Messaging Services."""

    def set_webhook(self, number: HeldNumber, url: str) -> None:
        """Have the number's texts posted to ``url``, by its service too where that decides."""

    def line_type(self, e164: str) -> str:
        """What kind of line it is, in Twilio's words; ``unknown`` where it does not tell."""
