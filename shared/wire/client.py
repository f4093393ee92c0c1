"""Frames that the extension sends."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from shared.wire.base import MAX_BODY, Folder, Id, Ref, Seq
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
