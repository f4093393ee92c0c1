"""A text arrives: one transaction keeps the webhook and files the message, or keeps it unfiled."""

from dataclasses import dataclass
from functools import cached_property

import msgspec
import structlog

from backend.compliance import erasing
from backend.compliance.revocation import revokes
from backend.messaging import events, heeding, scheduled
from backend.messaging.keywords import keyword
from backend.phone import PhoneError, parse
from backend.store import (
    activities,
    arriving_media,
    conversations,
    messages,
    numbers,
    people,
    quarantine,
    usage,
    webhooks,
)
from backend.store.numbers import Rented
from backend.store.rows import now
from backend.store.writer import Transaction

log = structlog.get_logger()
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
    media: tuple[str, ...] = ()
    """The carrier's sids of its media; an empty one is to be looked up in the carrier's list."""
    opt_out_type: str = ""
    """STOP, START or HELP, where the carrier's Advanced Opt-Out took the text for one."""

    @cached_property
    def words(self) -> str:
        """The body as it is filed."""
        return self.body[:LONGEST_BODY].replace("\x00", "�")

    @cached_property
    def phrase(self) -> str | None:
        """What in it reads like a wish to stop. Looked for once, before the writer is waited for:
        it takes as long as filing the text."""
        return revokes(self.words)

    @property
    def may_stop(self) -> bool:
        """Whether it stops further texts, or may: then nothing may go out once it has been
        acknowledged."""
        word = keyword(self.words, opt_out_type=self.opt_out_type)
        return self.phrase is not None or word == "stop"


def receive(
    tx: Transaction, text: Inbound, params: dict[str, str], road: str = "inbound"
) -> int | None:
    """File a text; returns the message's id, or None if it was there already or came to no
    team's number: then it is in quarantine.

    ``road`` is how it came: what each road says of a text is kept, and the carrier's sid makes it
    one message whichever comes first.
    """
    kept = msgspec.json.encode(params).decode()
    ours = numbers.by_e164(text.recipient)
    webhook = webhooks.add(tx, f"{road}:{text.sid}", kept, text.sid, ours.team if ours else None)
    if webhook is None:
        return None
    if ours is None:
        log.warning("inbound.not_our_number", webhook=webhook)
        quarantine.put(
            tx,
            None,
            key=quarantined_as(text.sid),
            kind="text",
            reason="no_number",
            detail=text.recipient,
            mobile=mobile_of(text.sender),
            webhook=webhook,
        )
        return None
    return file(tx, ours, text)


def file(tx: Transaction, ours: Rented, text: Inbound) -> int | None:
    """File a text to one of our numbers; None where it is filed."""
    if messages.known_sids([text.sid]):
        return None
    mobile = mobile_of(text.sender)
    person = people.match_inbound(tx, ours.team, mobile)
    if person.match == "new":
        erasing.recognise(tx, ours.team, mobile)
    conversation = conversations.open_for(tx, ours.team, ours.id, person.id, person.match)
    message = messages.add_inbound(
        tx,
        ours.team,
        conversation,
        sid=text.sid,
        mobile=mobile,
        body=text.words,
        segments=text.segments,
        media_count=len(text.media),
        at=text.at,
    )
    arriving_media.add(tx, ours.team, message, text.media)
    preview = text.words or (activities.MEDIA if text.media else "")
    conversations.add_to(tx, ours.team, conversation, message, preview, inbound=True, at=now())
    activities.add_text(tx, ours.team, person.id, message, text.at, inbound=True)
    usage.received(tx, ours.team, ours.zone, text.at)
    said = heeding.Said(
        *(text.words, text.opt_out_type, text.phrase, mobile, ours),
        *(conversation, message, text.at),
    )
    heeding.heed(tx, said)
    scheduled.hold_for_reply(tx, ours.team, conversation)
    events.message_created(tx, ours.team, conversation, message)
    return message


def quarantined_as(sid: str) -> str:
    """The key in quarantine of the carrier's text ``sid``, whichever road it came by."""
    return f"{quarantine.TEXT}{sid}"


def mobile_of(sender: str) -> str:
    """The sender as the ledger and people have it."""
    try:
        return parse(sender).e164
    except PhoneError:
        return sender[:16]  # a short code or a name: filed as it is, the gate refuses answers
