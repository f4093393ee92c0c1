"""The history of opt-outs and restrictions: who, when, by what. Rows are only added; one learns
afterwards which text said so where that could not be filed."""

from typing import NamedTuple

from backend.store import pseudonym
from backend.store.rows import all_rows, now, one_row, places
from backend.store.writer import Transaction

FILED_LATER_MS = 60_000
"""By so much a text that is filed again counts as later at most: it came while its first
transaction waited and failed."""


class Event(NamedTuple):
    """A change of ``at`` (ms). ``kind``: opted_out, opted_in, suspected, cleared, restricted,
    unrestricted; ``restriction`` is which one, of the last four. ``who`` is a user's name."""

    id: int
    kind: str
    restriction: str
    cause: str
    note: str
    at: int
    who: str
    message: int | None


def add(
    tx: Transaction,
    team: int,
    mobile: str,
    kind: str,
    cause: str,
    *,
    restriction: str = "",
    user: int | None = None,
    message: int | None = None,
    note: str = "",
    at: int | None = None,
) -> None:
    tx.execute(
        "INSERT INTO consent_event (team_id, mobile, kind, restriction, cause, user_id, message_id,"
        " note, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(team, mobile, kind, restriction, cause, user, message, note[:500]),
            now() if at is None else at,
        ),
    )


def history(
    team: int, mobile: str, *, before: tuple[int, int] | None = None, limit: int
) -> list[Event]:
    """What happened to this mobile, latest first; ``before`` is (at, id) of the last one held."""
    sql = (
        "SELECT consent_event.id, kind, restriction, cause, note, at, coalesce(\"user\".name, ''),"
        " message_id FROM consent_event"
        ' LEFT JOIN "user" ON "user".id = consent_event.user_id'
        " WHERE consent_event.team_id = ? AND mobile IN (?, ?)"
    )
    values: list[object] = [team, mobile, pseudonym.of(team, mobile)]
    if before:
        sql += " AND (at, consent_event.id) < (?, ?)"
        values += before
    rows = all_rows(sql + " ORDER BY +at DESC, consent_event.id DESC LIMIT ?", (*values, limit))
    return [Event(*row) for row in rows]


def opted_in_since(team: int, mobile: str, at: int) -> bool:
    """Whether they opted in later than ``at`` (ms). What lies ahead of our clock was noted before
    the clock stepped back: nobody knows whether it is later, so it does not count."""
    row = one_row(
        "SELECT 1 FROM consent_event WHERE team_id = ? AND mobile = ? AND at > ? AND at <= ?"
        " AND kind = 'opted_in' LIMIT 1",
        (team, mobile, at, now()),
    )
    return row is not None


def said_by(tx: Transaction, team: int, mobile: str, message: int, at: int) -> bool:
    """A STOP of ``at`` (ms) is filed as ``message``; whether it is the one that opted them out
    before it could be filed. The history names it from now on."""
    done = tx.execute(
        "UPDATE consent_event SET message_id = ? WHERE team_id = ? AND mobile = ?"
        " AND kind = 'opted_out' AND cause = 'stop' AND message_id IS NULL"
        " AND at >= ? AND at <= ?",
        (message, team, mobile, at - FILED_LATER_MS, at),
    )
    return done.rowcount > 0


def opt_out_notes(team: int) -> dict[str, str]:
    """By mobile, the note of the latest opt-out of those that have one."""
    rows = all_rows(
        # The last of a mobile stands.
        "SELECT mobile, note FROM consent_event WHERE team_id = ? AND kind = 'opted_out'"
        " ORDER BY id",
        (team,),
    )
    return {mobile: note for mobile, note in dict(rows).items() if note}


def hide(tx: Transaction, team: int, mobile: str, hashed: str) -> None:
    """Keep an erased person's history under the hash, without a word of theirs."""
    tx.execute(
        "UPDATE consent_event SET mobile = ?, note = '', message_id = NULL"
        " WHERE team_id = ? AND mobile = ?",
        (hashed, team, mobile),
    )


def show(tx: Transaction, team: int, hashed: str, mobile: str) -> None:
    tx.execute(
        "UPDATE consent_event SET mobile = ? WHERE team_id = ? AND mobile = ?",
        (mobile, team, hashed),
    )


def held_of(team: int, mobiles: list[str]) -> set[str]:
    """Those of the mobiles, or their hashes, under which anything is kept."""
    marks = places(mobiles)
    rows = all_rows(
        f"SELECT DISTINCT mobile FROM consent_event WHERE team_id = ? AND mobile IN ({marks})",
        (team, *mobiles),
    )
    return {mobile for (mobile,) in rows}
