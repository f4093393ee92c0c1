"""What arrived and could not be filed. What has no team came to no team's number: the operator's.

The words are with the webhook, once; whoever leaves quarantine unfiled takes them along.
"""

from typing import NamedTuple

from backend.store import redactions
from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction

MOST = 1000
"""Of a team's, and of the operator's: when more comes, the oldest goes."""
KEPT_MS = 30 * 24 * 3600_000
MINUTE_MS = 60_000
LONGEST_WAIT_MS = 60 * MINUTE_MS
NEVER = 2**62
"""Of what is not tried again by itself."""
TEXT = "text:"
"""Begins the key of a text; the carrier's sid follows."""
_SELECT = (
    "SELECT quarantine.id, quarantine.team_id, quarantine.kind, quarantine.reason,"
    " quarantine.detail, quarantine.mobile, quarantine.attempts, quarantine.at,"
    " quarantine.webhook_id, quarantine.message_id, coalesce(webhook_event.params, ''),"
    " coalesce(webhook_event.received_at, quarantine.at)"
    " FROM quarantine LEFT JOIN webhook_event ON webhook_event.id = quarantine.webhook_id"
)


class Entry(NamedTuple):
    """``kind``: text, status, media. ``reason``: no_number, schema, failed, media. ``params`` are
    the webhook's as JSON; ``received_at`` (ms) is when it came, ``at`` since when it is here."""

    id: int
    team: int | None
    kind: str
    reason: str
    detail: str
    mobile: str
    attempts: int
    at: int
    webhook: int | None
    message: int | None
    params: str
    received_at: int


def put(
    tx: Transaction,
    team: int | None,
    *,
    key: str,
    kind: str,
    reason: str,
    detail: str = "",
    mobile: str = "",
    webhook: int | None = None,
    message: int | None = None,
    again: bool = True,
) -> None:
    """Keep it, once for each ``key``; ``again`` says whether it is tried by itself."""
    not_before = now() + MINUTE_MS if again else NEVER
    tx.execute(
        "INSERT INTO quarantine (team_id, key, kind, reason, detail, mobile, webhook_id,"
        " message_id, attempts, not_before, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)"
        " ON CONFLICT (key) DO NOTHING",
        (
            *(team, key, kind, reason, detail[:300], mobile[:64], webhook, message),
            *(not_before, now()),
        ),
    )
    whose, values = _of(team)
    rows = tx.execute(
        f"SELECT id FROM quarantine WHERE {whose} ORDER BY id DESC LIMIT 100 OFFSET ?",
        (*values, MOST),
    ).fetchall()
    for (entry,) in rows:
        drop(tx, entry)


def get(entry: int) -> Entry | None:
    """Whosever it is: for the operator and for the round."""
    row = one_row(_SELECT + " WHERE quarantine.id = ?", (entry,))
    return Entry(*row) if row else None


def of_team(team: int, entry: int) -> Entry | None:
    found = get(entry)
    return found if found is not None and found.team == team else None


def holds(key: str) -> bool:
    return one_row("SELECT 1 FROM quarantine WHERE key = ?", (key,)) is not None


def page(team: int, *, before: int | None, limit: int) -> list[Entry]:
    """A team's, the latest first, behind the id ``before``."""
    rows = all_rows(
        _SELECT + " WHERE quarantine.team_id = ? AND quarantine.id < ?"
        " ORDER BY quarantine.id DESC LIMIT ?",
        (team, before or NEVER, limit),
    )
    return [Entry(*row) for row in rows]


def everybodys(limit: int) -> list[Entry]:
    """The operator's and all teams', the latest first."""
    rows = all_rows(_SELECT + " ORDER BY quarantine.id DESC LIMIT ?", (limit,))
    return [Entry(*row) for row in rows]


def due(limit: int = 200) -> list[int]:
    """What is to be tried again by now."""
    rows = all_rows(
        "SELECT id FROM quarantine WHERE not_before <= ? ORDER BY not_before, id LIMIT ?",
        (now(), limit),
    )
    return [entry for (entry,) in rows]


def put_off(tx: Transaction, entry: Entry, reason: str, detail: str) -> None:
    """It could not be filed once more, and why; it waits longer each time."""
    wait = min(MINUTE_MS * 2 ** min(entry.attempts + 1, 10), LONGEST_WAIT_MS)
    tx.execute(
        "UPDATE quarantine SET attempts = attempts + 1, reason = ?, detail = ?,"
        " not_before = CASE WHEN not_before = ? THEN not_before ELSE ? END WHERE id = ?",
        (reason, detail[:300], NEVER, now() + wait, entry.id),
    )


def remove(tx: Transaction, entry: int) -> bool:
    """It has been filed; False where it was gone already."""
    return tx.execute("DELETE FROM quarantine WHERE id = ?", (entry,)).rowcount == 1


def drop(tx: Transaction, entry: int) -> bool:
    """Forget it and its words; its key stays, so that a redelivery is known."""
    tx.execute(
        "UPDATE webhook_event SET params = '{}' WHERE id = (SELECT webhook_id FROM quarantine"
        " WHERE id = ?)",
        (entry,),
    )
    return remove(tx, entry)


def drop_for_good(tx: Transaction, team: int, entry: int) -> bool:
    """As :func:`drop`; a text goes at the carrier too, whose list does not bring it back."""
    rows = tx.execute(
        "SELECT key FROM quarantine WHERE team_id = ? AND id = ?", (team, entry)
    ).fetchall()
    for (key,) in rows:
        if key.startswith(TEXT):
            redactions.add(tx, team, key.removeprefix(TEXT))
    return drop(tx, entry)


def drop_mobile(tx: Transaction, team: int, mobile: str) -> None:
    """Forget what came from a mobile that is erased, for good."""
    rows = tx.execute(
        "SELECT id FROM quarantine WHERE team_id = ? AND mobile = ?", (team, mobile)
    ).fetchall()
    for (entry,) in rows:
        drop_for_good(tx, team, entry)


def prune(tx: Transaction, before: int, team: int | None = None) -> None:
    """Forget what came before ``before`` (ms): of one team, or whosever it is."""
    whose, values = ("1 = 1", ()) if team is None else _of(team)
    rows = tx.execute(
        f"SELECT id FROM quarantine WHERE {whose} AND at < ? ORDER BY at LIMIT 1000",
        (*values, before),
    ).fetchall()
    for (entry,) in rows:
        drop(tx, entry)


def _of(team: int | None) -> tuple[str, tuple[int, ...]]:
    return ("team_id IS NULL", ()) if team is None else ("team_id = ?", (team,))
