"""REST bodies, and what a Web Push carries."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.wire.base import MAX_MEDIA, Id, Ref, Seq, Text, Time
from shared.wire.nouns import Conversation, Message, Team, User


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
    body: Text
    at: Time | None = None
    media: Annotated[list[Id], Meta(max_length=MAX_MEDIA)] = []

    def __post_init__(self) -> None:
        if not self.body and not self.media:
            raise ValueError("A text needs words or media")


class ConversationResults(Struct, kw_only=True):
    conversations: list[Conversation]
    next: str
    unread: int


class MessageResults(Struct, kw_only=True):
    messages: list[Message]
    more: bool


class FieldProblem(Struct, kw_only=True):
    """What to do about one field of what was sent."""

    field: str
    detail: str


class Problem(Struct, kw_only=True):
    """RFC 9457 problem+json: what went wrong and what to do. ``errors`` says it for each field that
    has to change; ``field`` is the first of them, empty where none is named."""

    type: str
    title: str
    status: int
    detail: str
    field: str = ""
    errors: list[FieldProblem] = []


REST_BODIES: tuple[type[Struct], ...] = (
    SignIn,
    SessionRefresh,
    SessionTokens,
    PushSubscription,
    SendText,
    ConversationResults,
    MessageResults,
    FieldProblem,
    Problem,
    PushPayload,
)
