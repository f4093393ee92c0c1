"""Keys with which programs call the API: kept as hashes."""

from typing import NamedTuple

from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction


class Key(NamedTuple):
    """One key, and whom it acts for. Times in ms since 1970 UTC; ``scopes`` apart by spaces."""

    id: int
    team: int
    user: int
    email: str
    name: str
    prefix: str
    scopes: str
    created_at: int
    used_at: int | None
    revoked_at: int | None


_SELECT = (
    'SELECT api_key.id, api_key.team_id, api_key.user_id, "user".email, api_key.name,'
    " api_key.prefix, api_key.scopes, api_key.created_at, api_key.used_at, api_key.revoked_at"
    ' FROM api_key JOIN "user" ON "user".id = api_key.user_id'
)


def add(
    tx: Transaction, team: int, user: int, *, name: str, prefix: str, token_hash: str, scopes: str
) -> int:
    (key,) = tx.execute(
        "INSERT INTO api_key (team_id, user_id, name, prefix, token_hash, scopes, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (team, user, name, prefix, token_hash, scopes, now()),
    ).fetchone()
    return key


def by_hash(token_hash: str) -> Key | None:
    """The key that works: not revoked, its user not disabled. A key tells its own team."""
    row = one_row(
        _SELECT + " WHERE api_key.token_hash = ? AND api_key.revoked_at IS NULL"
        ' AND "user".disabled_at IS NULL',
        (token_hash,),
    )
    return Key(*row) if row else None


def of_team(team: int) -> list[Key]:
    """All keys of the team, the newest first; revoked ones too."""
    rows = all_rows(_SELECT + " WHERE api_key.team_id = ? ORDER BY api_key.id DESC", (team,))
    return [Key(*row) for row in rows]


def get(team: int, key: int) -> Key | None:
    row = one_row(_SELECT + " WHERE api_key.team_id = ? AND api_key.id = ?", (team, key))
    return Key(*row) if row else None


def used(tx: Transaction, team: int, key: int) -> None:
    tx.execute("UPDATE api_key SET used_at = ? WHERE team_id = ? AND id = ?", (now(), team, key))


def revoke(tx: Transaction, team: int, key: int) -> bool:
    """False when there is no such key, or it is revoked already."""
    done = tx.execute(
        "UPDATE api_key SET revoked_at = ? WHERE team_id = ? AND id = ? AND revoked_at IS NULL",
        (now(), team, key),
    )
    return done.rowcount == 1
