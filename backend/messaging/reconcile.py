"""What the carrier's own list tells: texts it has of which we are not sure, or that never came."""

from collections.abc import Callable
from functools import partial
from itertools import islice

import structlog

from backend import metrics
from backend.messaging import billing, events, forms, inbound, quarantining, status
from backend.messaging.hand_over import record, set_unknown
from backend.ports import Carrier, CarrierText
from backend.rounds import Tally
from backend.store import bills, doubts, heartbeats, messages, numbers, outbox, quarantine
from backend.store.bills import Listed
from backend.store.outbox import Waiting
from backend.store.rows import now
from backend.store.writer import Transaction, Writer

log = structlog.get_logger()
LEASE_MS = 60_000
"""Longer than any call to the carrier can last (its timeouts end it): an older claim is dead."""
SETTLE_MS = 15 * 60_000
"""After this a person may decide: the carrier's list hardly says anything new."""
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
        writer(partial(_give_up, message=message))
    return len(dead)


def reconcile(
    writer: Writer, carrier: Carrier, tally: Tally | None = None, back_ms: int = WINDOW_MS
) -> None:
    """Settle what is unknown, file inbound texts whose webhook was lost and move those whose
    callback was lost, also while we were away: since the list was last read to its end, and of the
    last ``back_ms`` at least. Raises CarrierError."""
    began, tally = now(), tally or Tally()
    waiting = outbox.uncertain()
    claims = (each.claimed_at or 0 for each in waiting)
    since = min([_last_reading(began) - WINDOW_MS, began - back_ms, *claims])
    fresh, news = _read(carrier, max(since, began - LONGEST_MS) - CLOCK_SKEW_MS)
    # All of them are tried, whatever becomes of one.
    filed = [_file(writer, text, tally) for text in fresh if text.inbound]
    candidates = [text for text in fresh if not text.inbound]
    for each in waiting:
        _apart(writer, partial(_settle, waiting=each, candidates=candidates, tally=tally))
    for left in doubts.left_to_people() if candidates else ():
        _apart(writer, partial(_settle_late, left=left, candidates=candidates, tally=tally))
    for text in news:
        _apart(writer, partial(_hear, text=text, tally=tally))
    if all(filed):  # else the next one looks back as far
        # From when it began: what came while it was read is for the next one.
        writer(lambda tx: heartbeats.beat(tx, "reconcile", began))


def _read(carrier: Carrier, since: int) -> tuple[list[CarrierText], list[CarrierText]]:
    """What the carrier lists since then and is not here, and what it says of ours that is news.
    Most of the list is neither: it is held against what is here, and left."""
    fresh: list[CarrierText] = []
    news: list[CarrierText] = []
    listed = iter(carrier.sent_since(since))
    while some := list(islice(listed, messages.SIDS_AT_ONCE)):
        sids = [text.sid for text in some]
        known, ours = messages.known_sids(sids), bills.of_sids(sids)
        fresh += [text for text in some if text.sid not in known]
        news += [text for text in some if text.sid in ours and _is_news(ours[text.sid], text)]
    for found in (fresh, news):
        # Oldest first: the later of two words such as STOP and START is the one that holds.
        found.reverse()
        found.sort(key=lambda text: text.at)
    return fresh, news


def _last_reading(began: int) -> int:
    """When (ms) the list was last read to its end. One that is still to come was noted before the
    clock stepped back: nobody knows when it was."""
    last = heartbeats.last("reconcile")
    if last is None:
        return began
    return last if last <= began + CLOCK_SKEW_MS else began - LONGEST_MS


def _apart(writer: Writer, work: Callable[[Transaction], None]) -> None:
    """One text that cannot be filed or settled must not keep the others from it."""
    _or_log(lambda: writer(work))


def _or_log(do: Callable[[], object]) -> bool:
    """Whether it was done."""
    try:
        do()
    except Exception:
        log.exception("reconcile.failed")
        return False
    return True


def _give_up(tx: Transaction, message: int) -> None:
    waiting = outbox.get(message)
    if waiting is not None:
        set_unknown(tx, waiting.team, message)


def _is_news(ours: Listed, text: CarrierText) -> bool:
    """Whether the list says more of a text than we know: what the carrier charges, which callbacks
    do not bring, or a status whose callback was lost."""
    if text.price is not None and (ours.segments, ours.cost) != (text.segments, text.price):
        return True
    return status.forward(ours.status, text.status)


def _hear(tx: Transaction, text: CarrierText, tally: Tally) -> None:
    held = bills.of_sids([text.sid]).get(text.sid)
    if held is None:
        return
    if status.forward(held.status, text.status):
        log.warning("reconcile.lost_callback", sid=text.sid)
        tally.add(held.team, mended=True)
        record(tx, held.team, held.message, text)
    elif billing.billed(tx, held.team, held.message, text.segments, text.price):
        events.message_updated(tx, held.team, held.message)


def _file(writer: Writer, text: CarrierText, tally: Tally) -> bool:
    """An inbound text that is not here; False where it could not even be kept. The account may have
    numbers that are no business of ours, and what is in quarantine is tried again by its own round.
    """
    ours = numbers.by_e164(text.recipient)
    if ours is None or quarantine.holds(inbound.quarantined_as(text.sid)):
        return True
    form = forms.of_list(text)
    arrived = forms.read(form, text.at)
    try:
        filed = writer(lambda tx: inbound.receive(tx, arrived, form, road="list"), repeatable=True)
    except Exception as error:
        tally.add(ours.team, mended=False)
        cause = error
        return _or_log(lambda: quarantining.keep_text(writer, arrived, form, cause, road="list"))
    if filed:
        metrics.webhooks_lost.inc()
        log.warning("reconcile.lost_webhook", sid=text.sid)
        tally.add(ours.team, mended=True)
    return True


def _settle(tx: Transaction, waiting: Waiting, candidates: list[CarrierText], tally: Tally) -> None:
    held = outbox.get(waiting.message)
    if held is None or held.state != "uncertain":
        return  # settled meanwhile, by a callback or another process
    claimed_at = waiting.claimed_at or 0
    wanted = (waiting.sender, waiting.recipient, waiting.body)
    if outbox.in_flight(*wanted):
        return  # what the carrier lists may be that one: look again when it has been answered
    text = _listed(candidates, wanted, claimed_at)
    if text is not None:
        record(tx, waiting.team, waiting.message, text)
        tally.add(waiting.team, mended=True)
    elif now() - claimed_at > SETTLE_MS:
        # The carrier does not list it: the bubble keeps saying so, and a person decides.
        outbox.done(tx, waiting.team, waiting.message)
        messages.bump(tx, waiting.team, waiting.message)
        events.message_updated(tx, waiting.team, waiting.message)
        tally.add(waiting.team, mended=False)
    elif claimed_at > now() + CLOCK_SKEW_MS:
        # Claimed before the clock stepped back: a person may decide as soon as otherwise.
        outbox.claimed_now(tx, waiting.team, waiting.message)


def _settle_late(
    tx: Transaction, left: tuple[int, int], candidates: list[CarrierText], tally: Tally
) -> None:
    """One that was left to a person, who has not said yet: the carrier may list it only now."""
    team, message = left
    held = doubts.get(team, message)
    if held is None or held.status != "unknown":
        return
    wanted = (held.number, held.mobile, held.body)
    if outbox.in_flight(*wanted):
        return  # as above
    text = _listed(candidates, wanted, held.at)
    if text is not None:
        record(tx, team, message, text)
        tally.add(team, mended=True)


def _listed(
    candidates: list[CarrierText], wanted: tuple[str, str, str], since: int
) -> CarrierText | None:
    """Such a text (sender, recipient, body) of ``since`` or later, taken out of what is listed."""
    if since > now() + CLOCK_SKEW_MS:
        since = 0  # noted before the clock stepped back: nobody knows when it was
    for text in candidates:
        same = (text.sender, text.recipient, text.body) == wanted
        if same and text.at >= since - CLOCK_SKEW_MS and not messages.known_sids([text.sid]):
            candidates.remove(text)
            return text
    return None
