"""Looking for mobiles by some of their digits, in tables that have a ``mobile``.

A look through a million numbers takes too long to wait for, so the digits have to be all of a
number, or its beginning or end: both are answered by an index.
"""

from typing import Literal

from backend.store import pseudonym
from backend.store.rows import all_rows

MOST = 500
"""As many rows as a search finds by the beginning, and by the end; who needs others types on."""
_ENDING = 4
"""Digits of the index on what numbers end with."""


def found(table: Literal["opt_out", "restriction"], team: int, search: str) -> list[int]:
    """The ids of the rows of ``table`` whose mobile begins or ends so."""
    digits = "".join(each for each in search if each.isdecimal() and each.isascii())
    if not digits:
        return []
    here = f"SELECT id FROM {table} WHERE team_id = ?"
    if len(digits) >= 10:
        whole = f"+{digits}" if len(digits) > 10 else f"+1{digits}"
        rows = all_rows(here + " AND mobile IN (?, ?)", (team, whole, pseudonym.of(team, whole)))
        return [id_ for (id_,) in rows]
    rows = []
    for beginning in (f"+{digits}", f"+1{digits}"):
        rows += all_rows(
            here + f" AND mobile >= ? AND mobile < ? LIMIT {MOST}",
            (team, beginning, beginning + ":"),
        )
    if len(digits) >= _ENDING:
        # What is done to the mobile, and `at`, keep SQLite to the index of endings.
        ended = all_rows(
            f"SELECT id, at FROM {table} WHERE team_id = ?"
            f" AND substr(mobile, length(mobile) - {_ENDING - 1}) = ? AND mobile || '' LIKE ?"
            f" AND mobile || '' NOT LIKE 'hash:%' LIMIT {MOST}",
            (team, digits[-_ENDING:], f"%{digits}"),
        )
        rows += [(id_,) for id_, _ in ended]
    return sorted({id_ for (id_,) in rows})
