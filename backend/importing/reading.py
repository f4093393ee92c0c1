"""The records of a file that is kept, from any row on: a place is a byte and a line's number."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from backend.compliance.csv_cells import LONGEST_RECORD, Record, plain, records
from backend.importing.decoding import BadFile
from backend.phone import PhoneError, parse
from backend.store.imports import Layout

LONGEST_LINE = 256 * 1024
"""Bytes; a cell may have half of it."""
LONGEST_KEPT = 1000
"""Characters of a line that cannot be read, or of a cell, which the report shows."""
MOST_COLUMNS = 200
LONGEST_NAME = 60
_DELIMITERS = ",;\t|"
_LARGEST_PIECE = 1024 * 1024
_NO_HEADER = (
    "The first line has to name the columns: put a line such as"
    " `First name,Last name,Mobile` above the people."
)


class Piece(NamedTuple):
    """Some records in a row, each with the text that it was read from, and where the next begins;
    ``last`` when there is no next one."""

    records: list[tuple[Record, str]]
    position: int
    line: int
    last: bool


def layout(path: Path, encoding: str) -> Layout:
    """How the file is read, by its first line; raises :class:`BadFile`."""
    length = path.stat().st_size
    with _Lines(path, 0, 1) as lines:
        first = next(filter(str.strip, lines), "")
    delimiter = max(_DELIMITERS, key=lambda each: len(_split(first, each)))
    piece = read(path, 0, 1, delimiter, 0, 1)
    cells = piece.records[0][0].cells if piece.records else None
    if cells is None or not any(map(plain, cells)):
        raise BadFile(_NO_HEADER)
    if len(cells) > MOST_COLUMNS:
        raise BadFile(f"There are more than {MOST_COLUMNS} columns: leave some out.")
    names = told_apart([" ".join(plain(each).replace("\x00", "").split()) for each in cells])
    if any(map(_is_number, names)):
        raise BadFile(_NO_HEADER)
    return Layout(encoding, delimiter, names, piece.position, piece.line, length)


def read(path: Path, position: int, line: int, delimiter: str, width: int, count: int) -> Piece:
    """``count`` records from a place on, or fewer where they are very long. ``width`` is how many
    columns there are. Raises FileNotFoundError when the file is gone."""
    with _Lines(path, position, line) as lines:
        found: list[tuple[Record, str]] = []
        for record in records(lines, first_line=line, delimiter=delimiter, width=width):
            if len(found) == count or lines.at(record.line) - position > _LARGEST_PIECE:
                return Piece(found, lines.at(record.line), record.line, last=False)
            found.append((record, lines.text(record.line)))
        return Piece(found, lines.end, lines.line, last=True)


def told_apart(names: list[str]) -> list[str]:
    """Names of which no two are the same: a repeated one has its number behind it, an empty one
    says which column it is."""
    found: list[str] = []
    for at, name in enumerate(names, 1):
        name = name[:LONGEST_NAME].strip() or f"Column {at}"
        unique, count = name, 1
        while unique in found:
            count += 1
            unique = f"{name} ({count})"
        found.append(unique)
    return found


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _is_number(name: str) -> bool:
    try:
        return bool(parse(name))
    except PhoneError:
        return False


class _Lines(Iterator[str]):
    """The lines of a file from a place on, which remembers where the latest of them begin."""

    def __init__(self, path: Path, position: int, line: int) -> None:
        self._file = path.open("rb")
        self._file.seek(position)
        self._latest: dict[int, tuple[int, str]] = {}
        self.end, self.line = position, line

    def __enter__(self) -> "_Lines":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __next__(self) -> str:
        raw = self._file.readline(LONGEST_LINE)
        if not raw:
            raise StopIteration
        text = raw.decode("utf-8", "replace")
        self._latest[self.line] = (self.end, text[:LONGEST_KEPT].rstrip("\n"))
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            text = self._too_long()
        self._latest.pop(self.line - 2 * LONGEST_RECORD, None)
        self.end, self.line = self._file.tell(), self.line + 1
        return text

    def at(self, line: int) -> int:
        """The byte at which one of the latest lines begins."""
        return self._latest[line][0]

    def text(self, line: int) -> str:
        """The beginning of one of the latest lines."""
        return self._latest[line][1]

    def _too_long(self) -> str:
        """Pass over the rest of the line. In its place stands one cell that is longer than any may
        be, so that it is refused as that."""
        while (rest := self._file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        return "x" * (csv.field_size_limit() + 1) + "\n"
