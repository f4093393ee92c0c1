"""Quick replies: texts kept for reuse. Everybody reads them, admins look after the team's."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from backend.store import quick_replies as store
from backend.store.writer import Transaction
from backend.team import quick_replies as rules
from backend.web.api.routes import Call, for_admins, route
from shared import wire

ONE = "/quick-replies/<id:reply>"
# The rules say how long they may be, for both fields at once.
Typed = Annotated[str, Meta(max_length=10_000)]


class NewQuickReply(Struct, kw_only=True, forbid_unknown_fields=True):
    name: Typed
    body: Typed


class QuickReplyAsRead(Struct, kw_only=True):
    """What a change was made from: it is refused (409) where somebody changed that meanwhile."""

    name: Typed
    body: Typed


class QuickReplyChange(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name: Typed | UnsetType = UNSET
    body: Typed | UnsetType = UNSET
    made_from: QuickReplyAsRead | None = None


class QuickReplies(Struct, kw_only=True):
    quick_replies: list[wire.QuickReply]


@route("GET", "/quick-replies", answers={200: QuickReplies}, scope="read")
def list_quick_replies(call: Call) -> QuickReplies:
    """The team's, and the user's own where there are any, by name."""
    return QuickReplies(quick_replies=store.of_user(call.identity.team, call.identity.user))


@for_admins(
    "POST",
    "/quick-replies",
    body=NewQuickReply,
    answers={201: wire.QuickReply},
    problems=(409,),
)
def add_quick_reply(call: Call, body: NewQuickReply) -> wire.QuickReply:
    """Write a quick reply for everybody in the team."""
    actor = call.actor
    made = call.services.writer(lambda tx: rules.add(tx, actor, name=body.name, body=body.body))
    return rules.get(actor.team, made)


@for_admins(
    "PATCH",
    ONE,
    body=QuickReplyChange,
    answers={200: wire.QuickReply},
    problems=(404, 409),
)
def change_quick_reply(call: Call, reply: int, body: QuickReplyChange) -> wire.QuickReply:
    """Change the name or the text of one of the team's."""
    actor = call.actor
    before = msgspec.to_builtins(body.made_from) if body.made_from else None

    def work(tx: Transaction) -> wire.QuickReply:
        held = rules.get(actor.team, reply)
        name = held.name if body.name is UNSET else body.name
        text = held.body if body.body is UNSET else body.body
        rules.change(tx, actor, reply, name=name, body=text, made_from=before)
        return rules.get(actor.team, reply)

    return call.services.writer(work)


@for_admins("DELETE", ONE, answers={204: None}, problems=(404,))
def remove_quick_reply(call: Call, reply: int) -> None:
    """Remove one of the team's. Texts that were sent with it stay."""
    actor = call.actor
    call.services.writer(lambda tx: rules.remove(tx, actor, reply))
