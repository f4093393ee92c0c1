"""Who of a team's users is who in a CRM, page by page."""

from typing import NamedTuple

from backend.store.rows import all_rows


class Ours(NamedTuple):
    """One of our users, and who they are in the CRM: ``external_id`` is empty for nobody."""

    id: int
    name: str
    email: str
    disabled: bool
    external_id: str
    external_name: str
    external_email: str
    by_hand: bool
    sorted_by: str


class Theirs(NamedTuple):
    """A user of the CRM; ``user`` is the name of ours who they are, empty for nobody."""

    id: int
    external_id: str
    name: str
    email: str
    user: str


class Known(NamedTuple):
    """A user of the CRM; ``user`` is ours who they are. ``by_hand``: an admin has said so."""

    id: int
    external_id: str
    email: str
    name: str
    user: int | None
    by_hand: bool


_ORDER = '(crm_user.id IS NOT NULL OR "user".disabled_at IS NOT NULL) || lower("user".name)'
"""Those who are nobody in the CRM come first: with them there is something to do."""
_THEIR_ORDER = "lower(crm_user.name)"
_LIKE = " AND (lower({0}.name) LIKE ? ESCAPE '!' OR lower({0}.email) LIKE ? ESCAPE '!')"


def ours(
    team: int,
    crm: str,
    *,
    search: str = "",
    after: tuple[str | int, int] | None = None,
    limit: int,
) -> list[Ours]:
    """Users whose name or e-mail has ``search`` in it, those who are nobody there first; ``after``
    is (sorted_by, id) of the last row held."""
    sql = (
        'SELECT "user".id, "user".name, "user".email, "user".disabled_at IS NOT NULL,'
        " coalesce(external_id, ''), coalesce(crm_user.name, ''), coalesce(crm_user.email, ''),"
        f' coalesce(by_hand, false), {_ORDER} FROM "user" LEFT JOIN crm_user'
        ' ON crm_user.team_id = "user".team_id AND crm = ? AND user_id = "user".id'
        ' WHERE "user".team_id = ?'
    )
    values: list[str | int] = [crm, team]
    if search:
        sql += _LIKE.format('"user"')
        values += [_pattern(search)] * 2
    if after:
        sql += f' AND ({_ORDER}, "user".id) > (?, ?)'
        values += after
    sql += f' ORDER BY {_ORDER}, "user".id LIMIT ?'
    rows = all_rows(sql, (*values, limit))
    return [Ours(*row)._replace(disabled=bool(row[3]), by_hand=bool(row[7])) for row in rows]


def theirs(
    team: int,
    crm: str,
    *,
    search: str = "",
    after: tuple[str | int, int] | None = None,
    limit: int,
) -> list[Theirs]:
    """The CRM's users by name; ``after`` is (name in lower case, id) of the last row held."""
    sql = (
        "SELECT crm_user.id, external_id, crm_user.name, crm_user.email,"
        ' coalesce("user".name, \'\') FROM crm_user LEFT JOIN "user" ON "user".id = user_id'
        " WHERE crm_user.team_id = ? AND crm = ?"
    )
    values: list[str | int] = [team, crm]
    if search:
        sql += _LIKE.format("crm_user")
        values += [_pattern(search)] * 2
    if after:
        sql += f" AND ({_THEIR_ORDER}, crm_user.id) > (?, ?)"
        values += after
    sql += f" ORDER BY {_THEIR_ORDER}, crm_user.id LIMIT ?"
    return [Theirs(*row) for row in all_rows(sql, (*values, limit))]


def known(team: int, crm: str, *, after: int, limit: int) -> list[Known]:
    """The CRM's users by our id of them, those behind ``after``."""
    rows = all_rows(
        "SELECT id, external_id, email, name, user_id, by_hand FROM crm_user"
        " WHERE team_id = ? AND crm = ? AND id > ? ORDER BY id LIMIT ?",
        (team, crm, after, limit),
    )
    return [Known(*row)._replace(by_hand=bool(row[5])) for row in rows]


def _pattern(search: str) -> str:
    for special in "!%_":
        search = search.replace(special, f"!{special}")
    return f"%{search.lower()}%"
