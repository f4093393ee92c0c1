"""Users: the people in a team who sign in."""

from typing import Any, NamedTuple

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
    """A user as an admin sees them. Who is ``invited`` has set no password yet, by a link that is
    good until ``welcome_until`` (ms)."""

    id: int
    email: str
    name: str
    role: str
    disabled: bool
    invited: bool
    welcome_until: int | None
    created_at: int

    @property
    def state(self) -> str:
        """As the table of users has it: active, invited or disabled."""
        return "disabled" if self.disabled else "invited" if self.invited else "active"


_LISTED = (
    "id, email, name, role, disabled_at IS NOT NULL, password_hash = '', welcome_until, created_at"
)


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
    rows = all_rows(f'SELECT {_LISTED} FROM "user" WHERE team_id = ? ORDER BY email', (team,))
    return [_listed(row) for row in rows]


def get(team: int, user: int) -> Listed | None:
    """The user, or None when the team has no such user."""
    row = one_row(f'SELECT {_LISTED} FROM "user" WHERE team_id = ? AND id = ?', (team, user))
    return _listed(row) if row else None


def active(team: int) -> list[int]:
    """The ids of all who are not disabled."""
    found = all_rows('SELECT id FROM "user" WHERE team_id = ? AND disabled_at IS NULL', (team,))
    return [user for (user,) in found]


def admins(team: int) -> list[int]:
    """The admins who can sign in: not disabled, and with a password."""
    found = all_rows(
        "SELECT id FROM \"user\" WHERE team_id = ? AND role = 'admin'"
        " AND disabled_at IS NULL AND password_hash <> ''",
        (team,),
    )
    return [user for (user,) in found]


def change(tx: Transaction, team: int, user: int, *, name: str, role: wire.Role) -> None:
    tx.execute(
        'UPDATE "user" SET name = ?, role = ? WHERE team_id = ? AND id = ?',
        (name, role, team, user),
    )


def set_welcome(tx: Transaction, team: int, user: int, token_hash: str, until: int) -> None:
    """The link with this hash is the user's only one from now on, until ``until`` (ms)."""
    tx.execute(
        'UPDATE "user" SET welcome_hash = ?, welcome_until = ? WHERE team_id = ? AND id = ?',
        (token_hash, until, team, user),
    )


def welcomed(token_hash: str) -> tuple[int, int] | None:
    """(team, user) of a link that is still good: nobody has signed in yet."""
    row = one_row(
        'SELECT team_id, id FROM "user" WHERE welcome_hash = ? AND welcome_until > ?'
        " AND disabled_at IS NULL",
        (token_hash, now()),
    )
    return (row[0], row[1]) if row else None


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
    """A link by which the user might set another is good no more."""
    tx.execute(
        'UPDATE "user" SET password_hash = ?, welcome_hash = NULL, welcome_until = NULL'
        " WHERE team_id = ? AND id = ?",
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


def _listed(row: tuple[Any, ...]) -> Listed:
    id_, email, name, role, disabled, invited, until, created_at = row
    return Listed(id_, email, name, role, bool(disabled), bool(invited), until, created_at)
