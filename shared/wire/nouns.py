"""What frames and REST bodies are made of."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.wire.base import Direction, Id, Match, Name, Role, Status, Time, Url


class Number(Struct, kw_only=True):
    """A number that the team rents from the carrier."""

    id: Id
    e164: str
    display: str


class Person(Struct, kw_only=True):
    """Who is texted. ``name`` is empty while nobody has named an unknown sender."""

    id: Id
    name: str
    mobile: str
    mobile_display: str
    title: str = ""
    account: str = ""
    profile_url: str = ""
    account_url: str = ""
    crm: str = ""
    crm_ref: str = ""
    time_zone: str = ""


class Blocked(Struct, kw_only=True):
    """Why a text may not be sent now: a code for programs, a sentence for the rep."""

    reason: str
    text: str


class Message(Struct, kw_only=True):
    """One text. ``ref`` is the client's own, empty for inbound texts."""

    id: Id
    conversation: Id
    direction: Direction
    status: Status
    body: str
    at: Time
    ref: str = ""
    author: str = ""
    author_id: Id | None = None
    segments: int = 1
    media_count: int = 0
    error_code: int | None = None
    error: str = ""
    revision: int = 0
    """Grows with each change of this message: the higher one wins."""


class Conversation(Struct, kw_only=True):
    """One person on one of our numbers, with what the list shows of it."""

    id: Id
    person: Person
    number: Number
    unread: int
    preview: str
    preview_direction: Direction
    last_at: Time
    last_message: Id | None = None
    match: Match = "opened"
    match_others: list[str] = []
    """Names of the other people with the same mobile."""
    revision: int = 0
    blocked: Blocked | None = None
    """Set when the send gate would refuse a text now."""


class User(Struct, kw_only=True):
    """The rep or admin who is signed in."""

    id: Id
    name: str
    email: str
    role: Role


class Team(Struct, kw_only=True):
    id: Id
    name: str


class PersonOnPage(Struct, kw_only=True, forbid_unknown_fields=True):
    """What the CRM page says of a person; the page is hostile, so every field is bounded."""

    mobile: Annotated[str, Meta(max_length=64)]
    name: Name = ""
    title: Name = ""
    account: Name = ""
    profile_url: Url = ""
    account_url: Url = ""
    crm: Annotated[str, Meta(max_length=40)] = ""
    crm_ref: Annotated[str, Meta(max_length=200)] = ""
    time_zone: Annotated[str, Meta(max_length=64)] = ""
