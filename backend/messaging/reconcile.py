"""What the carrier's own list tells: texts it has of which we are not sure, or that never came."""

from collections.abc import Callable

import structlog

from backend.messaging import billing, events, inbound
from backend.messaging.hand_over import record, set_unknown
from backend.ports import Carrier, CarrierText
from backend.store import bills, heartbeats, messages, outbox
from backend.store.outbox import Waiting
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from shared import wire

log = structlog.get_logger()
LEASE_MS = 60_000
"""Longer than any call to the carrier can last (its timeouts end it): an older claim is dead."""
SETTLE_MS = 15 * 60_000
"""After this the carrier's list says nothing new: a person decides."""
CLOCK_SKEW_MS = 120_000
WINDOW_MS = 10 * 60_000
"""Read again each time, for what the carrier lists late and for clocks that step."""
LONGEST_MS = 7 * 24 * 3600_000
"""No outage is looked back on for longer."""


def recover(writer: Writer, started_before: int = 0) -> int:
    """Texts whose hand-over died with its process become unknown; returns how many.

    ``started_before`` (ms) is for a process that is the only one: it knows all claims from before
    its own start dead, and need not wait until they are old.
    """
    dead = outbox.claimed_outside(max(started_before, now() - LEASE_MS), now() + LEASE_MS)
    for message in dead:
        writer(lambda tx, message=message: _give_up(tx, message))  # type: ignore[misc]
    return len(dead)


def reconcile(writer: Writer, carrier: Carrier) -> None:
    """Settle what is unknown and file inbound texts whose webhook was lost, also while we were
    away: since the list was last read to its end. Raises CarrierError."""
    began = now()
    waiting = outbox.uncertain()
    claims = (each.claimed_at or 0 for each in waiting)
    since = min([_last_reading(began) - WINDOW_MS, began - WINDOW_MS, *claims])
    listed = list(carrier.sent_since(max(since, began - LONGEST_MS) - CLOCK_SKEW_MS))
    known = messages.known_sids([text.sid for text in listed])
    # Oldest first: the later of two words such as STOP and START is the one that holds.
    listed.reverse()
    listed.sort(key=lambda text: text.at)
    fresh = [text for text in listed if text.sid not in known]
    for text in fresh:
        if text.inbound:
            _apart(writer, lambda tx, text=text: _file(tx, text))  # type: ignore[misc]
    candidates = [text for text in fresh if not text.inbound]
    for each in waiting:
        _apart(writer, lambda tx, each=each: _settle(tx, each, candidates))  # type: ignore[misc]
    for text in listed:
        if text.sid in known and not text.inbound and _news(text):
            _apart(writer, lambda tx, text=text: _bill(tx, text))  # type: ignore[misc]
    # From when it began: what came while it was read is for the next one.
    writer(lambda tx: heartbeats.beat(tx, "reconcile", began))


def _last_reading(began: int) -> int:
    """When (ms) the list was last read to its end. One that is still to come was noted before the
    clock stepped back: nobody knows when it was."""
    last = heartbeats.last("reconcile")
    if last is None:
        return began
    return last if last <= began + CLOCK_SKEW_MS else began - LONGEST_MS


def _apart(writer: Writer, work: Callable[[Transaction], None]) -> None:
    """One text that cannot be filed or settled must not keep the others from it."""
    try:
        writer(work)
    except Exception:
        log.exception("reconcile.failed")


def _give_up(tx: Transaction, message: int) -> None:
    waiting = outbox.get(message)
    if waiting is not None:
        set_unknown(tx, waiting.team, message)


def _news(text: CarrierText) -> bool:
    """Whether the list says of a text what callbacks do not bring: what the carrier charges."""
    found = bills.by_sid(text.sid)
    if found is None or text.price is None:
        return False
    bill = bills.get(*found)
    return bill is not None and (bill.segments, bill.cost) != (text.segments, text.price)


def _bill(tx: Transaction, text: CarrierText) -> None:
    found = bills.by_sid(text.sid)
    if found is not None and billing.billed(tx, *found, text.segments, text.price):
        events.message_updated(tx, *found)


def _file(tx: Transaction, text: CarrierText) -> None:
    arrived = inbound.Inbound(
        sid=text.sid,
        sender=text.sender,
        recipient=text.recipient,
        body=text.body,
        at=text.at,
        segments=text.segments or 1,
        media=("",) * min(text.media_count, wire.MAX_MEDIA),
    )
    if inbound.receive(tx, arrived, {"MessageSid": text.sid}, road="list"):
        log.warning("reconcile.lost_webhook", sid=text.sid)


def _settle(tx: Transaction, waiting: Waiting, candidates: list[CarrierText]) -> None:
    claimed_at = waiting.claimed_at or 0
    wanted = (waiting.sender, waiting.recipient, waiting.body)
    if outbox.in_flight(*wanted):
        return  # what the carrier lists may be that one: look again when it has been answered
    for text in candidates:
        same = (text.sender, text.recipient, text.body) == wanted
        if same and text.at >= claimed_at - CLOCK_SKEW_MS and not messages.known_sids([text.sid]):
            candidates.remove(text)
            record(tx, waiting.team, waiting.message, text)
            return
    if now() - claimed_at > SETTLE_MS:
        # The carrier does not list it: the bubble keeps saying so, and a person decides.
        outbox.done(tx, waiting.team, waiting.message)
