"""Hooks: addresses of the team's own programs, and what is on its way to them."""

from typing import Any, NamedTuple

from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction


class Hook(NamedTuple):
    """``events`` apart by spaces."""

    id: int
    team: int
    url: str
    salt: str
    events: str
    enabled: bool
    created_at: int


class Delivery(NamedTuple):
    """One event on its way. ``state``: waiting, delivered, failed."""

    id: int
    team: int
    hook: int
    event: str
    body: str
    state: str
    attempts: int
    answer: str
    created_at: int


_HOOK = "SELECT id, team_id, url, salt, events, enabled, created_at FROM hook"
_DELIVERY = (
    "SELECT id, team_id, hook_id, event, body, state, attempts, answer, created_at"
    " FROM hook_delivery"
)


def add(tx: Transaction, team: int, url: str, salt: str, events: str) -> int:
    (hook,) = tx.execute(
        "INSERT INTO hook (team_id, url, salt, events, enabled, created_at)"
        " VALUES (?, ?, ?, ?, true, ?) RETURNING id",
        (team, url, salt, events, now()),
    ).fetchone()
    return hook


def get(team: int, hook: int) -> Hook | None:
    row = one_row(_HOOK + " WHERE team_id = ? AND id = ?", (team, hook))
    return _hook(row) if row else None


def of_team(team: int) -> list[Hook]:
    return [_hook(row) for row in all_rows(_HOOK + " WHERE team_id = ? ORDER BY id", (team,))]


def enable(tx: Transaction, team: int, hook: int, enabled: bool) -> bool:
    """False when it was so already, or there is no such hook."""
    done = tx.execute(
        "UPDATE hook SET enabled = ? WHERE team_id = ? AND id = ? AND enabled <> ?",
        (enabled, team, hook, enabled),
    )
    return done.rowcount == 1


def remove(tx: Transaction, team: int, hook: int) -> None:
    """With what is still on its way to it."""
    tx.execute("DELETE FROM hook_delivery WHERE team_id = ? AND hook_id = ?", (team, hook))
    tx.execute("DELETE FROM hook WHERE team_id = ? AND id = ?", (team, hook))


def add_delivery(
    tx: Transaction, team: int, hook: int, event: str, message: int | None, body: str
) -> None:
    (delivery,) = tx.execute(
        "INSERT INTO hook_delivery (team_id, hook_id, event, message_id, body, not_before,"
        " created_at) VALUES (?, ?, ?, ?, ?, 0, ?) RETURNING id",
        (team, hook, event, message, body, now()),
    ).fetchone()
    tx.wake("deliver", delivery)


def claim(tx: Transaction, delivery: int, lease: int) -> Delivery | None:
    """Take one that is due, for ``lease`` ms; None when somebody else has it or it is over."""
    # Jobs know no team: the delivery's id finds it.
    row = tx.execute(
        "UPDATE hook_delivery SET attempts = attempts + 1, not_before = ?"
        " WHERE id = ? AND state = 'waiting' AND not_before <= ? RETURNING id",
        (now() + lease, delivery, now()),
    ).fetchone()
    found = one_row(_DELIVERY + " WHERE id = ?", row) if row else None
    return Delivery(*found) if found else None


def settle(tx: Transaction, delivery: Delivery, state: str, answer: str) -> None:
    tx.execute(
        "UPDATE hook_delivery SET state = ?, answer = ? WHERE team_id = ? AND id = ?",
        (state, answer[:200], delivery.team, delivery.id),
    )


def put_back(tx: Transaction, delivery: Delivery, wait: int, answer: str) -> None:
    """Try again after ``wait`` (ms)."""
    tx.execute(
        "UPDATE hook_delivery SET not_before = ?, answer = ? WHERE team_id = ? AND id = ?",
        (now() + wait, answer[:200], delivery.team, delivery.id),
    )
    tx.wake("deliver", delivery.id, wait=wait)


def again(tx: Transaction, team: int, hook: int) -> int:
    """Let what has failed be tried anew; returns how many."""
    rows = tx.execute(
        "UPDATE hook_delivery SET state = 'waiting', attempts = 0, not_before = 0"
        " WHERE team_id = ? AND hook_id = ? AND state = 'failed' RETURNING id",
        (team, hook),
    ).fetchall()
    for (delivery,) in rows:
        tx.wake("deliver", delivery)
    return len(rows)


def due(limit: int = 500) -> list[int]:
    """What may be delivered now, the oldest first."""
    rows = all_rows(
        "SELECT id FROM hook_delivery WHERE state = 'waiting' AND not_before <= ?"
        " ORDER BY not_before, id LIMIT ?",
        (now(), limit),
    )
    return [delivery for (delivery,) in rows]


def latest(team: int, hook: int, limit: int = 50) -> list[Delivery]:
    """What was told to the hook, the newest first."""
    rows = all_rows(
        _DELIVERY + " WHERE team_id = ? AND hook_id = ? ORDER BY id DESC LIMIT ?",
        (team, hook, limit),
    )
    return [Delivery(*row) for row in rows]


def prune(tx: Transaction, before: int, limit: int = 5000) -> None:
    """Forget what is over and older than ``before`` (ms)."""
    tx.execute(
        "DELETE FROM hook_delivery WHERE id IN (SELECT id FROM hook_delivery"
        " WHERE state <> 'waiting' AND not_before < ? LIMIT ?)",
        (before, limit),
    )


def waiting() -> int:
    """How many deliveries wait, of all teams: for health."""
    row = one_row("SELECT count(*) FROM hook_delivery WHERE state = 'waiting'")
    return row[0] if row else 0


def _hook(row: tuple[Any, ...]) -> Hook:
    found = Hook(*row)
    return found._replace(enabled=bool(found.enabled))
