"""How the database does: whether it answers, and what waits in it."""

from typing import NamedTuple

from playhouse.migrations import Runner

from backend.models import database
from backend.models.connection import MIGRATIONS
from backend.store.rows import now, one_row


class Waiting(NamedTuple):
    """What the outbox holds. ``oldest_ms``: for how long the text due first has been due."""

    texts: int
    oldest_ms: int
    unknown: int


def answers() -> bool:
    return one_row("SELECT 1") == (1,)


def pending_migrations() -> list[str]:
    """Names of the migrations that have not been applied yet."""
    return [
        each.name for each in Runner(database.obj, str(MIGRATIONS)).status() if not each.applied
    ]


def waiting() -> Waiting:
    # A text that may not leave before morning is not late: it is due from `not_before` on.
    texts, oldest = one_row(
        "SELECT count(*), min(CASE WHEN outbox.not_before > message.at THEN outbox.not_before"
        " ELSE message.at END) FROM outbox JOIN message ON message.id = outbox.message_id"
    ) or (0, None)
    (unknown,) = one_row("SELECT count(*) FROM message WHERE status = 'unknown'") or (0,)
    return Waiting(texts, max(0, now() - oldest) if oldest is not None else 0, unknown)
