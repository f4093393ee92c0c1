"""Texts that have to go at the carrier too."""

from typing import NamedTuple

from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction


class Redaction(NamedTuple):
    id: int
    team: int
    sid: str
    attempts: int


def add(tx: Transaction, team: int, sid: str) -> None:
    """From now on the carrier's text ``sid`` is not ours to know: its row also keeps the text from
    being filed again when the carrier's list shows it."""
    tx.execute(
        "INSERT INTO redaction (team_id, sid, media_sid, attempts, not_before, created_at)"
        " VALUES (?, ?, '', 0, 0, ?) ON CONFLICT (sid, media_sid) DO NOTHING",
        (team, sid, now()),
    )


def due(limit: int = 100) -> list[int]:
    """What is to be emptied at the carrier now, the oldest first."""
    rows = all_rows(
        "SELECT id FROM redaction WHERE done_at IS NULL AND not_before <= ?"
        " ORDER BY not_before, id LIMIT ?",
        (now(), limit),
    )
    return [redaction for (redaction,) in rows]


def claim(tx: Transaction, redaction: int, lease: int) -> Redaction | None:
    """Take one that is due, for ``lease`` ms; None when somebody else has it or it is done."""
    # Jobs know no team: the redaction's id finds it.
    row = tx.execute(
        "UPDATE redaction SET not_before = ? WHERE id = ? AND done_at IS NULL AND not_before <= ?"
        " RETURNING id, team_id, sid, attempts",
        (now() + lease, redaction, now()),
    ).fetchone()
    return Redaction(*row) if row else None


def done(tx: Transaction, redaction: Redaction) -> None:
    tx.execute(
        "UPDATE redaction SET done_at = ?, answer = '' WHERE team_id = ? AND id = ?",
        (now(), redaction.team, redaction.id),
    )


def put_back(tx: Transaction, redaction: Redaction, wait: int, answer: str) -> None:
    """The carrier did not do it: try again after ``wait`` (ms)."""
    tx.execute(
        "UPDATE redaction SET attempts = attempts + 1, not_before = ?, answer = ?"
        " WHERE team_id = ? AND id = ?",
        (now() + wait, answer[:200], redaction.team, redaction.id),
    )


def waiting(team: int) -> tuple[int, str]:
    """How many of the team's texts are still to be emptied, and the last answer to one of them."""
    row = one_row(
        "SELECT count(*), coalesce(max(answer), '') FROM redaction"
        " WHERE team_id = ? AND done_at IS NULL",
        (team,),
    )
    return row or (0, "")
