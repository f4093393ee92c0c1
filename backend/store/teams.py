"""Teams: a company, or a part of one that shares numbers and people."""

from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction
from shared import wire


def add(tx: Transaction, name: str) -> int:
    (team,) = tx.execute(
        "INSERT INTO team (name, messenger_enabled, created_at) VALUES (?, true, ?) RETURNING id",
        (name, now()),
    ).fetchone()
    return team


def get(team: int) -> wire.Team | None:
    row = one_row("SELECT id, name FROM team WHERE id = ?", (team,))
    return wire.Team(id=row[0], name=row[1]) if row else None


def all_teams() -> list[wire.Team]:
    return [
        wire.Team(id=id_, name=name)
        for id_, name in all_rows("SELECT id, name FROM team ORDER BY id")
    ]


def touch(tx: Transaction) -> None:
    """A write that changes nothing and costs what one costs."""
    tx.execute("UPDATE team SET name = name WHERE id = (SELECT min(id) FROM team)")
