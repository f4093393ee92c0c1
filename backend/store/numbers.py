"""Numbers that teams rent, and who texts from them."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from backend.phone import display, kind
from backend.store.rows import all_rows, now, one_row, places
from backend.store.writer import Transaction
from shared import wire

COLUMNS = "number.id, number.e164, number.kind, number.label, number.mms, number.a2p"
"""What :func:`from_row` takes."""
_USABLE = " AND number.sms AND number.retired_at IS NULL"


class Rented(NamedTuple):
    """One of our numbers and the team that it belongs to. ``retired`` ones are the carrier's again,
    or somebody else's: what we hold of them stays."""

    id: int
    team: int
    e164: str
    sms: bool = True
    mms: bool = True
    local_presence: bool = False
    a2p: wire.A2p = ""
    retired: bool = False
    service: str = ""
    """The Messaging Service that it sends through, or empty."""
    zone: str = ""
    """The team's time zone."""


@dataclass(frozen=True)
class Standing:
    """A number with everything that the carrier says of it, and who texts from it."""

    number: wire.Number
    carrier_sid: str
    sms: bool
    voice: bool
    local_presence: bool
    service: str
    a2p_detail: str
    synced_at: int | None
    retired_at: int | None
    users: list[tuple[int, str, str]]
    """(id, name, e-mail)"""


def from_row(row: tuple) -> wire.Number:
    """The wire form of a row of :data:`COLUMNS`."""
    id_, e164, its_kind, label, mms, a2p = row
    return wire.Number(
        id=id_,
        e164=e164,
        display=display(e164),
        kind=its_kind,
        label=label,
        mms=bool(mms),
        a2p=a2p,
    )


def by_e164(e164: str) -> Rented | None:
    row = one_row(
        "SELECT number.id, team_id, e164, sms, mms, local_presence, a2p, retired_at IS NOT NULL,"
        " messaging_service_sid, team.time_zone FROM number JOIN team ON team.id = number.team_id"
        " WHERE e164 = ?",
        (e164,),
    )
    return Rented(*row) if row else None


def ours(mobiles: set[str]) -> set[str]:
    """Which of these are numbers that somebody here rents: nobody is texted there."""
    marks = places(mobiles)
    rows = all_rows(f"SELECT e164 FROM number WHERE e164 IN ({marks})", tuple(mobiles))
    return {e164 for (e164,) in rows}


def of_user(team: int, user: int) -> list[wire.Number]:
    """The numbers that the user can text from, the first one is the default."""
    rows = all_rows(
        f"SELECT {COLUMNS} FROM number JOIN number_user"
        " ON number_user.number_id = number.id WHERE number_user.team_id = ?"
        f" AND number_user.user_id = ?{_USABLE} ORDER BY number_user.id",
        (team, user),
    )
    return [from_row(row) for row in rows]


def last_with(team: int, user: int, person: int) -> int | None:
    """The user's number on which there was a text with this person last."""
    row = one_row(
        "SELECT number.id FROM conversation JOIN number ON number.id = conversation.number_id"
        " JOIN number_user ON number_user.number_id = number.id AND number_user.team_id = ?"
        " AND number_user.user_id = ? WHERE conversation.team_id = ?"
        f" AND conversation.person_id = ? AND conversation.last_message IS NOT NULL{_USABLE}"
        " ORDER BY conversation.last_at DESC, conversation.id DESC LIMIT 1",
        (team, user, team, person),
    )
    return row[0] if row else None


def users(team: int, number: int) -> list[int]:
    """Who is told what happens on the number: its users, or the admins while it has none."""
    return [user for (user,) in of_users(team, number, '"user".id')]


def of_users(team: int, number: int, columns: str) -> list[tuple[Any, ...]]:
    """``columns`` of the rows of :func:`users`."""
    return all_rows(
        f'SELECT {columns} FROM number_user JOIN "user" ON "user".id = number_user.user_id'
        " WHERE number_user.team_id = ? AND number_user.number_id = ?"
        ' AND "user".disabled_at IS NULL',
        (team, number),
    ) or all_rows(
        f'SELECT {columns} FROM "user" WHERE "user".team_id = ? AND "user".role = \'admin\''
        ' AND "user".disabled_at IS NULL',
        (team,),
    )


def of_team(team: int) -> list[tuple[wire.Number, list[str]]]:
    """The team's numbers, each with the e-mails of who texts from it."""
    return [(each.number, [email for _, _, email in each.users]) for each in standings(team)]


def standings(team: int, number: int | None = None) -> list[Standing]:
    """The team's numbers, or the one with this id."""
    narrowed, values = (" AND number.id = ?", (number,)) if number is not None else ("", ())
    rows = all_rows(
        f"SELECT {COLUMNS}, number.carrier_sid, number.sms, number.voice, number.local_presence,"
        " number.messaging_service_sid, number.a2p_detail, number.synced_at, number.retired_at,"
        ' "user".id, "user".name, "user".email FROM number'
        " LEFT JOIN number_user ON number_user.number_id = number.id"
        ' LEFT JOIN "user" ON "user".id = number_user.user_id'
        f" WHERE number.team_id = ?{narrowed} ORDER BY number.retired_at IS NOT NULL, number.id,"
        " number_user.id",
        (team, *values),
    )
    found: dict[int, Standing] = {}
    for row in rows:
        sid, sms, voice, local, service, detail, synced, retired = row[6:14]
        standing = found.setdefault(
            row[0],
            Standing(
                from_row(row[:6]),
                *(sid, bool(sms), bool(voice), bool(local), service, detail, synced, retired, []),
            ),
        )
        if row[14] is not None:
            standing.users.append(row[14:17])
    return list(found.values())


def add(tx: Transaction, team: int, e164: str, carrier_sid: str = "") -> int | None:
    """The new number's id; None when a team has it already."""
    row = tx.execute(
        "INSERT INTO number (team_id, e164, kind, carrier_sid, sms, mms, voice, local_presence,"
        " created_at) VALUES (?, ?, ?, ?, true, true, true, false, ?)"
        " ON CONFLICT (e164) DO NOTHING RETURNING id",
        (team, e164, kind(e164), carrier_sid, now()),
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


def set_local_presence(tx: Transaction, team: int, number: int, on: bool) -> None:
    tx.execute(
        "UPDATE number SET local_presence = ? WHERE team_id = ? AND id = ?", (on, team, number)
    )
