"""Pages of what is on its way to CRMs, or did not get there, as admins look at it."""

from collections.abc import Sequence
from typing import NamedTuple

from backend.store.rows import all_rows

STATES = ("failed", "waiting", "unlinked", "held", "logged")
"""In the order in which an admin wants to know of them."""
COUNTED = 10_000
"""Rows of a state are counted up to here: then there are more."""


class Row(NamedTuple):
    """``state`` and ``cause`` as in :class:`backend.models.CrmLog`; ``not_before`` in ms."""

    id: int
    activity: int
    person: int
    name: str
    mobile: str
    crm: str
    state: str
    cause: str
    not_before: int
    url: str


def page(
    team: int, crm: str, states: Sequence[str], *, before: int | None = None, limit: int
) -> list[Row]:
    """The latest first, those before id ``before``. Each state is read from its own place in the
    index."""
    found = [row for state in states for row in _of(team, crm, state, before, limit)]
    return sorted(found, reverse=True)[:limit]


def counts(team: int, crm: str) -> dict[str, int]:
    """How many there are in each of :data:`STATES`; :data:`COUNTED` + 1 is more than that."""
    counted = "SELECT 1 FROM crm_log WHERE team_id = ? AND crm = ? AND state = ? LIMIT ?"
    found = {}
    for state in STATES:
        ((found[state],),) = all_rows(
            f"SELECT count(*) FROM ({counted}) AS found", (team, crm, state, COUNTED + 1)
        )
    return found


def _of(team: int, crm: str, state: str, before: int | None, limit: int) -> list[Row]:
    rows = all_rows(
        "SELECT crm_log.id, activity_id, person_id, person.name, person.mobile, crm_log.crm,"
        " state, cause, not_before, url FROM crm_log JOIN person ON person.id = person_id"
        " WHERE crm_log.team_id = ? AND crm_log.crm = ? AND state = ? AND crm_log.id < ?"
        " ORDER BY crm_log.id DESC LIMIT ?",
        (team, crm, state, before or 2**62, limit),
    )
    return [Row(*row) for row in rows]
