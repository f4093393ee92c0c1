"""Licenses: the seats that an admin gives to users."""

from typing import Literal, NamedTuple, get_args

from backend.store.rows import all_rows, now
from backend.store.writer import Transaction

Kind = Literal["messenger", "dialer"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Held(NamedTuple):
    """Who sits on a seat, since when (ms)."""

    id: int
    user: int
    email: str
    name: str
    kind: str
    granted_at: int


def grant(tx: Transaction, team: int, user: int, kind: str) -> bool:
    """False when the user holds one already."""
    done = tx.execute(
        "INSERT INTO license (team_id, user_id, kind, granted_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (team_id, user_id, kind) DO NOTHING",
        (team, user, kind, now()),
    )
    return done.rowcount == 1


def revoke(tx: Transaction, team: int, user: int, kind: str) -> bool:
    """False when the user holds none."""
    done = tx.execute(
        "DELETE FROM license WHERE team_id = ? AND user_id = ? AND kind = ?", (team, user, kind)
    )
    return done.rowcount == 1


def of_team(team: int) -> dict[int, list[str]]:
    """The kinds that each user of the team holds; who holds none is not in it."""
    held: dict[int, list[str]] = {}
    for user, kind in all_rows(
        "SELECT user_id, kind FROM license WHERE team_id = ? ORDER BY kind", (team,)
    ):
        held.setdefault(user, []).append(kind)
    return held


def page(team: int, *, kind: str, before: tuple[int, int] | None, limit: int) -> list[Held]:
    """Those given last come first; of every kind without one. ``before``: (ms, id)."""
    sql = (
        'SELECT license.id, "user".id, "user".email, "user".name, license.kind, license.granted_at'
        ' FROM license JOIN "user" ON "user".id = license.user_id WHERE license.team_id = ?'
    )
    values: list[str | int] = [team]
    if kind:
        sql += " AND license.kind = ?"
        values.append(kind)
    if before:
        sql += " AND (license.granted_at, license.id) < (?, ?)"
        values += before
    sql += " ORDER BY license.granted_at DESC, license.id DESC LIMIT ?"
    return [Held(*row) for row in all_rows(sql, (*values, limit))]


def count(team: int) -> dict[str, int]:
    """How many licenses of each kind are held."""
    return dict(
        all_rows("SELECT kind, count(*) FROM license WHERE team_id = ? GROUP BY kind", (team,))
    )
