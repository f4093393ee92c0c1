"""Rows that an import could not load, kept for a while so that they can be mended."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from backend.store.rows import all_rows
from backend.store.writer import Transaction

_AT_ONCE = 500


class Problem(NamedTuple):
    """``line`` from 1; ``columns`` names those that are wrong, empty for the whole line; ``text``
    says what to do; ``cells`` are the row as it came."""

    id: int
    line: int
    columns: str
    text: str
    cells: list[str]


def add(
    tx: Transaction,
    team: int,
    people_import: int,
    problems: Iterable[tuple[int, str, str, list[str]]],
) -> None:
    """Keep (line, columns, text, cells) of each."""
    for line, columns, text, cells in problems:
        tx.execute(
            "INSERT INTO import_problem (team_id, people_import_id, line, columns, text, cells)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (team, people_import, line, columns, text, msgspec.json.encode(cells).decode()),
        )


def page(team: int, people_import: int, *, after: int = 0, limit: int = 50) -> list[Problem]:
    """In the order of the file, behind the one with the id ``after``."""
    rows = all_rows(
        "SELECT id, line, columns, text, cells FROM import_problem"
        " WHERE team_id = ? AND people_import_id = ? AND id > ? ORDER BY id LIMIT ?",
        (team, people_import, after, limit),
    )
    return [
        Problem(row, line, columns, text, msgspec.json.decode(cells))
        for row, line, columns, text, cells in rows
    ]


def each(team: int, people_import: int) -> Iterator[Problem]:
    """All of them, few at a time."""
    after = 0
    while found := page(team, people_import, after=after, limit=_AT_ONCE):
        yield from found
        after = found[-1].id


def holding(team: int, after: int, limit: int = _AT_ONCE) -> list[tuple[int, list[str]]]:
    """(id, cells) of the team's rows behind the id ``after``."""
    rows = all_rows(
        "SELECT id, cells FROM import_problem WHERE team_id = ? AND id > ? ORDER BY id LIMIT ?",
        (team, after, limit),
    )
    return [(row, msgspec.json.decode(cells)) for row, cells in rows]


def drop(tx: Transaction, team: int, problems: list[int]) -> None:
    for problem in problems:
        tx.execute("DELETE FROM import_problem WHERE team_id = ? AND id = ?", (team, problem))


def prune(tx: Transaction, created_before: int, limit: int = 2000) -> int:
    """Forget the rows of imports from before ``created_before`` (ms), of all teams; returns how
    many went."""
    done = tx.execute(
        "DELETE FROM import_problem WHERE id IN (SELECT import_problem.id FROM people_import"
        " JOIN import_problem ON import_problem.team_id = people_import.team_id"
        " AND import_problem.people_import_id = people_import.id"
        " WHERE people_import.created_at < ? LIMIT ?)",
        (created_before, limit),
    )
    return done.rowcount
