"""Quick replies: texts kept for reuse, the team's and each user's own."""

from typing import Any

from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction
from shared.wire import QuickReply

_SELECT = "SELECT id, name, body, user_id IS NULL FROM quick_reply WHERE team_id = ?"


def of_user(team: int, user: int) -> list[QuickReply]:
    """The team's and the user's own, by name."""
    rows = all_rows(
        _SELECT + " AND (user_id IS NULL OR user_id = ?) ORDER BY lower(name), id", (team, user)
    )
    return [_reply(row) for row in rows]


def shared(team: int) -> list[QuickReply]:
    """The team's own, by name."""
    rows = all_rows(_SELECT + " AND user_id IS NULL ORDER BY lower(name), id", (team,))
    return [_reply(row) for row in rows]


def get(team: int, reply: int) -> QuickReply | None:
    row = one_row(_SELECT + " AND id = ?", (team, reply))
    return _reply(row) if row else None


def shared_named(team: int, name: str) -> int | None:
    """The id of the team's own with this name, whatever its capitals."""
    wanted = name.casefold()
    return next((each.id for each in shared(team) if each.name.casefold() == wanted), None)


def add(tx: Transaction, team: int, user: int | None, name: str, body: str) -> int:
    """The new quick reply's id; without a ``user`` it is the team's."""
    (reply,) = tx.execute(
        "INSERT INTO quick_reply (team_id, user_id, name, body, created_at)"
        " VALUES (?, ?, ?, ?, ?) RETURNING id",
        (team, user, name, body, now()),
    ).fetchone()
    return reply


def change(tx: Transaction, team: int, reply: int, name: str, body: str) -> None:
    tx.execute(
        "UPDATE quick_reply SET name = ?, body = ? WHERE team_id = ? AND id = ?",
        (name, body, team, reply),
    )


def remove(tx: Transaction, team: int, reply: int) -> None:
    tx.execute("DELETE FROM quick_reply WHERE team_id = ? AND id = ?", (team, reply))


def _reply(row: tuple[Any, ...]) -> QuickReply:
    id_, name, body, is_shared = row
    return QuickReply(id=id_, name=name, body=body, shared=bool(is_shared))
