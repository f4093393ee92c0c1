"""What was not loaded, as a CSV file that can be mended and imported again."""

from collections.abc import Iterable, Iterator

from backend.compliance.csv_cells import safe
from backend.store import import_problems
from backend.store.imports import Held

LINE, COLUMNS, TODO = "Repline: line", "Repline: columns", "Repline: what to do"
"""Headers before the file's own; an import leaves them out."""


def rows(held: Held) -> Iterator[tuple[str, ...]]:
    """The report of an import, header first; its cells are safe in a spreadsheet."""
    found = import_problems.each(held.team, held.id)
    return written(held.columns, (each[1:] for each in found))


def written(
    columns: list[str], problems: Iterable[tuple[int, str, str, list[str]]]
) -> Iterator[tuple[str, ...]]:
    """The report of these rows: (line, columns, what to do, cells) of each."""
    yield (LINE, COLUMNS, TODO, *map(safe, columns))
    for line, wrong, text, cells in problems:
        filled = [*cells, *[""] * (len(columns) - len(cells))]
        yield (str(line), safe(wrong), text, *map(safe, filled))
