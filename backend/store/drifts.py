"""Where the carrier, we and a CRM disagreed about who may be texted."""

from typing import NamedTuple

from backend.store.rows import all_rows, now
from backend.store.writer import Transaction


class Drift(NamedTuple):
    """``source``: carrier, or the CRM's name."""

    id: int
    at: int
    source: str
    person: int | None
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


def latest(team: int, limit: int = 100) -> list[Drift]:
    """The newest first."""
    rows = all_rows(
        "SELECT id, at, source, person_id, mobile, text FROM crm_drift WHERE team_id = ?"
        " ORDER BY at DESC, id DESC LIMIT ?",
        (team, limit),
    )
    return [Drift(*row) for row in rows]


def prune(tx: Transaction, before: int) -> None:
    """Forget what was found before ``before`` (ms)."""
    tx.execute("DELETE FROM crm_drift WHERE at < ?", (before,))
