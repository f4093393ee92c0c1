"""What the CRM said to one activity: logged, refused for good, or tried again in a while."""

from backend.crm_port import Logged, Outcome, Refused
from backend.store import crm_connections, crm_logs
from backend.store.crm_logs import Log
from backend.store.writer import Transaction

STUMBLES_MS = tuple(s * 1000 for s in (30, 300, 1800, 7200, 21_600))
"""Before an entry that the CRM stumbled over is tried again; then it has failed."""


def settle(tx: Transaction, row: Log, outcome: Outcome, opportunity: str = "") -> None:
    """``opportunity`` is the one that it was logged with."""
    if isinstance(outcome, Logged):
        crm_logs.settle(
            *(tx, row, "logged"),
            external_id=outcome.external_id,
            url=outcome.url,
            cause=outcome.note,
            opportunity=opportunity,
        )
    elif isinstance(outcome, Refused) or row.attempts >= len(STUMBLES_MS):
        crm_logs.settle(tx, row, "failed", cause=outcome.cause)
    else:
        crm_logs.put_back(tx, row, STUMBLES_MS[row.attempts], outcome.cause)
        held = crm_connections.get(row.team, row.crm)
        if held:
            tx.wake("log_to_crm", held.id, wait=STUMBLES_MS[row.attempts])
