"""A text arrives: one transaction keeps the webhook and files the message, or keeps it unfiled."""

from dataclasses import dataclass

import msgspec

from backend.messaging import events, keywords
from backend.phone import PhoneError, parse
from backend.store import conversations, messages, numbers, people, records, standing
from backend.store.rows import now
from backend.store.writer import Transaction

LONGEST_BODY = 10_000
"""More than any carrier sends; what is longer is cut, the webhook keeps it whole."""


@dataclass(frozen=True)
class Inbound:
    """A text as it arrived. Numbers as the carrier wrote them; ``at`` in ms since 1970 UTC."""

    sid: str
    sender: str
    recipient: str
    body: str
    at: int
    segments: int = 1
    media_count: int = 0


def receive(tx: Transaction, text: Inbound, params: dict[str, str]) -> int | None:
    """File a text; returns the message's id, or None if it was there already or fits nowhere.

    Redeliveries, also of another road (the carrier's list), are known by the carrier's sid.
    """
    webhook = records.add_webhook(tx, f"inbound:{text.sid}", msgspec.json.encode(params).decode())
    if webhook is None:
        return None
    ours = numbers.by_e164(text.recipient)
    if ours is None:
        return None
    mobile = _e164(text.sender)
    person = people.match_inbound(tx, ours.team, mobile)
    conversation = conversations.open_for(tx, ours.team, ours.id, person.id, person.match)
    body = text.body[:LONGEST_BODY].replace("\x00", "�")
    message = messages.add_inbound(
        tx,
        ours.team,
        conversation,
        sid=text.sid,
        mobile=mobile,
        body=body,
        segments=text.segments,
        media_count=text.media_count,
        at=text.at,
    )
    if message is None:
        return None
    conversations.add_to(tx, conversation, message, body, inbound=True, at=now())
    records.add_activity(tx, ours.team, person.id, message, text.at)
    records.mark_filed(tx, webhook, ours.team)
    _heed(tx, ours.team, mobile, body)
    events.message_created(tx, ours.team, conversation, message)
    return message


def _heed(tx: Transaction, team: int, mobile: str, body: str) -> None:
    match keywords.keyword(body):
        case "stop":
            standing.opt_out(tx, team, mobile, "stop")
        case "start":
            standing.opt_in(tx, team, mobile)


def _e164(sender: str) -> str:
    try:
        return parse(sender).e164
    except PhoneError:
        return sender[:16]  # a short code or a name: filed as it is, the gate refuses answers
