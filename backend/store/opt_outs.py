"""Opt-outs: mobiles that a team may not text, after a STOP or a word of its own users.

A mobile is looked for in both forms: as it is, and as the keyed hash that an erasure leaves of it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from backend.store import mobile_search, pseudonym
from backend.store.rows import all_rows, one_row, places
from backend.store.writer import Transaction


class Held(NamedTuple):
    """An opt-out of ``at`` (ms). ``mobile`` is E.164 or, after an erasure, a keyed hash."""

    id: int
    mobile: str
    cause: str
    at: int


_FROM = "SELECT id, mobile, cause, at FROM opt_out"
_SELECT = _FROM + " WHERE team_id = ?"
_LATER = "CASE WHEN opt_out.at < excluded.at THEN excluded.at ELSE opt_out.at END"


def get(team: int, mobile: str) -> Held | None:
    """The opt-out of this mobile, if there is one."""
    row = one_row(
        # The plus keeps SQLite from walking the index of `at` through all of the team.
        _SELECT + " AND mobile IN (?, ?) ORDER BY +at DESC",
        (team, mobile, pseudonym.of(team, mobile)),
    )
    return Held(*row) if row else None


def by_id(team: int, opt_out: int) -> Held | None:
    row = one_row(_SELECT + " AND id = ?", (team, opt_out))
    return Held(*row) if row else None


def page(
    team: int, *, search: str = "", before: tuple[int, int] | None = None, limit: int
) -> list[Held]:
    """Opt-outs, latest first. ``search`` as in :mod:`backend.store.mobile_search`; ``before`` is
    (at, id) of the last one held."""
    sql = _SELECT
    values: list[int] = [team]
    if search:
        ids = mobile_search.found("opt_out", team, search)
        # The plus keeps SQLite from looking through all of the team for them.
        sql = _FROM + f" WHERE +team_id = ? AND id IN ({places(ids)})"
        values += ids
    if before:
        sql += " AND (at, id) < (?, ?)"
        values += before
    order = "+at" if search else "at"
    rows = all_rows(sql + f" ORDER BY {order} DESC, id DESC LIMIT ?", (*values, limit))
    return [Held(*row) for row in rows]


def each(team: int) -> Iterator[Held]:
    """Every opt-out of the team, by mobile, read in parts so that a long list costs no memory."""
    after = ""
    while rows := all_rows(_SELECT + " AND mobile > ? ORDER BY mobile LIMIT 2000", (team, after)):
        yield from map(Held._make, rows)
        after = rows[-1][1]


def put(tx: Transaction, team: int, mobile: str, cause: str, at: int) -> None:
    """Opt the mobile out; one that is out already is out since the later of the two moments, and
    for the new cause."""
    tx.execute(
        "INSERT INTO opt_out (team_id, mobile, cause, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (team_id, mobile) DO UPDATE SET cause = excluded.cause,"
        " at = " + _LATER,
        (team, mobile, cause, at),
    )


def remove(tx: Transaction, team: int, opt_out: int) -> None:
    tx.execute("DELETE FROM opt_out WHERE team_id = ? AND id = ?", (team, opt_out))


def rename(tx: Transaction, team: int, old: str, new: str) -> None:
    """Keep what is held of ``old`` under ``new``, beside what is held there already."""
    tx.execute(
        "INSERT INTO opt_out (team_id, mobile, cause, at)"
        " SELECT team_id, ?, cause, at FROM opt_out WHERE team_id = ? AND mobile = ?"
        " ON CONFLICT (team_id, mobile) DO UPDATE SET at = " + _LATER,
        (new, team, old),
    )
    tx.execute("DELETE FROM opt_out WHERE team_id = ? AND mobile = ?", (team, old))


def held_of(team: int, mobiles: list[str]) -> set[str]:
    """Those of the mobiles, or their hashes, under which anything is kept."""
    marks = places(mobiles)
    rows = all_rows(
        f"SELECT DISTINCT mobile FROM opt_out WHERE team_id = ? AND mobile IN ({marks})",
        (team, *mobiles),
    )
    return {mobile for (mobile,) in rows}
