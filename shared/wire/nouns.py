"""What frames and REST bodies are made of."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.wire.base import (
    A2p,
    ActivityKind,
    Direction,
    Doubt,
    Hold,
    Id,
    Match,
    MediaState,
    Name,
    NumberKind,
    ReceiptState,
    Role,
    Status,
    Time,
    Url,
)


class Number(Struct, kw_only=True):
    """A number that the team rents from the carrier."""

    id: Id
    e164: str
    display: str
    kind: NumberKind = "long_code"
    label: str = ""
    mms: bool = True
    a2p: A2p = ""


class PersonNumber(Struct, kw_only=True):
    """One of a person's numbers, with the CRM's word for it; ``label`` may be empty."""

    e164: str
    display: str
    label: str = ""


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
    region: str = ""
    numbers: list[PersonNumber] = []
    """All that are known, the chosen one too; empty where only ``mobile`` is."""


class Blocked(Struct, kw_only=True):
    """Why a text may not be sent now: a code for programs, a sentence for the rep."""

    reason: str
    text: str
    until: Time | None = None
    """The first moment at which it may be sent, where time alone mends it."""
    since: Time | None = None
    """Since when it is so, where that is known."""


class Suspicion(Struct, kw_only=True):
    """A text that read like a wish to stop. Sending is frozen until a rep says what it meant."""

    message: Id
    phrase: str
    at: Time


class Media(Struct, kw_only=True):
    """A picture or file of a text. The bytes are at ``/media/{id}`` for those who see the text."""

    id: Id
    content_type: str
    size: int
    name: str = ""
    width: int = 0
    height: int = 0
    state: MediaState = "ready"
    error: str = ""


class QuickReply(Struct, kw_only=True):
    """A text kept for reuse. ``shared`` ones are the team's and changed by admins."""

    id: Id
    name: str
    body: str
    shared: bool


class OpportunityChoice(Struct, kw_only=True):
    """An open opportunity that an activity may belong to; ``id`` is the CRM's."""

    id: str
    name: str


class Receipt(Struct, kw_only=True):
    """Whether an activity is in the CRM. ``text`` says why not, or what had to be left out;
    ``url`` is where it is. ``opportunities`` ask which of them it belongs to."""

    crm: str
    """As it is called on the screen: Salesforce."""
    state: ReceiptState
    text: str = ""
    url: str = ""
    opportunity: str = ""
    """The name of the one that it is filed under."""
    opportunities: list[OpportunityChoice] = []


class Activity(Struct, kw_only=True):
    """What happened to a person: who did it, when, and in what words.

    ``text`` is the body of a message or note; ``<media attached>`` stands where a text has media.
    """

    id: Id
    kind: ActivityKind
    at: Time
    text: str = ""
    who: str = ""
    direction: Direction | None = None
    status: Status | None = None
    message: Id | None = None
    receipt: Receipt | None = None


class Prices(Struct, kw_only=True):
    """What a text costs by the team's price list, in millionths of a US dollar."""

    segment: int
    media: int


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
    media: list[Media] = []
    cost: int | None = None
    """Millionths of a US dollar, once the carrier has billed it."""
    scheduled_for: Time | None = None
    hold: Hold = ""
    doubt: Doubt = ""
    """Set while nobody knows whether it was sent, and for good where that was left open."""
    error_code: int | None = None
    error: str = ""
    receipt: Receipt | None = None
    """None where the team logs to no CRM."""
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
    warning: Blocked | None = None
    """Set when a text may be sent but may not arrive as one, as on a landline."""
    zone: str = ""
    """IANA name for the recipient's clock; empty when nothing tells it."""
    zone_certain: bool = False
    """False when only the number's area tells the zone."""
    suspicion: Suspicion | None = None
    do_not_text: bool = False
    """A user has set do-not-text by hand."""
    scheduled: int = 0
    """Texts of this conversation that wait for their time."""


class User(Struct, kw_only=True):
    """The rep or admin who is signed in."""

    id: Id
    name: str
    email: str
    role: Role


class Team(Struct, kw_only=True):
    id: Id
    name: str


class NumberOnPage(Struct, kw_only=True, forbid_unknown_fields=True):
    number: Annotated[str, Meta(max_length=64)]
    label: Annotated[str, Meta(max_length=80)] = ""


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
    region: Annotated[str, Meta(max_length=40)] = ""
    """State or province of the address: a two-letter code or its name."""
    numbers: Annotated[list[NumberOnPage], Meta(max_length=10)] = []
    email: Annotated[str, Meta(max_length=254)] = ""
    crm_org: Annotated[str, Meta(max_length=253)] = ""
    """Whose CRM it is: the account's number where the address has one, else the host."""
