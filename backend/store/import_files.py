"""Files that imports keep: which are still needed, and whom they may not bring back."""

from backend.store.imports import OPEN
from backend.store.rows import all_rows, one_row, places
from backend.store.writer import Transaction

_MARKS = places(OPEN)


def needless(created_before: int) -> list[tuple[int, int]]:
    """(team, id) of imports whose file is kept although they are over, or were begun before
    ``created_before`` (ms); of all teams."""
    return all_rows(
        "SELECT team_id, id FROM people_import WHERE sha256 > ''"
        f" AND (state NOT IN ({_MARKS}) OR created_at < ?) ORDER BY id LIMIT 100",
        (*OPEN, created_before),
    )


def forget(tx: Transaction, team: int, people_import: int) -> None:
    tx.execute(
        "UPDATE people_import SET sha256 = '', erased = '' WHERE team_id = ? AND id = ?",
        (team, people_import),
    )


def is_used(team: int, sha256: str) -> bool:
    """Whether any import of the team still needs the file with this content."""
    row = one_row(
        "SELECT 1 FROM people_import WHERE sha256 = ? AND team_id = ? LIMIT 1", (sha256, team)
    )
    return row is not None


def note_erased(tx: Transaction, team: int, pseudonyms: list[str]) -> None:
    """No file of the team that is kept may bring these people back."""
    tx.execute(
        "UPDATE people_import SET erased = erased || ? WHERE team_id = ? AND sha256 > ''",
        ("".join(f" {each}" for each in pseudonyms), team),
    )
