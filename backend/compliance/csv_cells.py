"""CSV that is safe to open in a spreadsheet, and read so that one bad line costs only itself."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_FORMULA = re.compile(r"^['=+\-@\t\r]")
_NEUTRAL = re.compile(r"^'(?=['=+\-@\t\r])")
LONGEST_RECORD = 20
"""Lines that one record in quotes may span; a quote that never ends must not swallow the rest."""


def safe(cell: str) -> str:
    """The cell in one line, with an apostrophe before what a spreadsheet would run as a formula."""
    flat = " ".join(cell.split())
    return f"'{flat}" if _FORMULA.match(flat) else flat


def plain(cell: str) -> str:
    """What :func:`safe` was given, but for its blanks."""
    return _NEUTRAL.sub("", cell.strip())


class Record(NamedTuple):
    """``line`` is where it begins, from 1; ``cells`` is None where the line cannot be read."""

    line: int
    cells: list[str] | None


def records(lines: Iterable[str]) -> Iterator[Record]:
    """The records of a CSV file with commas, semicolons or tabs, as its first line has them."""
    delimiter = ","
    held: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        text = line.removeprefix("\ufeff") if number == 1 else line
        if number == 1:
            delimiter = max(",;\t", key=text.count)
        held.append((number, text))
        while held and (len(held) > LONGEST_RECORD or _whole(held)):
            yield from _take(held, delimiter)
    while held:
        yield from _take(held, delimiter)


def _whole(held: list[tuple[int, str]]) -> bool:
    return sum(text.count('"') for _, text in held) % 2 == 0


def _take(held: list[tuple[int, str]], delimiter: str) -> Iterator[Record]:
    """The first record of what is held: all of it where quotes are whole, else its first line."""
    whole = _whole(held)
    taken = list(held) if whole else held[:1]
    del held[: len(taken)]
    text = "".join(each for _, each in taken)
    if not text.strip():
        return
    try:
        cells = next(csv.reader([text], delimiter=delimiter, strict=True)) if whole else None
    except csv.Error:
        cells = None
    yield Record(taken[0][0], cells)
