"""What the carrier's own list tells: texts it has of which we are not sure, or that never came."""

import structlog

from backend.messaging import inbound
from backend.messaging.hand_over import record, set_unknown
from backend.ports import Carrier, CarrierText
from backend.store import messages, outbox
from backend.store.outbox import Waiting
from backend.store.rows import now
from backend.store.writer import Transaction, Writer

log = structlog.get_logger()
LEASE_MS = 60_000
"""Longer than any call to the carrier can last (its timeouts end it): an older claim is dead."""
SETTLE_MS = 15 * 60_000
"""After this the carrier's list says nothing new: a person decides."""
CLOCK_SKEW_MS = 120_000
WINDOW_MS = 10 * 60_000


def recover(writer: Writer, started_before: int | None = None) -> int:
    """Texts whose hand-over died with its process become unknown; returns how many.

    ``started_before`` (ms) is for a process that is the only one and knows all older claims dead.
    """
    dead = outbox.claimed_before(started_before or now() - LEASE_MS)
    for message in dead:
        writer(lambda tx, message=message: _give_up(tx, message))  # type: ignore[misc]
    return len(dead)


def reconcile(writer: Writer, carrier: Carrier) -> None:
    """Settle what is unknown and file inbound texts whose webhook was lost."""
    waiting = outbox.uncertain()
    since = min([now() - WINDOW_MS, *(each.claimed_at or 0 for each in waiting)])
    listed = list(carrier.sent_since(since - CLOCK_SKEW_MS))
    known = messages.known_sids([text.sid for text in listed])
    fresh = [text for text in listed if text.sid not in known]
    for text in fresh:
        if text.inbound:
            writer(lambda tx, text=text: _file(tx, text))  # type: ignore[misc]
    candidates = sorted((text for text in fresh if not text.inbound), key=lambda text: text.at)
    for each in waiting:
        writer(lambda tx, each=each: _settle(tx, each, candidates))  # type: ignore[misc]


def _give_up(tx: Transaction, message: int) -> None:
    waiting = outbox.get(message)
    if waiting is not None:
        set_unknown(tx, waiting.team, message)


def _file(tx: Transaction, text: CarrierText) -> None:
    log.warning("reconcile.lost_webhook", sid=text.sid)
    arrived = inbound.Inbound(
        sid=text.sid,
        sender=text.sender,
        recipient=text.recipient,
        body=text.body,
        at=text.at,
        segments=text.segments or 1,
    )
    inbound.receive(tx, arrived, {"MessageSid": text.sid, "source": "list"})


def _settle(tx: Transaction, waiting: Waiting, candidates: list[CarrierText]) -> None:
    claimed_at = waiting.claimed_at or 0
    for text in candidates:
        same = (text.sender, text.recipient, text.body) == (
            waiting.sender,
            waiting.recipient,
            waiting.body,
        )
        if same and text.at >= claimed_at - CLOCK_SKEW_MS:
            candidates.remove(text)
            record(tx, waiting.team, waiting.message, text)
            return
    if now() - claimed_at > SETTLE_MS:
        # The carrier does not list it: the bubble keeps saying so, and a person decides.
        outbox.done(tx, waiting.message)
