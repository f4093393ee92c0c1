"""Conversations and their messages, for programs that do not hold a socket."""

from typing import Annotated

from msgspec import Meta, Struct

from backend.inbox import listing
from backend.messaging import outbound
from backend.store.conversations import unread_of
from backend.web.api.problems import Refusal
from backend.web.api.routes import BeforeQuery, Call, route
from backend.web.api.scheduled import refusals
from shared import wire

ONE = "/conversations/<id:conversation>"


class ConversationQuery(Struct, kw_only=True, forbid_unknown_fields=True):
    """``before`` is the cursor that the page before gave as ``next``."""

    search: Annotated[str, Meta(max_length=100)] = ""
    before: Annotated[str, Meta(max_length=64)] = ""
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


@route(
    "GET",
    "/conversations",
    query=ConversationQuery,
    answers={200: wire.ConversationResults},
    scope="read",
)
def list_conversations(call: Call, query: ConversationQuery) -> wire.ConversationResults:
    """A page of conversations, latest first."""
    team, user = call.identity.team, call.identity.user
    found, following = listing.page(
        team, user, search=query.search, before=query.before, limit=query.limit
    )
    return wire.ConversationResults(
        conversations=found, next=following, unread=unread_of(team, user)
    )


@route(
    "GET",
    ONE + "/messages",
    query=BeforeQuery,
    answers={200: wire.MessageResults},
    scope="read",
    problems=(404,),
)
def list_messages(call: Call, conversation: int, query: BeforeQuery) -> wire.MessageResults:
    """A page of a conversation's messages: the newest ones before ``before``, oldest first."""
    identity = call.identity
    try:
        found, more = listing.texts(
            identity.team, identity.user, conversation, query.before, query.limit
        )
    except outbound.NotFound:
        raise _no_conversation() from None
    return wire.MessageResults(messages=found, more=more)


@route(
    "POST",
    ONE + "/messages",
    body=wire.SendText,
    answers={202: wire.Message, 200: wire.Message},
    scope="send",
    problems=(403, 404, 409),
)
def send_text(call: Call, conversation: int, body: wire.SendText) -> tuple[wire.Message, int]:
    """Send one text. 202: it is ours to deliver, once; 200: it already was."""
    identity = call.identity
    with refusals():
        sent = outbound.send(
            call.services.writer,
            team=identity.team,
            user=identity.user,
            conversation=conversation,
            draft=outbound.Draft(body.ref, body.body, at=body.at, media=tuple(body.media)),
            road="api",
        )
    return sent.message, 200 if sent.repeated else 202


def _no_conversation() -> Refusal:
    return Refusal(404, "not_found", "There is no such conversation.")
