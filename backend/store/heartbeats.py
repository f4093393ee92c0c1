"""When recurring work was last done to its end."""

from backend.store.rows import now, one_row
from backend.store.writer import Transaction


def beat(tx: Transaction, name: str, at: int | None = None) -> None:
    """It was done; ``at`` (ms) for what is good only up to a moment before now."""
    tx.execute(
        "INSERT INTO heartbeat (name, at) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET at = excluded.at",
        (name, now() if at is None else at),
    )


def last(name: str) -> int | None:
    """When (ms); None for never."""
    row = one_row("SELECT at FROM heartbeat WHERE name = ?", (name,))
    return row[0] if row else None
