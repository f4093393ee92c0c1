"""Telling the users of a text whether it is in the CRM."""

from backend.messaging import events
from backend.store import activities, crm_logs, messages
from backend.store.crm_connections import Connection
from backend.store.crm_logs import Log
from backend.store.writer import Transaction

TOLD_AT_ONCE = 100
"""Of what waits for a CRM that cannot be had, the first ones say so; the others simply wait."""


def tell(tx: Transaction, row: Log) -> None:
    """The receipt of this activity is new."""
    message = activities.message_of(row.team, row.activity)
    if message is not None:
        messages.bump(tx, row.team, message)
        events.message_updated(tx, row.team, message)


def tell_waiting(tx: Transaction, connection: Connection, cause: str) -> None:
    """What waits is held up for this reason; those who were told are not told again."""
    for row in crm_logs.due(connection.team, connection.crm, TOLD_AT_ONCE):
        if row.cause != cause:
            crm_logs.explain(tx, row, cause)
            tell(tx, row)
