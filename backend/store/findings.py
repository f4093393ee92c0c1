"""What rounds found of each team's, and what of it they mended. Of each the last is kept."""

from typing import NamedTuple

from backend.store.rows import all_rows
from backend.store.writer import Transaction


class Finding(NamedTuple):
    """``at`` (ms) is when the run began."""

    at: int
    found: int
    mended: int


def put(tx: Transaction, team: int, round: str, finding: Finding) -> None:
    # The team may be gone by now: then nobody is told.
    tx.execute(
        "INSERT INTO finding (team_id, round, at, found, mended)"
        " SELECT id, ?, ?, ?, ? FROM team WHERE id = ?"
        " ON CONFLICT (team_id, round) DO UPDATE SET at = excluded.at, found = excluded.found,"
        " mended = excluded.mended",
        (round, *finding, team),
    )


def of_team(team: int) -> dict[str, Finding]:
    """By round; none where it never found anything."""
    rows = all_rows("SELECT round, at, found, mended FROM finding WHERE team_id = ?", (team,))
    return {round: Finding(*finding) for round, *finding in rows}
