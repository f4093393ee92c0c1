"""Trying anew what did not get into the CRM, when an admin or the rep asks for it."""

from backend.crm_logs import receipts
from backend.crm_port import CRMS
from backend.store import audit, crm_logs
from backend.store.audit import Actor
from backend.store.writer import Transaction
from backend.team.faults import NotThere


def one(tx: Transaction, actor: Actor, log: int) -> bool:
    """False where it has not failed any more; raises :class:`NotThere`."""
    row = crm_logs.get(actor.team, log)
    if row is None:
        raise NotThere(log)
    if row.state != "failed" or not crm_logs.again(tx, actor.team, log):
        return False
    receipts.tell(tx, row)
    _note(tx, actor, row.crm, 1)
    return True


def all_failed(tx: Transaction, actor: Actor, crm: str) -> int:
    """How many there were. The latest are told at once that they are on their way; the others
    when they are there."""
    latest = crm_logs.latest_failed(actor.team, crm, receipts.TOLD_AT_ONCE)
    count = crm_logs.again_failed(tx, actor.team, crm)
    for row in latest:
        receipts.tell(tx, row)
    if count:
        _note(tx, actor, crm, count)
    return count


def _note(tx: Transaction, actor: Actor, crm: str, count: int) -> None:
    audit.add(tx, actor, "crm_log.retried", CRMS.get(crm, crm), after={"activities": count})
