"""Who of a team's users is who in a CRM, page by page."""

from typing import Any, NamedTuple

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


_ORDER = '(crm_user.id IS NOT NULL OR "user".disabled_at IS NOT NULL) || lower("user".name)'
"""Those who are nobody in the CRM come first: with them there is something to do."""


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
    rows = _page(sql, values, '"user"', _ORDER, search, after, limit)
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
    rows = _page(sql, values, "crm_user", "lower(crm_user.name)", search, after, limit)
    return [Theirs(*row) for row in rows]


def _page(
    sql: str,
    values: list[str | int],
    who: str,
    order: str,
    search: str,
    after: tuple[str | int, int] | None,
    limit: int,
) -> list[tuple[Any, ...]]:
    """Those of the table ``who`` with ``search`` in name or e-mail, by ``order``."""
    if search:
        sql += f" AND (lower({who}.name) LIKE ? ESCAPE '!' OR lower({who}.email) LIKE ? ESCAPE '!')"
        values += [_pattern(search)] * 2
    if after:
        sql += f" AND ({order}, {who}.id) > (?, ?)"
        values += after
    return all_rows(f"{sql} ORDER BY {order}, {who}.id LIMIT ?", (*values, limit))


def _pattern(search: str) -> str:
    for special in "!%_":
        search = search.replace(special, f"!{special}")
    return f"%{search.lower()}%"
