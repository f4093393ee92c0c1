"""CSV that is safe to open in a spreadsheet, and read so that one bad line costs only itself."""

import csv
import re
from collections import deque
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
    numbered = enumerate(lines, 1)
    waiting: deque[tuple[int, str]] = deque()
    delimiter = ""
    while first := (waiting.popleft() if waiting else next(numbered, None)):
        line, text = first
        if line == 1:
            text = text.removeprefix("\ufeff")
            delimiter = max(",;\t", key=text.count)
        more: list[tuple[int, str]] = []
        while _open(text, more) and len(more) < LONGEST_RECORD:
            following = waiting.popleft() if waiting else next(numbered, None)
            if following is None:
                break
            more.append(following)
        if _open(text, more):
            # Its quote never ends: the lines behind it are read for themselves.
            waiting.extendleft(reversed(more))
            yield Record(line, None)
        elif text.strip():
            yield Record(line, _cells("".join([text, *(each for _, each in more)]), delimiter))


def _open(text: str, more: list[tuple[int, str]]) -> bool:
    """Whether a cell in quotes goes on behind these lines."""
    return (text.count('"') + sum(each.count('"') for _, each in more)) % 2 == 1


def _cells(text: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
