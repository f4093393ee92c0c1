"""Asking the carrier what kind of line a mobile is: a landline may read a text out as a call."""

import structlog

from backend.messaging.events import conversation_updated
from backend.ports import CarrierError, NumberDesk
from backend.store import conversations, lookups
from backend.store.writer import Transaction, Writer

log = structlog.get_logger()
_SPOKEN = "landline"


def want(tx: Transaction, team: int, mobile: str) -> None:
    """Have the mobile looked up after this commit, unless it is known well enough. Each look-up
    costs money, so a mobile is asked for once in ``lookups.KEPT_MS``."""
    if not lookups.fresh(team, mobile):
        tx.wake("look_up", team, mobile)


def look_up(writer: Writer, desk: NumberDesk, team: int, mobile: str) -> str | None:
    """Ask and keep the answer; None when there was none, which blocks nothing. Who talks with a
    mobile that turns out to be a landline, or to be none any more, is told."""
    if lookups.fresh(team, mobile):
        return lookups.line_type(team, mobile)
    try:
        line = desk.line_type(mobile)
    except CarrierError as error:
        log.warning("lookup.failed", cause=str(error))
        return None
    before = lookups.line_type(team, mobile)

    def work(tx: Transaction) -> None:
        lookups.keep(tx, team, mobile, line)
        if line != before and _SPOKEN in (line, before):
            for conversation in conversations.bump_mobile(tx, team, mobile):
                conversation_updated(tx, team, conversation)

    writer(work)
    return line
