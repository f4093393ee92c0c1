"""CSV that is safe to open in a spreadsheet, and read so that one bad line costs only itself."""

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_STARTS = "['=+\\-@\uff1d\uff0b\uff0d\uff20\t\r]"
# A spreadsheet whose separator is the semicolon begins a cell behind each, also within quotes.
_BEGINS = r'(^|;[\s"]*)'
_FORMULA = re.compile(f"{_BEGINS}(?={_STARTS})")
_NEUTRAL = re.compile(f"{_BEGINS}'(?={_STARTS})")
UNCLOSED = "This line cannot be read: a quotation mark in it is not closed. Close or remove it."
TOO_LONG = "A cell in this line is longer than 128 KiB. Shorten it."
SHORTENED = re.compile(r"[\d.,]+[eE]\+?\d+")
"""A number of which a spreadsheet has kept the first digits alone."""
FORMAT_AS_TEXT = (
    "A spreadsheet has shortened this number: format the column as text and export again."
)
LONGEST_RECORD = 20
"""Lines that one record in quotes may span; a quote that never ends must not swallow the rest."""


def safe(cell: str) -> str:
    """The cell in one line, with an apostrophe before what a spreadsheet would run as a formula."""
    flat = " ".join(cell.split())
    return _FORMULA.sub(r"\1'", flat)


def plain(cell: str) -> str:
    """What :func:`safe` was given, but for its blanks."""
    return _NEUTRAL.sub(r"\1", cell.strip())


def written(rows: Iterable[tuple[str, ...]], end: str) -> Iterator[str]:
    """CSV, line by line, with every cell in quotes, so that a separator in it is never one."""
    for row in rows:
        line = io.StringIO()
        csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator=end).writerow(row)
        yield line.getvalue()


class Record(NamedTuple):
    """``line`` is where it begins, from 1; ``cells`` is None where the line cannot be read, and
    ``why`` says what to do then."""

    line: int
    cells: list[str] | None
    why: str = ""


def records(
    lines: Iterable[str], *, first_line: int = 1, delimiter: str = "", width: int = 0
) -> Iterator[Record]:
    """The records of a CSV file with commas, semicolons or tabs, as its first line has them.

    Where reading goes on in the middle of a file, ``first_line`` is the number of the first line
    that comes, and ``delimiter`` what the file has. With ``width``, a record that spans lines and
    has another number of cells is one whose quote was never closed.
    """
    numbered = enumerate(lines, first_line)
    waiting: deque[tuple[int, str]] = deque()
    while first := (waiting.popleft() if waiting else next(numbered, None)):
        line, text = first
        if line == 1:
            text = text.removeprefix("\ufeff")
        delimiter = delimiter or max(",;\t", key=text.count)
        more: list[tuple[int, str]] = []
        while _open(text, more) and len(more) < LONGEST_RECORD:
            following = waiting.popleft() if waiting else next(numbered, None)
            if following is None:
                break
            more.append(following)
        if _open(text, more):
            # Its quote never ends: the lines behind it are read for themselves.
            waiting.extendleft(reversed(more))
            yield Record(line, None, UNCLOSED)
        elif text.strip():
            record = _record(line, "".join([text, *(each for _, each in more)]), delimiter)
            if more and (record.cells is None or (width and len(record.cells) != width)):
                # Two stray quotes, and whole rows between them.
                waiting.extendleft(reversed(more))
                record = Record(line, None, record.why or UNCLOSED)
            yield record


def _open(text: str, more: list[tuple[int, str]]) -> bool:
    """Whether a cell in quotes goes on behind these lines."""
    return (text.count('"') + sum(each.count('"') for _, each in more)) % 2 == 1


def _record(line: int, text: str, delimiter: str) -> Record:
    try:
        cells = next(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as error:
        too_long = "field larger than" in str(error)
        return Record(line, None, TOO_LONG if too_long else UNCLOSED)
    return Record(line, cells)
