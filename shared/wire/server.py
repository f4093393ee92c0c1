"""Frames that the backend sends."""

from typing import Literal

from msgspec import Struct

from shared.wire.base import Id, Seq, Time
from shared.wire.nouns import (
    Activity,
    Blocked,
    Conversation,
    Message,
    Number,
    Person,
    Prices,
    QuickReply,
    Team,
    User,
)


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
    prices: Prices
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

    Reasons: malformed, unknown_type, version, too_large, not_found, conflict, gate
    (then ``blocked`` says why), forbidden (another user may), failed.
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


class MessageSaved(ServerFrame, tag="message.saved"):
    """A text as it stands after an edit, a cancel or a keep, after it was filed under another
    person, or after its receipt was asked about."""

    request: str
    message: Message


class ConversationSaved(ServerFrame, tag="conversation.saved"):
    request: str
    conversation: Conversation


class QuickReplyPage(ServerFrame, tag="quick_reply.page"):
    """All quick replies of the user and the team, by name."""

    request: str
    quick_replies: list[QuickReply]


class ActivityPage(ServerFrame, tag="activity.page"):
    request: str
    person: Id
    activities: list[Activity]
    next: str = ""


class NoteAdded(ServerFrame, tag="note.added"):
    request: str
    person: Id
    activity: Activity


class PersonPage(ServerFrame, tag="person.page"):
    request: str
    people: list[Person]


class SuggestedTime(Struct, kw_only=True):
    """A moment and what to call it, in the recipient's day: ``Tomorrow morning``."""

    at: Time
    label: str


class TimeSuggested(ServerFrame, tag="time.suggested"):
    """``zone`` is the IANA name that the labels speak of; times outside ``windows`` are refused at
    hand-over: each is (from, until), ms since 1970, of the next days."""

    request: str
    zone: str
    times: list[SuggestedTime]
    windows: list[tuple[Time, Time]]


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


class MessageMoved(EventFrame, tag="message.moved"):
    """A text was filed under another person: it is in ``conversation`` now and no longer in
    ``former``."""

    message: Message
    conversation: Conversation
    former: Id
    unread: int


class ConversationUpdated(EventFrame, tag="conversation.updated"):
    conversation: Conversation
    unread: int


class SessionUpdated(EventFrame, tag="session.updated"):
    """What the user may do has changed: a license, a number, the team's switch, prices."""

    numbers: list[Number]
    prices: Prices
    blocked: Blocked | None = None


class PersonErased(EventFrame, tag="person.erased"):
    """A person was erased: what is held of these conversations has to go."""

    person: Id
    conversations: list[Id]
    unread: int


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
    MessageMoved,
    ConversationUpdated,
    MessageSaved,
    ConversationSaved,
    QuickReplyPage,
    ActivityPage,
    NoteAdded,
    PersonPage,
    TimeSuggested,
    SessionUpdated,
    PersonErased,
)
