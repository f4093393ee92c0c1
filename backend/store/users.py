"""Users: the people in a team who sign in."""

from typing import NamedTuple

from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction
from shared import wire


class Secret(NamedTuple):
    """What sign-in asks of a user. ``disabled`` ones may not sign in."""

    id: int
    team: int
    password_hash: str
    disabled: bool


class Listed(NamedTuple):
    """A user as an admin sees them in a list."""

    id: int
    email: str
    name: str
    role: str
    disabled: bool


def secret_of(email: str) -> Secret | None:
    """The user with this e-mail, in lower case, of whichever team: nobody has signed in yet."""
    row = one_row(
        'SELECT id, team_id, password_hash, disabled_at IS NOT NULL FROM "user" WHERE email = ?',
        (email,),
    )
    return Secret(row[0], row[1], row[2], bool(row[3])) if row else None


def account(team: int, user: int) -> tuple[wire.User, wire.Team] | None:
    """The user and their team as the wire has them, or None when the team has no such user."""
    row = one_row(
        'SELECT "user".id, "user".name, "user".email, "user".role, team.id, team.name'
        ' FROM "user" JOIN team ON team.id = "user".team_id'
        ' WHERE "user".team_id = ? AND "user".id = ?',
        (team, user),
    )
    if row is None:
        return None
    found = wire.User(id=row[0], name=row[1], email=row[2], role=row[3])
    return found, wire.Team(id=row[4], name=row[5])


def of_team(team: int) -> list[Listed]:
    rows = all_rows(
        'SELECT id, email, name, role, disabled_at IS NOT NULL FROM "user"'
        " WHERE team_id = ? ORDER BY email",
        (team,),
    )
    return [Listed(*row) for row in rows]


def add(
    tx: Transaction, team: int, *, email: str, name: str, role: wire.Role, password_hash: str
) -> int | None:
    """The new user's id; None when the e-mail, in lower case, is somebody's already."""
    row = tx.execute(
        'INSERT INTO "user" (team_id, email, name, role, password_hash, created_at)'
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (email) DO NOTHING RETURNING id",
        (team, email, name, role, password_hash, now()),
    ).fetchone()
    return row[0] if row else None


def set_password(tx: Transaction, team: int, user: int, password_hash: str) -> None:
    tx.execute(
        'UPDATE "user" SET password_hash = ? WHERE team_id = ? AND id = ?',
        (password_hash, team, user),
    )


def disable(tx: Transaction, team: int, user: int) -> bool:
    """False when the user was disabled already."""
    done = tx.execute(
        'UPDATE "user" SET disabled_at = ? WHERE team_id = ? AND id = ? AND disabled_at IS NULL',
        (now(), team, user),
    )
    return done.rowcount == 1


def enable(tx: Transaction, team: int, user: int) -> bool:
    """False when the user was not disabled."""
    done = tx.execute(
        'UPDATE "user" SET disabled_at = NULL'
        " WHERE team_id = ? AND id = ? AND disabled_at IS NOT NULL",
        (team, user),
    )
    return done.rowcount == 1
