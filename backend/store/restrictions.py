"""Restrictions: mobiles that may not be texted although nobody sent STOP, and texts that read like
a wish to stop. A mobile is looked for as it is and as the keyed hash that an erasure leaves."""

from collections.abc import Iterator
from typing import NamedTuple

from backend.store import mobile_search, pseudonym
from backend.store.rows import all_rows, now, one_row, places
from backend.store.writer import Transaction
from shared.wire import RestrictionKind


class Held(NamedTuple):
    """A restriction since ``at`` (ms). A suspected one has the text in ``message`` and the phrase
    that told in ``note``; ``who`` is the name of the user who set it, or empty."""

    id: int
    mobile: str
    kind: RestrictionKind
    cause: str
    user: int | None
    message: int | None
    note: str
    at: int
    who: str


_FROM = (
    "SELECT restriction.id, restriction.mobile, restriction.kind, restriction.cause,"
    " restriction.user_id, restriction.message_id, restriction.note, restriction.at,"
    " coalesce(\"user\".name, '') FROM restriction"
    ' LEFT JOIN "user" ON "user".id = restriction.user_id'
)
_SELECT = _FROM + " WHERE restriction.team_id = ?"


def get(team: int, mobile: str, kind: RestrictionKind) -> Held | None:
    row = one_row(
        _SELECT + " AND mobile IN (?, ?) AND kind = ?",
        (team, mobile, pseudonym.of(team, mobile), kind),
    )
    return Held(*row) if row else None


def by_id(team: int, restriction: int) -> Held | None:
    row = one_row(_SELECT + " AND restriction.id = ?", (team, restriction))
    return Held(*row) if row else None


def page(
    team: int, *, search: str = "", before: tuple[int, int] | None = None, limit: int
) -> list[Held]:
    """Restrictions, latest first; as :func:`backend.store.opt_outs.page`."""
    sql = _SELECT
    values: list[int] = [team]
    if search:
        ids = mobile_search.found("restriction", team, search)
        sql = _FROM + f" WHERE +restriction.team_id = ? AND restriction.id IN ({places(ids)})"
        values += ids
    if before:
        sql += " AND (restriction.at, restriction.id) < (?, ?)"
        values += before
    order = "+restriction.at" if search else "restriction.at"
    rows = all_rows(sql + f" ORDER BY {order} DESC, restriction.id DESC LIMIT ?", (*values, limit))
    return [Held(*row) for row in rows]


def each(team: int) -> Iterator[Held]:
    """Every restriction of the team, by mobile and kind, read in parts."""
    after = ("", "")
    while rows := all_rows(
        _SELECT + " AND (mobile, kind) > (?, ?) ORDER BY mobile, kind LIMIT 2000", (team, *after)
    ):
        yield from map(Held._make, rows)
        after = (rows[-1][1], rows[-1][2])


def add(
    tx: Transaction,
    team: int,
    mobile: str,
    kind: RestrictionKind,
    cause: str,
    *,
    user: int | None = None,
    message: int | None = None,
    note: str = "",
    at: int | None = None,
) -> bool:
    """Restrict the mobile; False when it is restricted so already."""
    done = tx.execute(
        "INSERT INTO restriction (team_id, mobile, kind, cause, user_id, message_id, note, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (team_id, mobile, kind) DO NOTHING",
        (team, mobile, kind, cause, user, message, note[:500], now() if at is None else at),
    )
    return done.rowcount == 1


def renew(
    tx: Transaction, team: int, restriction: int, *, message: int | None, note: str, at: int
) -> None:
    """A further text reads like a wish to stop: the question is about this one from now on."""
    tx.execute(
        "UPDATE restriction SET message_id = ?, note = ?, "
        " at = CASE WHEN at < ? THEN ? ELSE at END WHERE team_id = ? AND id = ?",
        (message, note[:500], at, at, team, restriction),
    )


def remove(tx: Transaction, team: int, restriction: int) -> None:
    tx.execute("DELETE FROM restriction WHERE team_id = ? AND id = ?", (team, restriction))


def hide(tx: Transaction, team: int, mobile: str, hashed: str) -> None:
    """Keep the restrictions of an erased person under the hash, without a word of theirs: a text
    that read like a wish to stop can be shown to nobody any more, so its question is closed."""
    tx.execute(
        "INSERT INTO restriction (team_id, mobile, kind, cause, user_id, at)"
        " SELECT team_id, ?, CASE kind WHEN 'suspected' THEN 'do_not_text' ELSE kind END, cause,"
        " user_id, at FROM restriction WHERE team_id = ? AND mobile = ?"
        " ORDER BY kind = 'suspected' ON CONFLICT (team_id, mobile, kind) DO NOTHING",
        (hashed, team, mobile),
    )
    tx.execute("DELETE FROM restriction WHERE team_id = ? AND mobile = ?", (team, mobile))


def show(tx: Transaction, team: int, hashed: str, mobile: str) -> None:
    """The mobile is known again: what is kept under its hash is its own again."""
    tx.execute(
        "INSERT INTO restriction (team_id, mobile, kind, cause, user_id, at)"
        " SELECT team_id, ?, kind, cause, user_id, at FROM restriction"
        " WHERE team_id = ? AND mobile = ? ON CONFLICT (team_id, mobile, kind) DO NOTHING",
        (mobile, team, hashed),
    )
    tx.execute("DELETE FROM restriction WHERE team_id = ? AND mobile = ?", (team, hashed))


def held_of(team: int, mobiles: list[str]) -> set[str]:
    """Those of the mobiles, or their hashes, under which anything is kept."""
    marks = places(mobiles)
    rows = all_rows(
        f"SELECT DISTINCT mobile FROM restriction WHERE team_id = ? AND mobile IN ({marks})",
        (team, *mobiles),
    )
    return {mobile for (mobile,) in rows}
