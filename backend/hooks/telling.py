"""What hooks are told. Called inside the transaction of the change: nothing is forgotten."""

import msgspec

from backend.store import hooks
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


def message(tx: Transaction, team: int, text: wire.Message, talk: wire.Conversation) -> None:
    """Tell the team's hooks of a text whose status is new."""
    event = _OF_STATUS.get(text.status)
    if event is None:
        return
    body = None
    for hook in hooks.of_team(team):
        if not hook.enabled or event not in hook.events.split():
            continue
        if body is None:
            told = Told(
                event=event,
                at=now(),
                team=team,
                message=text,
                person=talk.person,
                number=talk.number,
            )
            body = wire.encode(told).decode()
        hooks.add_delivery(tx, team, hook.id, event, text.id, body)
