"""How the database does: whether it answers, and what waits in it."""

from typing import NamedTuple

from playhouse.migrations import Runner

from backend.models import database
from backend.models.connection import MIGRATIONS
from backend.store.rows import all_rows, now, one_row

_LOGS = (
    "SELECT connection.crm, count(*), min(crm_log.made_at) FROM crm_connection AS connection"
    " JOIN crm_log ON crm_log.team_id = connection.team_id AND crm_log.crm = connection.crm"
    " WHERE crm_log.state = ? GROUP BY connection.crm"
)


class Waiting(NamedTuple):
    """What the outbox holds. ``oldest_ms``: for how long the text due first has been due."""

    texts: int
    oldest_ms: int
    unknown: int


class CrmVitals(NamedTuple):
    """Of all teams’ connections to one CRM: how many are broken or parked, what their logs hold.
    ``oldest_ms``: for how long what waits longest has been waiting."""

    connected: int
    broken: int
    parked: int
    waiting: int
    oldest_ms: int
    failed: int


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


def opt_outs() -> int:
    """How many mobiles are opted out, over all teams."""
    (count,) = one_row("SELECT count(*) FROM opt_out") or (0,)
    return int(count)


def quarantine() -> tuple[dict[str, int], int]:
    """How much is in quarantine by why, and for how many ms the longest has been."""
    rows = all_rows("SELECT reason, count(*), min(at) FROM quarantine GROUP BY reason")
    oldest = min((at for _, _, at in rows), default=None)
    age = max(0, now() - oldest) if oldest is not None else 0
    return {reason: count for reason, count, _ in rows}, age


def given_up() -> int:
    """Texts that the carrier is asked for no more, and of which it never said what became."""
    (count,) = one_row(
        "SELECT count(*) FROM status_ask JOIN message ON message.id = status_ask.message_id"
        " WHERE given_up_at IS NOT NULL AND message.status IN ('sending', 'sent')"
    ) or (0,)
    return count


def crms() -> dict[str, CrmVitals]:
    """By the CRM's name; none where no team has connected one. Each state is read from its own
    place in the index, since what is logged is most of the table."""
    held = all_rows(
        "SELECT crm, count(CASE WHEN state = 'connected' THEN 1 END),"
        " count(CASE WHEN state = 'broken' THEN 1 END),"
        " count(CASE WHEN state = 'connected' AND parked_until > ? THEN 1 END)"
        " FROM crm_connection GROUP BY crm",
        (now(),),
    )
    logs = {
        state: {crm: (count, oldest) for crm, count, oldest in all_rows(_LOGS, (state,))}
        for state in ("waiting", "failed")
    }
    found = {}
    for crm, connected, broken, parked in held:
        waiting, oldest = logs["waiting"].get(crm, (0, None))
        age = max(0, now() - oldest) if oldest is not None else 0
        failed, _ = logs["failed"].get(crm, (0, None))
        found[crm] = CrmVitals(connected, broken, parked, waiting, age, failed)
    return found
