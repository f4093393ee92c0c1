"""Where the carrier, we and a CRM disagreed about who may be texted."""

from typing import NamedTuple

from backend.store.rows import all_rows, now
from backend.store.writer import Transaction


class Drift(NamedTuple):
    """``source``: carrier, or the CRM's name; ``name`` the person's, empty where nobody is
    meant."""

    id: int
    at: int
    source: str
    person: int | None
    name: str
    mobile: str
    text: str


def add(
    tx: Transaction, team: int, source: str, person: int | None, mobile: str, text: str
) -> None:
    tx.execute(
        "INSERT INTO crm_drift (team_id, at, source, person_id, mobile, text)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (team, now(), source, person, mobile, text[:300]),
    )


def latest(team: int, *, before: tuple[int, int] | None = None, limit: int = 100) -> list[Drift]:
    """The newest first, those behind ``before``, the (ms, id) of the last one held."""
    rows = all_rows(
        "SELECT crm_drift.id, crm_drift.at, source, person_id, coalesce(person.name, ''),"
        " crm_drift.mobile, text FROM crm_drift LEFT JOIN person ON person.id = person_id"
        " WHERE crm_drift.team_id = ? AND (crm_drift.at, crm_drift.id) < (?, ?)"
        " ORDER BY crm_drift.at DESC, crm_drift.id DESC LIMIT ?",
        (team, *(before or (2**62, 0)), limit),
    )
    return [Drift(*row) for row in rows]


def prune(tx: Transaction, before: int) -> None:
    """Forget what was found before ``before`` (ms)."""
    tx.execute("DELETE FROM crm_drift WHERE at < ?", (before,))
