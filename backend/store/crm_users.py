"""Who of a team's users is who in the CRM."""

from collections.abc import Iterable
from typing import NamedTuple

from backend.crm_port import CrmUser
from backend.store.rows import all_rows, one_row
from backend.store.writer import Transaction


class Mapped(NamedTuple):
    """``user`` is ours, None where nobody has that e-mail. ``by_hand``: an admin chose them."""

    external_id: str
    email: str
    name: str
    user: int | None
    by_hand: bool


def keep(tx: Transaction, team: int, crm: str, users: Iterable[CrmUser]) -> None:
    """These are the CRM's users; those of ours with the same e-mail are they, unless an admin has
    said otherwise. Who is not among them any more is nobody's counterpart: a CRM takes nothing from
    users that it has switched off."""
    told = list(users)
    there = {each.id[:64] for each in told}
    tx.execute("DELETE FROM crm_user WHERE team_id = ? AND crm = ? AND NOT by_hand", (team, crm))
    for chosen in of_team(team, crm):
        if chosen.external_id not in there:
            tx.execute(
                "DELETE FROM crm_user WHERE team_id = ? AND crm = ? AND external_id = ?",
                (team, crm, chosen.external_id),
            )
    for each in told:
        tx.execute(
            "INSERT INTO crm_user (team_id, crm, external_id, email, name, user_id, by_hand)"
            ' VALUES (?, ?, ?, ?, ?, (SELECT id FROM "user" WHERE team_id = ? AND email = ?'
            " AND NOT EXISTS (SELECT 1 FROM crm_user AS held WHERE held.team_id = ?"
            ' AND held.crm = ? AND held.user_id = "user".id)), false)'
            " ON CONFLICT (team_id, crm, external_id) DO UPDATE SET email = excluded.email,"
            " name = excluded.name",
            (
                *(team, crm, each.id[:64], each.email[:254].lower(), each.name[:200]),
                *(team, each.email.lower(), team, crm),
            ),
        )


def forget(tx: Transaction, team: int, crm: str) -> None:
    """Another org is connected: its users are others."""
    tx.execute("DELETE FROM crm_user WHERE team_id = ? AND crm = ?", (team, crm))


def choose(tx: Transaction, team: int, crm: str, user: int, external_id: str | None) -> bool:
    """Say who a user of ours is in the CRM, None for nobody; False when there is no such user in
    the CRM."""
    tx.execute(
        "UPDATE crm_user SET user_id = NULL, by_hand = true"
        " WHERE team_id = ? AND crm = ? AND user_id = ?",
        (team, crm, user),
    )
    if external_id is None:
        return True
    done = tx.execute(
        "UPDATE crm_user SET user_id = ?, by_hand = true"
        " WHERE team_id = ? AND crm = ? AND external_id = ?",
        (user, team, crm, external_id),
    )
    return done.rowcount == 1


def of_team(team: int, crm: str) -> list[Mapped]:
    rows = all_rows(
        "SELECT external_id, email, name, user_id, by_hand FROM crm_user"
        " WHERE team_id = ? AND crm = ? ORDER BY name, external_id",
        (team, crm),
    )
    return [
        Mapped(external_id, email, name, user, bool(by_hand))
        for external_id, email, name, user, by_hand in rows
    ]


def external_of(team: int, crm: str, user: int | None) -> str:
    """The CRM's id of a user of ours; empty where they are nobody there."""
    row = one_row(
        "SELECT external_id FROM crm_user WHERE team_id = ? AND crm = ? AND user_id = ?",
        (team, crm, user),
    )
    return row[0] if row else ""
