"""What the carrier bills of a text, and whether usage counts it."""

from typing import NamedTuple

from backend.store.rows import all_rows, one_row, places
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


class Listed(NamedTuple):
    """A text that the carrier has, and what its list may say otherwise; ``cost`` as of a bill."""

    team: int
    message: int
    status: str
    segments: int
    cost: int | None


def get(team: int, message: int) -> Bill | None:
    row = one_row(
        "SELECT author_id, segments, media_count, cost, counted_at, counted_cost FROM message"
        " WHERE team_id = ? AND id = ? AND direction = 'outbound'",
        (team, message),
    )
    return Bill(*row) if row else None


def of_sids(sids: list[str]) -> dict[str, Listed]:
    """The outbound ones of the carrier's texts. The carrier knows no team, so this finds it."""
    rows = all_rows(
        "SELECT carrier_sid, team_id, id, status, segments, cost FROM message"
        f" WHERE carrier_sid IN ({places(sids)}) AND direction = 'outbound'",
        tuple(sids),
    )
    return {sid: Listed(*text) for sid, *text in rows}


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
