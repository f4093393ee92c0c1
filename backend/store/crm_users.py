"""Who of a team's users is who in the CRM."""

from collections.abc import Iterable
from typing import NamedTuple

from backend.crm_port import CrmUser
from backend.store.rows import all_rows, one_row
from backend.store.writer import Transaction


class Mapped(NamedTuple):
    """``id`` is 0 before it is kept. ``user`` is ours, None where nobody has that e-mail.
    ``by_hand``: an admin chose them."""

    id: int
    external_id: str
    email: str
    name: str
    user: int | None
    by_hand: bool


def differing(team: int, crm: str, told: Iterable[CrmUser]) -> tuple[list[Mapped], list[str]]:
    """What :func:`put` has to write, and the ids that :func:`drop` has to, so that the CRM's users
    are those that it has ``told`` of.

    Those of ours with the same e-mail are they, unless an admin has said otherwise. Who is not
    among them any more is nobody's counterpart: a CRM takes nothing from users that it has switched
    off.
    """
    held = {each.external_id: each for each in of_team(team, crm)}
    taken = {each.user for each in held.values() if each.by_hand}
    ours = {
        email: user
        for user, email in all_rows('SELECT id, email FROM "user" WHERE team_id = ?', (team,))
        if user not in taken
    }
    wanted: dict[str, Mapped] = {}
    for each in told:
        id, email = each.id[:64], each.email[:254].lower()
        known = held.get(id)
        by_hand = known is not None and known.by_hand
        user = known.user if known and by_hand else ours.pop(email, None)
        wanted[id] = Mapped(known.id if known else 0, id, email, each.name[:200], user, by_hand)
    changed = [each for id, each in wanted.items() if held.get(id) != each]
    return changed, [id for id in held if id not in wanted]


def put(tx: Transaction, team: int, crm: str, users: Iterable[Mapped]) -> None:
    for each in users:
        tx.execute(
            "INSERT INTO crm_user (team_id, crm, external_id, email, name, user_id, by_hand)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (team_id, crm, external_id) DO UPDATE SET"
            " email = excluded.email, name = excluded.name,"
            # Whom an admin has chosen meanwhile stays.
            " user_id = CASE WHEN crm_user.by_hand THEN crm_user.user_id ELSE excluded.user_id END",
            (team, crm, each.external_id, each.email, each.name, each.user, each.by_hand),
        )


def drop(tx: Transaction, team: int, crm: str, ids: Iterable[str]) -> None:
    for each in ids:
        tx.execute(
            "DELETE FROM crm_user WHERE team_id = ? AND crm = ? AND external_id = ?",
            (team, crm, each),
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


def of_team(team: int, crm: str, *, after: int = 0, limit: int = 2**62) -> list[Mapped]:
    """The CRM's users by our id of them: those behind ``after``, all of them without a limit."""
    rows = all_rows(
        "SELECT id, external_id, email, name, user_id, by_hand FROM crm_user"
        " WHERE team_id = ? AND crm = ? AND id > ? ORDER BY id LIMIT ?",
        (team, crm, after, limit),
    )
    return [Mapped(*row)._replace(by_hand=bool(row[5])) for row in rows]


def external_of(team: int, crm: str, user: int | None) -> str:
    """The CRM's id of a user of ours; empty where they are nobody there."""
    row = one_row(
        "SELECT external_id FROM crm_user WHERE team_id = ? AND crm = ? AND user_id = ?",
        (team, crm, user),
    )
    return row[0] if row else ""
