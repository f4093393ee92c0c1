"""When recurring work was last done to its end."""

from backend.store.rows import now, one_row
from backend.store.writer import Transaction


def beat(tx: Transaction, name: str) -> None:
    tx.execute(
        "INSERT INTO heartbeat (name, at) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET at = excluded.at",
        (name, now()),
    )


def last(name: str) -> int | None:
    """When (ms); None for never."""
    row = one_row("SELECT at FROM heartbeat WHERE name = ?", (name,))
    return row[0] if row else None
