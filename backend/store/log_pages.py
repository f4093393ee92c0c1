"""Pages of long logs, newest first, whatever they are narrowed to.

A log has an index that ends in the time for each thing that it can be narrowed to. Where several
values of a column are wanted, each is read from its own place in the index and they are merged, so
that no page looks at more rows than it shows of each value.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from backend.store.rows import all_rows

COUNTED = 1000
"""Rows are counted up to here: then it says that there are more."""


class Log(NamedTuple):
    """``kind`` is the column that tells what a row is about; ``columns`` are those of a page, of
    which the first is the id and the second the time."""

    table: str
    kind: str
    columns: str


def page(
    log: Log,
    team: int,
    *,
    user: int | None,
    kinds: Sequence[str] | None,
    until: int | None,
    after: tuple[int, int] | None,
    limit: int,
) -> list[tuple[Any, ...]]:
    """Rows before ``until`` (ms) and behind ``after``, the (ms, id) of the last one held.

    ``kinds`` None is any of them.
    """
    if kinds is None and user is not None:
        kinds = all_kinds(log, team, user)
    if kinds is None:
        found = _one(log, team, user, None, until, after, limit)
    else:
        found = [row for kind in kinds for row in _one(log, team, user, kind, until, after, limit)]
    return sorted(found, key=lambda row: (row[1], row[0]), reverse=True)[:limit]


def count(
    log: Log, team: int, *, user: int | None, kinds: Sequence[str] | None, until: int | None
) -> int:
    """How many rows there are, :data:`COUNTED` + 1 for more than that."""
    if kinds is None and user is not None:
        kinds = all_kinds(log, team, user)
    most, found = COUNTED + 1, 0
    for kind in [None] if kinds is None else kinds:
        where, values = _where(team, user, kind, until, None, log)
        ((here,),) = all_rows(
            f"SELECT count(*) FROM (SELECT 1 FROM {log.table} WHERE {where} LIMIT ?) AS found",
            (*values, most - found),
        )
        found += here
        if found >= most:
            break
    return found


def all_kinds(log: Log, team: int, user: int | None = None) -> list[str]:
    """The values that the column has, by jumping from one to the next in the index."""
    where, values = _whose(team, user)
    following = f"SELECT min({log.kind}) FROM {log.table} WHERE {where}"
    rows = all_rows(
        f"WITH RECURSIVE found(kind) AS ({following} UNION ALL"
        f" SELECT ({following} AND {log.kind} > found.kind) FROM found"
        " WHERE found.kind IS NOT NULL) SELECT kind FROM found WHERE kind IS NOT NULL",
        (*values, *values),
    )
    return [kind for (kind,) in rows]


def _one(
    log: Log,
    team: int,
    user: int | None,
    kind: str | None,
    until: int | None,
    after: tuple[int, int] | None,
    limit: int,
) -> list[tuple[Any, ...]]:
    where, values = _where(team, user, kind, until, after, log)
    return all_rows(
        f"SELECT {log.columns} FROM {log.table} WHERE {where} ORDER BY at DESC, id DESC LIMIT ?",
        (*values, limit),
    )


def _where(
    team: int,
    user: int | None,
    kind: str | None,
    until: int | None,
    after: tuple[int, int] | None,
    log: Log,
) -> tuple[str, list[Any]]:
    where, values = _whose(team, user)
    if kind is not None:
        where += f" AND {log.kind} = ?"
        values.append(kind)
    if until is not None:
        where += " AND at < ?"
        values.append(until)
    if after is not None:
        where += " AND (at, id) < (?, ?)"
        values += after
    return where, values


def _whose(team: int, user: int | None) -> tuple[str, list[Any]]:
    return (
        ("team_id = ?", [team]) if user is None else ("team_id = ? AND user_id = ?", [team, user])
    )
