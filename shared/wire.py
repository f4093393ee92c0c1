"""The contract between the extension and the backend: one struct per frame.

Every frame is one JSON object in one WebSocket message: ``{"type": "noun.verb", "v": 1, ...}``.
The backend decodes with :data:`CLIENT_FRAMES` and refuses what does not fit; the client ignores
types that it does not know, so that the backend may grow first. REST bodies and the OpenAPI
document are made from the same structs. Times are integers, milliseconds since 1970 UTC.
Ids are integers of the backend's database. Text is Unicode without lone surrogates.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

VERSION = 1
MAX_BODY = 1600
"""Characters in one text, Twilio's limit for ``Body``."""

Text = Annotated[str, Meta(max_length=MAX_BODY)]
Ref = Annotated[str, Meta(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
"""The client's own name for a text or a request: unique within the team, a UUID by convention."""
Name = Annotated[str, Meta(max_length=200)]
Url = Annotated[str, Meta(max_length=2000)]
Id = Annotated[int, Meta(ge=1, le=2**53 - 1)]
Time = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Seq = Annotated[int, Meta(ge=0, le=2**53 - 1)]

Direction = Literal["inbound", "outbound"]
Status = Literal[
    "queued",
    "sending",
    "sent",
    "delivered",
    "undelivered",
    "failed",
    "unknown",
    "received",
    "scheduled",
    "canceled",
]
Role = Literal["rep", "admin"]
Folder = Literal["inbox", "all"]
Match = Literal["opened", "only", "last_contacted", "last_created", "new"]
"""Why an inbound text was filed under this person: the rep opened the conversation, the number is
theirs alone, they were contacted last with it, they were created last, or nobody had it yet."""


# What frames are made of


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


# Frames that the extension sends


class ClientFrame(Struct, kw_only=True, tag_field="type", forbid_unknown_fields=True):
    v: Literal[1]


class SessionStart(ClientFrame, tag="session.start"):
    """The first frame of a socket. ``since`` is the last seq seen; absent asks for no replay."""

    token: Annotated[str, Meta(max_length=4096)]
    since: Seq | None = None
    client: Annotated[str, Meta(max_length=100)] = ""


class SessionRenew(ClientFrame, tag="session.renew"):
    """A newer access token, before the old one ends."""

    token: Annotated[str, Meta(max_length=4096)]


class SessionPing(ClientFrame, tag="session.ping"):
    pass


class ConversationList(ClientFrame, tag="conversation.list"):
    """A page of conversations, latest first. ``before`` is a cursor from the page before."""

    request: Ref
    folder: Folder = "inbox"
    search: Annotated[str, Meta(max_length=100)] = ""
    before: Annotated[str, Meta(max_length=64)] = ""
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class ConversationOpen(ClientFrame, tag="conversation.open"):
    """Find or start the conversation with the person on the page, on the user's number."""

    request: Ref
    person: PersonOnPage


class ConversationGet(ClientFrame, tag="conversation.get"):
    """A conversation by its id, with its latest messages; answered ``conversation.opened``."""

    request: Ref
    conversation: Id


class ConversationRead(ClientFrame, tag="conversation.read"):
    """Everything up to and including message ``upto`` has been seen by the user."""

    conversation: Id
    upto: Id


class MessageList(ClientFrame, tag="message.list"):
    """A page of a conversation's messages, newest first; ``before`` is the oldest id held."""

    request: Ref
    conversation: Id
    before: Id | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class MessageSend(ClientFrame, tag="message.send"):
    """Send one text. The same ``ref`` with the same body is one text however often it is sent."""

    ref: Ref
    conversation: Id
    body: Annotated[str, Meta(min_length=1, max_length=MAX_BODY)]


class PersonName(ClientFrame, tag="person.name"):
    """Name a sender whom nobody knew."""

    request: Ref
    person: Id
    name: Annotated[str, Meta(min_length=1, max_length=200)]


# Frames that the backend sends


class ServerFrame(Struct, kw_only=True, tag_field="type"):
    v: Literal[1] = 1


class SessionReady(ServerFrame, tag="session.ready"):
    """The answer to ``session.start``. ``seq`` is where the feed stands; with ``resumed`` the
    events after ``since`` follow, without it the client drops what it holds and asks again."""

    user: User
    team: Team
    numbers: list[Number]
    seq: Seq
    resumed: bool
    unread: int
    now: Time
    blocked: Blocked | None = None


class SessionPong(ServerFrame, tag="session.pong"):
    now: Time


class SessionRenewed(ServerFrame, tag="session.renewed"):
    expires_at: Time


class SessionGoodbye(ServerFrame, tag="session.goodbye"):
    """The backend restarts: come back after ``retry_ms``, spread by the client."""

    retry_ms: int


class FrameRefused(ServerFrame, tag="frame.refused"):
    """What the client sent was refused and changed nothing. ``request`` is its ref, if it had one.

    Reasons: malformed, unknown_type, version, too_large, not_found, conflict, busy, gate
    (then ``blocked`` says why), failed.
    """

    reason: str
    text: str
    request: str = ""
    blocked: Blocked | None = None


class ConversationPage(ServerFrame, tag="conversation.page"):
    request: str
    conversations: list[Conversation]
    next: str = ""
    """The cursor of the next page; empty on the last."""
    unread: int = 0


class ConversationOpened(ServerFrame, tag="conversation.opened"):
    request: str
    conversation: Conversation
    messages: list[Message]
    more: bool


class MessagePage(ServerFrame, tag="message.page"):
    request: str
    conversation: Id
    messages: list[Message]
    more: bool


class MessageAccepted(ServerFrame, tag="message.accepted"):
    """The text is stored and will be handed to the carrier once; also the answer to a repeat."""

    ref: str
    message: Message


class PersonNamed(ServerFrame, tag="person.named"):
    request: str
    person: Person


class EventFrame(ServerFrame):
    """A frame from the user's feed: ``seq`` grows by one per event, without gaps."""

    seq: Seq


class MessageCreated(EventFrame, tag="message.created"):
    message: Message
    conversation: Conversation
    unread: int
    """Unread texts of the user over all conversations, for the badge."""


class MessageUpdated(EventFrame, tag="message.updated"):
    message: Message


class ConversationUpdated(EventFrame, tag="conversation.updated"):
    conversation: Conversation
    unread: int


# What Web Push carries: enough to wake the worker and show the notification


class PushPayload(Struct, kw_only=True):
    message: Id
    conversation: Id
    seq: Seq
    title: str
    body: str
    unread: int


# REST bodies


class SignIn(Struct, kw_only=True, forbid_unknown_fields=True):
    email: Annotated[str, Meta(min_length=3, max_length=254)]
    password: Annotated[str, Meta(min_length=1, max_length=1000)]
    client: Annotated[str, Meta(max_length=100)] = ""


class SessionRefresh(Struct, kw_only=True, forbid_unknown_fields=True):
    refresh_token: Annotated[str, Meta(min_length=20, max_length=200)]


class SessionTokens(Struct, kw_only=True):
    """``access_token`` lives for minutes; ``refresh_token`` is exchanged for a new pair once."""

    access_token: str
    refresh_token: str
    expires_at: Time
    user: User
    team: Team
    push_key: str
    """The server's VAPID public key, base64url, for ``pushManager.subscribe``."""


class PushSubscription(Struct, kw_only=True, forbid_unknown_fields=True):
    endpoint: Annotated[str, Meta(max_length=2000, pattern=r"^https://")]
    p256dh: Annotated[str, Meta(max_length=200)]
    auth: Annotated[str, Meta(max_length=100)]


class SendText(Struct, kw_only=True, forbid_unknown_fields=True):
    """Body of ``POST /api/v1/conversations/{id}/messages``."""

    ref: Ref
    body: Annotated[str, Meta(min_length=1, max_length=MAX_BODY)]


class ConversationResults(Struct, kw_only=True):
    conversations: list[Conversation]
    next: str
    unread: int


class MessageResults(Struct, kw_only=True):
    messages: list[Message]
    more: bool


class Problem(Struct, kw_only=True):
    """RFC 9457 problem+json: what went wrong and what to do, naming the field if there is one."""

    type: str
    title: str
    status: int
    detail: str
    field: str = ""


CLIENT_FRAMES: tuple[type[ClientFrame], ...] = (
    SessionStart,
    SessionRenew,
    SessionPing,
    ConversationList,
    ConversationOpen,
    ConversationGet,
    ConversationRead,
    MessageList,
    MessageSend,
    PersonName,
)
SERVER_FRAMES: tuple[type[ServerFrame], ...] = (
    SessionReady,
    SessionPong,
    SessionRenewed,
    SessionGoodbye,
    FrameRefused,
    ConversationPage,
    ConversationOpened,
    MessagePage,
    MessageAccepted,
    PersonNamed,
    MessageCreated,
    MessageUpdated,
    ConversationUpdated,
)
REST_BODIES: tuple[type[Struct], ...] = (
    SignIn,
    SessionRefresh,
    SessionTokens,
    PushSubscription,
    SendText,
    ConversationResults,
    MessageResults,
    Problem,
    PushPayload,
)


class Refused(Exception):
    """A frame that is not taken. ``reason`` and ``text`` as in :class:`FrameRefused`."""

    def __init__(self, reason: str, text: str, request: str = "") -> None:
        super().__init__(text)
        self.reason = reason
        self.text = text
        self.request = request


class _Head(Struct):
    """What can be told of any frame before it is decoded in full."""

    type: str
    v: int
    request: str = ""
    ref: str = ""


_decoder = msgspec.json.Decoder(
    SessionStart
    | SessionRenew
    | SessionPing
    | ConversationList
    | ConversationOpen
    | ConversationGet
    | ConversationRead
    | MessageList
    | MessageSend
    | PersonName
)
_head = msgspec.json.Decoder(_Head)
_known = {frame.__struct_config__.tag for frame in CLIENT_FRAMES}
encode = msgspec.json.encode


def decode(data: bytes) -> ClientFrame:
    """Decode one frame of the client, or raise :class:`Refused` with a reason it can act on."""
    try:
        frame = _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _why(data, error) from None
    if "\x00" in _texts(frame):
        raise Refused("malformed", "Text may not contain NUL characters", _request(frame))
    return frame


def _why(data: bytes, error: Exception) -> Refused:
    try:
        head = _head.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Refused("malformed", f"Not a frame: {error}")
    request = (head.ref or head.request)[:64]
    if head.v != VERSION:
        return Refused("version", f"This backend speaks version {VERSION} of the wire", request)
    if head.type not in _known:
        return Refused("unknown_type", "This backend does not know this type of frame", request)
    return Refused("malformed", str(error), request)


def _request(frame: ClientFrame) -> str:
    return getattr(frame, "ref", "") or getattr(frame, "request", "")


def _texts(frame: ClientFrame) -> str:
    match frame:
        case MessageSend(body=body):
            return body
        case ConversationOpen(person=person):
            return "".join(msgspec.structs.astuple(person))
        case PersonName(name=name):
            return name
        case ConversationList(search=search):
            return search
    return ""
