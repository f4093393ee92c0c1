"""The next rows of an import, read from where it is and checked; nothing is written."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from backend.apart import Apart
from backend.crm_pages.records import Records
from backend.importing import reading, rows
from backend.importing.rows import Bad, Row
from backend.store.imports import Held

_BREATH = 10
"""Rows after which the loop has its turn: each takes some 50 us."""


class Checked(NamedTuple):
    """Rows that are checked, and where the next ones begin; ``last`` when there are none."""

    good: list[Row]
    bad: list[Bad]
    position: int
    line: int
    last: bool


class Pieces:
    """``path(team, sha256)`` is where a file is kept; ``apart`` reads, so that nobody waits;
    ``records`` tells the records of CRMs by their addresses."""

    def __init__(self, path: Callable[[int, str], Path], apart: Apart, records: Records) -> None:
        self._path = path
        self._apart = apart
        self._records = records

    def raw(self, held: Held, count: int) -> reading.Piece:
        """The next ``count`` records, or fewer. Raises FileNotFoundError when the file is gone."""
        return self._apart(lambda: self._raw(held, count))

    def checked(self, held: Held, count: int) -> Checked:
        """As :meth:`raw`, as people."""
        return self._apart(lambda: self._checked(held, count))

    def _raw(self, held: Held, count: int) -> reading.Piece:
        path, width = self._path(held.team, held.sha256), len(held.columns)
        return reading.read(path, held.position, held.line, held.delimiter, width, count)

    def _checked(self, held: Held, count: int) -> Checked:
        piece = self._raw(held, count)
        good: list[Row] = []
        bad: list[Bad] = []
        for at, (record, text) in enumerate(piece.records):
            if at % _BREATH == 0:
                self._apart.breathe()
            row = rows.read(record, text, held.columns, held.mapping, self._records)
            if isinstance(row, Row):
                good.append(row)
            elif row is not None:
                bad.append(row)
        return Checked(good, bad, piece.position, piece.line, piece.last)
