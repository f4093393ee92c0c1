"""Imports of people: the files that are kept, how far each is, who works on it."""

from typing import Literal, NamedTuple

import msgspec

from backend.store.rows import all_rows, now, one_row, places
from backend.store.writer import Transaction

State = Literal["mapping", "running", "paused", "done", "failed", "canceled"]
OPEN = ("mapping", "running", "paused")
"""States in which something is still to be done, so that the file is kept."""


class Layout(NamedTuple):
    """How a file is read. ``position`` is the byte at which its first row begins, ``line`` that
    row's line from 1; ``length`` in bytes."""

    encoding: str
    delimiter: str
    columns: list[str]
    position: int
    line: int
    length: int


class Counts(NamedTuple):
    """Rows of a piece, by what became of them."""

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0


class Held(NamedTuple):
    """An import. ``columns`` are the names of the file's columns and ``mapping`` the field of each,
    empty for what is left out; ``sha256`` is empty once the file is gone; ``erased`` are pseudonyms
    of people who were erased meanwhile; ``worker`` is who works on it."""

    id: int
    team: int
    user: int | None
    actor: str
    name: str
    size: int
    encoding: str
    sha256: str
    length: int
    delimiter: str
    columns: list[str]
    mapping: list[str]
    position: int
    line: int
    added: int
    changed: int
    same: int
    refused: int
    state: State
    cause: str
    erased: frozenset[str]
    worker: str
    created_at: int
    ended_at: int | None

    @property
    def rows(self) -> int:
        """How many are done."""
        return self.added + self.changed + self.same + self.refused

    @property
    def loaded(self) -> int:
        return self.rows - self.refused

    @property
    def percent(self) -> int:
        """How much of the file is done; 100 only when all is."""
        if self.state == "done":
            return 100
        return min(99, 100 * self.position // max(1, self.length)) if self.rows else 0

    @property
    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in Counts._fields}


_COLUMNS = (
    "id, team_id, user_id, actor, name, size, encoding, sha256, length, delimiter, columns,"
    " mapping, position, line, added, changed, same, refused, state, cause, erased, worker,"
    " created_at, ended_at"
)


def _held(row: tuple) -> Held:
    held = Held(*row)
    return held._replace(
        columns=msgspec.json.decode(row[Held._fields.index("columns")]),
        mapping=msgspec.json.decode(row[Held._fields.index("mapping")]),
        erased=frozenset(row[Held._fields.index("erased")].split()),
    )


def add(
    tx: Transaction,
    team: int,
    user: int | None,
    actor: str,
    *,
    name: str,
    size: int,
    sha256: str,
    layout: Layout,
    mapping: list[str],
) -> int:
    (made,) = tx.execute(
        "INSERT INTO people_import (team_id, user_id, actor, name, size, encoding, sha256, length,"
        " delimiter, columns, mapping, position, line, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            *(team, user, actor[:254], name, size, layout.encoding, sha256, layout.length),
            *(layout.delimiter, _json(layout.columns), _json(mapping)),
            *(layout.position, layout.line, now()),
        ),
    ).fetchone()
    return made


def get(team: int, people_import: int) -> Held | None:
    row = one_row(
        f"SELECT {_COLUMNS} FROM people_import WHERE team_id = ? AND id = ?",
        (team, people_import),
    )
    return _held(row) if row else None


def page(team: int, *, before: tuple[int, int] | None = None, limit: int = 50) -> list[Held]:
    """The team's, latest first, behind ``before``: (ms, id) of the last one held."""
    where, values = "team_id = ?", [team]
    if before is not None:
        where += " AND (created_at, id) < (?, ?)"
        values += before
    rows = all_rows(
        f"SELECT {_COLUMNS} FROM people_import WHERE {where}"
        " ORDER BY created_at DESC, id DESC LIMIT ?",
        (*values, limit),
    )
    return [_held(row) for row in rows]


def count_open(team: int) -> int:
    """How many of the team's have their file kept."""
    row = one_row(
        f"SELECT count(*) FROM people_import WHERE team_id = ? AND state IN ({places(OPEN)})",
        (team, *OPEN),
    )
    return row[0] if row else 0


def set_mapping(tx: Transaction, team: int, people_import: int, mapping: list[str]) -> None:
    tx.execute(
        "UPDATE people_import SET mapping = ? WHERE team_id = ? AND id = ?",
        (_json(mapping), team, people_import),
    )


def set_state(
    tx: Transaction,
    team: int,
    people_import: int,
    before: tuple[str, ...],
    state: str,
    cause: str = "",
) -> bool:
    """Go on to ``state`` from one of ``before``; False when it is in none of these. Whoever works
    on it notices before their next rows; a new ``running`` wakes somebody."""
    done = tx.execute(
        "UPDATE people_import SET state = ?, cause = ?, worker = '', leased_until = 0, ended_at = ?"
        f" WHERE team_id = ? AND id = ? AND state IN ({places(before)})",
        (state, cause, None if state in OPEN else now(), team, people_import, *before),
    )
    if done.rowcount and state == "running":
        tx.wake("import", people_import)
    return done.rowcount == 1


def due(limit: int = 10) -> list[int]:
    """Those that should run and on which nobody works, of all teams."""
    rows = all_rows(
        "SELECT id FROM people_import WHERE state = 'running' AND leased_until <= ?"
        " ORDER BY id LIMIT ?",
        (now(), limit),
    )
    return [people_import for (people_import,) in rows]


def claim(tx: Transaction, people_import: int, worker: str, lease: int) -> Held | None:
    """Take one that is due, for ``lease`` ms; None when somebody works on it, or it is over."""
    # Jobs know no team: the import's id finds it.
    row = tx.execute(
        "UPDATE people_import SET worker = ?, leased_until = ?"
        " WHERE id = ? AND state = 'running' AND leased_until <= ?"
        f" RETURNING {_COLUMNS}",
        (worker, now() + lease, people_import, now()),
    ).fetchone()
    return _held(row) if row else None


def again(tx: Transaction, held: Held) -> Held | None:
    """It as it is now, if ``held`` still stands where it stood and is still its worker's."""
    row = tx.execute(
        f"SELECT {_COLUMNS} FROM people_import WHERE team_id = ? AND id = ? AND state = 'running'"
        " AND worker = ? AND position = ?",
        (held.team, held.id, held.worker, held.position),
    ).fetchone()
    return _held(row) if row else None


def move(tx: Transaction, held: Held, position: int, line: int, counts: Counts, lease: int) -> Held:
    """The rows before ``position`` are done; the worker has it for ``lease`` ms more. Follows
    :func:`again` in the same transaction."""
    row = tx.execute(
        "UPDATE people_import SET position = ?, line = ?, added = added + ?, changed = changed + ?,"
        " same = same + ?, refused = refused + ?, leased_until = ?"
        f" WHERE team_id = ? AND id = ? RETURNING {_COLUMNS}",
        (position, line, *counts, now() + lease, held.team, held.id),
    ).fetchone()
    return _held(row)


def _json(value: list[str]) -> str:
    return msgspec.json.encode(value).decode()
