"""Licenses: the seats that an admin gives to users."""

from backend.store.rows import all_rows, now
from backend.store.writer import Transaction

KINDS = ("messenger", "dialer")


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


def count(team: int) -> dict[str, int]:
    """How many licenses of each kind are held."""
    return dict(
        all_rows("SELECT kind, count(*) FROM license WHERE team_id = ? GROUP BY kind", (team,))
    )
