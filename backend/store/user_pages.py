"""Pages of a team's users, as the admin pages list them."""

from typing import NamedTuple

from backend.store.rows import all_rows

_SORTS = {"name": "lower(name)", "email": "email", "created": "created_at"}
_STATES = {
    "active": " AND disabled_at IS NULL AND password_hash <> ''",
    "invited": " AND disabled_at IS NULL AND password_hash = ''",
    "disabled": " AND disabled_at IS NOT NULL",
}


class Row(NamedTuple):
    """``state``: active, invited (no password set yet) or disabled; ``created_at`` in ms."""

    id: int
    email: str
    name: str
    role: str
    state: str
    created_at: int
    sorted_by: str | int


def page(
    team: int,
    *,
    search: str,
    role: str,
    state: str,
    sort: str,
    down: bool,
    after: tuple[str | int, int] | None,
    limit: int,
) -> list[Row]:
    """Users whose name or e-mail has ``search`` in it. ``sort``: name, email or created; ``after``
    is (sorted_by, id) of the last row held."""
    by = _SORTS[sort]
    order, beyond = ("DESC", "<") if down else ("ASC", ">")
    sql = (
        "SELECT id, email, name, role, CASE WHEN disabled_at IS NOT NULL THEN 'disabled'"
        f" WHEN password_hash = '' THEN 'invited' ELSE 'active' END, created_at, {by}"
        ' FROM "user" WHERE team_id = ?'
    )
    values: list[str | int] = [team]
    if search:
        wanted = search.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        sql += " AND (lower(name) LIKE ? ESCAPE '\\' OR email LIKE ? ESCAPE '\\')"
        values += [f"%{wanted}%"] * 2
    if role:
        sql += " AND role = ?"
        values.append(role)
    sql += _STATES.get(state, "")
    # One of another sort is compared with nothing here.
    if after and isinstance(after[0], int) == (sort == "created"):
        sql += f" AND ({by}, id) {beyond} (?, ?)"
        values += after
    sql += f" ORDER BY {by} {order}, id {order} LIMIT ?"
    return [Row(*row) for row in all_rows(sql, (*values, limit))]
