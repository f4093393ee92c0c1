"""Texts of which the carrier has not said for long what became of them are asked for, one by one,
less and less often, until they are final or given up visibly."""

from functools import partial

from backend.messaging import status
from backend.messaging.hand_over import record
from backend.ports import Carrier, CarrierError, CarrierText, Missing
from backend.rounds import Tally
from backend.store import messages, status_asks
from backend.store.rows import now
from backend.store.status_asks import Asked
from backend.store.writer import Transaction, Writer

SILENT_MS = 30 * 60_000
"""Longer than what the list is read back on each minute: until then that tells."""
INTERVAL_MS = 30 * 60_000
MOST_ASKS = 7
"""At 30 minutes and then after 0.5, 1, 2, 4, 8 and 16 hours more: 32 hours in all. Twilio ends what
it cannot send after 10 (its ValidityPeriod)."""
OLDEST_MS = 3 * 24 * 3600_000
KEPT_MS = 30 * 24 * 3600_000
AT_ONCE = 50
"""So many are asked for in one turn."""
GONE = "The carrier has it no more."
NO_WORD = "The carrier never said whether it arrived."


def ask(writer: Writer, carrier: Carrier, tally: Tally) -> None:
    """One turn. Raises :class:`CarrierError`; who was not answered is asked for again."""
    at = now()
    for team, message in status_asks.silent(at - OLDEST_MS, at - SILENT_MS, AT_ONCE):
        writer(partial(status_asks.add, team=team, message=message))
    for message in status_asks.due(AT_ONCE):
        asked = writer(partial(_claim, message=message))
        if asked is not None:
            _ask(writer, carrier, asked, tally)
    writer(lambda tx: status_asks.prune(tx, now() - KEPT_MS))


def _claim(tx: Transaction, message: int) -> Asked | None:
    asked = status_asks.claim(tx, message, now() + INTERVAL_MS)
    if asked is None:
        return None
    if messages.status_of(asked.team, message) in status.FINAL:
        status_asks.done(tx, asked.team, message)  # its callback has come meanwhile
        return None
    return asked


def _ask(writer: Writer, carrier: Carrier, asked: Asked, tally: Tally) -> None:
    try:
        text = carrier.text(asked.sid)
    except Missing:
        writer(lambda tx: status_asks.give_up(tx, asked, GONE))
        tally.add(asked.team, mended=False)
    except CarrierError:
        writer(lambda tx: status_asks.wait(tx, asked, now() + INTERVAL_MS, counted=False))
        raise
    else:
        known = writer(lambda tx: _hear(tx, asked, text))
        tally.add(asked.team, mended=known)


def _hear(tx: Transaction, asked: Asked, text: CarrierText) -> bool:
    """Whether anything was news."""
    before = messages.status_of(asked.team, asked.message)
    news = bool(before) and status.forward(before, text.status)
    if news:
        record(tx, asked.team, asked.message, text)
    if text.status in status.FINAL:
        status_asks.done(tx, asked.team, asked.message)
    elif asked.asks >= MOST_ASKS:
        status_asks.give_up(tx, asked, NO_WORD)
    else:
        status_asks.wait(tx, asked, now() + INTERVAL_MS * 2 ** (asked.asks - 1))
    return news
