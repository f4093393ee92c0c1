"""What the carrier keeps. Plain data: the rules are elsewhere. Times are aware datetimes in UTC."""

from datetime import datetime

from msgspec import Struct, field

FINAL = frozenset({"delivered", "undelivered", "failed", "canceled", "received"})
"""Statuses that a message never leaves."""


class Account(Struct):
    sid: str
    auth_token: str
    friendly_name: str
    created: datetime


class Number(Struct):
    """A number that an account rents. Without ``sms_url`` its texts go to the backend's path."""

    sid: str
    account_sid: str
    phone_number: str
    friendly_name: str
    created: datetime
    updated: datetime
    sms_url: str = ""
    sms_method: str = "POST"
    sms_application_sid: str = ""
    sms: bool = True
    mms: bool = True
    voice: bool = True


class Service(Struct):
    """What a Messaging Service is set to; its pool is in ``Books.services``.

    ``inbound_request_url`` gets what arrives, unless ``webhook_on_number``.
    """

    sid: str
    account_sid: str
    friendly_name: str
    created: datetime
    updated: datetime
    inbound_request_url: str | None = None
    inbound_method: str = "POST"
    webhook_on_number: bool = False


class Registration(Struct):
    """Something that people at Twilio or at the carriers look through. ``kind``: profile, product,
    brand, campaign, verification. ``of`` is the SID of what it is for: a campaign's service, a
    verification's number, a brand's profile."""

    sid: str
    kind: str
    account_sid: str
    status: str
    created: datetime
    updated: datetime
    name: str = ""
    of: str = ""
    brand: str = ""
    errors: list[str] = field(default_factory=list)


class Media(Struct):
    sid: str
    account_sid: str
    message_sid: str
    content_type: str
    content: bytes
    created: datetime


class Message(Struct):
    """``will_be`` and ``will_code`` are settled when the message is accepted."""

    sid: str
    account_sid: str
    to: str
    from_: str | None
    body: str
    direction: str
    status: str
    segments: int
    created: datetime
    updated: datetime
    sent: datetime | None = None
    send_at: datetime | None = None
    service_sid: str | None = None
    callback: str | None = None
    media_urls: list[str] = field(default_factory=list)
    media_count: int = 0
    error_code: int | None = None
    will_be: str = "delivered"
    will_code: int | None = None
    reversed_callbacks: bool = False


class Text(Struct):
    """What a phone shows. It outlives a redacted or deleted message, as on a real phone.

    ``direction`` is the phone's: ``sent`` or ``received``. ``sid`` is None for the carrier's own
    replies, such as the one to STOP. ``media`` holds SIDs.
    """

    phone: str
    direction: str
    to: str
    from_: str
    body: str
    at: datetime
    sid: str | None = None
    media: list[str] = field(default_factory=list)


class Phone(Struct):
    """How a phone behaves: its line type, and what becomes of the texts that go to it.

    ``outcome``: delivered, undelivered, failed, or sent (a carrier that never confirms).
    """

    line_type: str = "mobile"
    carrier_name: str = "Simulated Wireless"
    outcome: str = "delivered"
    error_code: int | None = None


class Delivery(Struct):
    """One attempt to deliver a webhook. ``status`` is the HTTP status, None without an answer."""

    at: datetime
    kind: str
    message_sid: str
    url: str
    attempt: int
    token: str
    params: dict[str, str]
    status: int | None = None
    error: str | None = None


class Books(Struct):
    """All that a simulator remembers. ``opt_outs`` holds [number or service SID, phone]."""

    accounts: dict[str, Account] = field(default_factory=dict)
    numbers: dict[str, Number] = field(default_factory=dict)
    services: dict[str, list[str]] = field(default_factory=dict)
    service_settings: dict[str, Service] = field(default_factory=dict)
    registrations: dict[str, Registration] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    ledger: list[Message] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    phones: dict[str, Phone] = field(default_factory=dict)
    opt_outs: set[tuple[str, str]] = field(default_factory=set)
    deliveries: list[Delivery] = field(default_factory=list)
