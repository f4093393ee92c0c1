"""Numbers that teams rent, and who texts from them."""

from typing import NamedTuple

from backend.phone import display
from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction
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


def of_team(team: int) -> list[tuple[wire.Number, list[str]]]:
    """The team's numbers, each with the e-mails of who texts from it."""
    rows = all_rows(
        'SELECT number.id, number.e164, "user".email FROM number'
        " LEFT JOIN number_user ON number_user.number_id = number.id"
        ' LEFT JOIN "user" ON "user".id = number_user.user_id'
        " WHERE number.team_id = ? ORDER BY number.id, number_user.id",
        (team,),
    )
    found: dict[int, tuple[wire.Number, list[str]]] = {}
    for id_, e164, email in rows:
        number = wire.Number(id=id_, e164=e164, display=display(e164))
        _, emails = found.setdefault(id_, (number, []))
        if email:
            emails.append(email)
    return list(found.values())


def add(tx: Transaction, team: int, e164: str, carrier_sid: str = "") -> int | None:
    """The new number's id; None when a team has it already."""
    row = tx.execute(
        "INSERT INTO number (team_id, e164, kind, carrier_sid, sms, mms, voice, local_presence,"
        " created_at) VALUES (?, ?, 'long_code', ?, 1, 1, 1, 0, ?)"
        " ON CONFLICT (e164) DO NOTHING RETURNING id",
        (team, e164, carrier_sid, now()),
    ).fetchone()
    return row[0] if row else None


def assign(tx: Transaction, team: int, number: int, user: int) -> bool:
    """From now on the user texts from the number; False when they did already."""
    done = tx.execute(
        "INSERT INTO number_user (team_id, number_id, user_id) VALUES (?, ?, ?)"
        " ON CONFLICT (team_id, number_id, user_id) DO NOTHING",
        (team, number, user),
    )
    return done.rowcount == 1


def unassign(tx: Transaction, team: int, number: int, user: int) -> bool:
    """False when the user did not text from the number."""
    done = tx.execute(
        "DELETE FROM number_user WHERE team_id = ? AND number_id = ? AND user_id = ?",
        (team, number, user),
    )
    return done.rowcount == 1
