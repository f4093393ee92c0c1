"""What decides whether a user may text and a mobile may be texted."""

from typing import NamedTuple

from backend.store.rows import now, one_row
from backend.store.writer import Transaction


class UserStanding(NamedTuple):
    messenger_enabled: bool
    active: bool
    licensed: bool
    """Holds a messenger license."""


def of_user(team: int, user: int) -> UserStanding | None:
    """Where the user stands; None when the team has no such user."""
    row = one_row(
        'SELECT team.messenger_enabled, "user".disabled_at IS NULL, EXISTS (SELECT 1 FROM license'
        ' WHERE license.team_id = team.id AND license.user_id = "user".id'
        " AND license.kind = 'messenger')"
        ' FROM "user" JOIN team ON team.id = "user".team_id'
        ' WHERE team.id = ? AND "user".id = ?',
        (team, user),
    )
    return UserStanding(*map(bool, row)) if row else None


def opted_out_at(team: int, mobile: str) -> int | None:
    """Since when (ms) the team may not text this mobile; None when it may."""
    row = one_row("SELECT at FROM opt_out WHERE team_id = ? AND mobile = ?", (team, mobile))
    return row[0] if row else None


def opt_out(tx: Transaction, team: int, mobile: str, cause: str, at: int | None = None) -> bool:
    """Record an opt-out of ``at`` (ms; now); False when one as late was there already."""
    done = tx.execute(
        "INSERT INTO opt_out (team_id, mobile, cause, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (team_id, mobile) DO UPDATE SET at = excluded.at"
        " WHERE excluded.at > opt_out.at",
        (team, mobile, cause, now() if at is None else at),
    )
    return done.rowcount == 1


def opt_in(tx: Transaction, team: int, mobile: str, at: int) -> bool:
    """End an opt-out that is not later than ``at`` (ms); False when there was none.

    Texts may come late and out of order: a START from before the STOP ends nothing.
    """
    done = tx.execute(
        "DELETE FROM opt_out WHERE team_id = ? AND mobile = ? AND at <= ?", (team, mobile, at)
    )
    return done.rowcount == 1
