"""Numbers that teams rent, and who texts from them."""

from typing import NamedTuple

from backend.phone import display
from backend.store.rows import all_rows, one_row
from shared import wire


class Rented(NamedTuple):
    """One of our numbers and the team that it belongs to."""

    id: int
    team: int
    e164: str


def by_e164(e164: str) -> Rented | None:
    row = one_row("SELECT id, team_id, e164 FROM number WHERE e164 = ?", (e164,))
    return Rented(*row) if row else None


def of_user(team: int, user: int) -> list[wire.Number]:
    """The numbers that the user texts from, the first one is the default."""
    rows = all_rows(
        "SELECT number.id, number.e164 FROM number JOIN number_user"
        " ON number_user.number_id = number.id WHERE number_user.team_id = ?"
        " AND number_user.user_id = ? AND number.sms ORDER BY number_user.id",
        (team, user),
    )
    return [wire.Number(id=id_, e164=e164, display=display(e164)) for id_, e164 in rows]


def users(team: int, number: int) -> list[int]:
    """Who is told what happens on the number: its users, or the admins while it has none."""
    found = all_rows(
        'SELECT "user".id FROM number_user JOIN "user" ON "user".id = number_user.user_id'
        " WHERE number_user.team_id = ? AND number_user.number_id = ?"
        ' AND "user".disabled_at IS NULL',
        (team, number),
    ) or all_rows(
        "SELECT id FROM \"user\" WHERE team_id = ? AND role = 'admin' AND disabled_at IS NULL",
        (team,),
    )
    return [user for (user,) in found]
