"""Frames that the extension sends."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from shared.wire.base import (
    MAX_MEDIA,
    MAX_NOTE,
    Folder,
    Id,
    Name,
    Ref,
    Seq,
    SettledAs,
    Text,
    Time,
    Url,
)
from shared.wire.nouns import PersonOnPage


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
    """Find or start the conversation with the person on the page. ``number`` is the one to text
    from; without it the number that they were texted from last, else the user's first."""

    request: Ref
    person: PersonOnPage
    number: Id | None = None


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
    """Send one text. The same ``ref`` with the same content is one text however often it is sent.

    ``at`` schedules it; ``media`` are ids that the upload gave. A text with media may be empty.
    """

    ref: Ref
    conversation: Id
    body: Text
    at: Time | None = None
    media: Annotated[list[Id], Meta(max_length=MAX_MEDIA)] = []

    def __post_init__(self) -> None:
        if not self.body and not self.media:
            raise ValueError("A text needs words or media")


class MessageEdit(ClientFrame, tag="message.edit"):
    """Change a text that still waits for its time; answered ``message.saved``."""

    request: Ref
    message: Id
    body: Text
    at: Time


class MessageCancel(ClientFrame, tag="message.cancel"):
    """Take back a text that still waits for its time; answered ``message.saved``."""

    request: Ref
    message: Id


class MessageKeep(ClientFrame, tag="message.keep"):
    """Send a scheduled text although somebody answered meanwhile; answered ``message.saved``."""

    request: Ref
    message: Id


class MessageFile(ClientFrame, tag="message.file"):
    """File a text under another person with the same mobile; answered ``message.saved``. Its
    activity in the CRM moves along."""

    request: Ref
    message: Id
    person: Id


class MessageSettle(ClientFrame, tag="message.settle"):
    """Say what became of a text in doubt, once the carrier's list has not told; answered
    ``message.saved``."""

    request: Ref
    message: Id
    answer: SettledAs


class ReceiptRetry(ClientFrame, tag="receipt.retry"):
    """Try anew to log a text that the CRM refused; answered ``message.saved``."""

    request: Ref
    message: Id


class ReceiptLink(ClientFrame, tag="receipt.link"):
    """Say which of the ``opportunities`` of its receipt a text belongs to, and further texts of
    this person; empty is none. Answered ``message.saved``."""

    request: Ref
    message: Id
    opportunity: Annotated[str, Meta(max_length=64)]


class QuickReplyList(ClientFrame, tag="quick_reply.list"):
    request: Ref


class RestrictionSet(ClientFrame, tag="restriction.set"):
    """Set or end do-not-text by hand for the mobile of a conversation; answered
    ``conversation.saved``."""

    request: Ref
    conversation: Id
    do_not_text: bool
    note: Annotated[str, Meta(max_length=500)] = ""


class SuspicionAnswer(ClientFrame, tag="suspicion.answer"):
    """Say what a text that read like a wish to stop has meant; answered ``conversation.saved``.

    ``message`` is the one that was read (``suspicion.message``): where a further one came
    meanwhile, "not opted out" changes nothing and the answer shows that one.
    """

    request: Ref
    conversation: Id
    opted_out: bool
    message: Id | None = None


class ActivityList(ClientFrame, tag="activity.list"):
    """What happened to a person, newest first; ``before`` is a cursor from the page before."""

    request: Ref
    person: Id
    before: Annotated[str, Meta(max_length=64)] = ""
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class NoteAdd(ClientFrame, tag="note.add"):
    """Write a note about a person; answered ``note.added``."""

    request: Ref
    person: Id
    body: Annotated[str, Meta(min_length=1, max_length=MAX_NOTE)]


class PersonList(ClientFrame, tag="person.list"):
    """The people of an account that the team knows, by the account's name or address in the CRM; or
    the others who share the mobile of a ``conversation``."""

    request: Ref
    account: Name = ""
    account_url: Url = ""
    conversation: Id | None = None


class TimeSuggest(ClientFrame, tag="time.suggest"):
    """Sensible times to send a text in this conversation; answered ``time.suggested``."""

    request: Ref
    conversation: Id


class PersonName(ClientFrame, tag="person.name"):
    """Name a sender whom nobody knew."""

    request: Ref
    person: Id
    name: Annotated[str, Meta(min_length=1, max_length=200)]


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
    MessageEdit,
    MessageCancel,
    MessageKeep,
    MessageFile,
    MessageSettle,
    ReceiptRetry,
    ReceiptLink,
    QuickReplyList,
    RestrictionSet,
    SuspicionAnswer,
    ActivityList,
    NoteAdd,
    PersonList,
    TimeSuggest,
)
