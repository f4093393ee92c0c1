"""What hooks are told. Called inside the transaction of the change: nothing is forgotten."""

import msgspec

from backend.store import conversations, hooks
from backend.store.rows import now
from backend.store.writer import Transaction
from shared import wire

_OF_STATUS = {
    "received": "message.received",
    "sent": "message.sent",
    "delivered": "message.delivered",
    "undelivered": "message.failed",
    "failed": "message.failed",
    "unknown": "message.failed",
}


class Told(msgspec.Struct, kw_only=True):
    """The body of a delivery. ``at`` in ms since 1970 UTC."""

    event: str
    at: wire.Time
    team: wire.Id
    message: wire.Message
    person: wire.Person
    number: wire.Number


def message(
    tx: Transaction, team: int, text: wire.Message, talk: wire.Conversation | None = None
) -> None:
    """Tell the team's hooks of a text whose status is new. ``talk`` is its conversation where the
    caller has it; else it is read if any hook is to be told."""
    event = _OF_STATUS.get(text.status)
    if event is None:
        return
    told = [hook for hook in hooks.of_team(team) if hook.enabled and event in hook.events.split()]
    if not told:
        return
    if talk is None:
        found = conversations.get(team, text.conversation)
        assert found is not None, "the text is in it"
        talk = found.conversation
    news = Told(
        event=event, at=now(), team=team, message=text, person=talk.person, number=talk.number
    )
    body = wire.encode(news).decode()
    for hook in told:
        hooks.add_delivery(tx, team, hook.id, event, text.id, body)
