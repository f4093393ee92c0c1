"""What the carrier bills of a text, and whether usage counts it."""

from typing import NamedTuple

from backend.store.rows import one_row
from backend.store.writer import Transaction


class Bill(NamedTuple):
    """``segments`` are those expected until the carrier has billed; ``cost`` in millionths of a US
    dollar, None until then; ``counted_at`` (ms) is when usage counted the text, with
    ``counted_cost``."""

    author: int | None
    segments: int
    media: int
    cost: int | None
    counted_at: int | None
    counted_cost: int


def get(team: int, message: int) -> Bill | None:
    row = one_row(
        "SELECT author_id, segments, media_count, cost, counted_at, counted_cost FROM message"
        " WHERE team_id = ? AND id = ? AND direction = 'outbound'",
        (team, message),
    )
    return Bill(*row) if row else None


def by_sid(sid: str) -> tuple[int, int] | None:
    """(team, message) of an outbound text. The carrier knows no team, so this finds it."""
    return one_row(
        "SELECT team_id, id FROM message WHERE carrier_sid = ? AND direction = 'outbound'", (sid,)
    )


def set_counted(tx: Transaction, team: int, message: int, at: int | None, cost: int = 0) -> None:
    tx.execute(
        "UPDATE message SET counted_at = ?, counted_cost = ? WHERE team_id = ? AND id = ?",
        (at, cost, team, message),
    )


def set_billed(tx: Transaction, team: int, message: int, segments: int, cost: int) -> None:
    tx.execute(
        "UPDATE message SET segments = ?, cost = ?, revision = revision + 1,"
        " counted_cost = CASE WHEN counted_at IS NULL THEN 0 ELSE ? END"
        " WHERE team_id = ? AND id = ?",
        (segments, cost, cost, team, message),
    )
