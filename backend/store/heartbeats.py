"""When recurring work was last done to its end."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction

Every = Literal["minute", "day"]


class Job(NamedTuple):
    """``at`` (ms) is when it was last done; ``every`` how often it has to be."""

    name: str
    every: Every
    at: int


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


def job_done(tx: Transaction, name: str, every: Every) -> None:
    beat(tx, f"{every}:{name}")


def jobs() -> list[Job]:
    """Each that was ever done, by name."""
    rows = all_rows(
        "SELECT name, at FROM heartbeat WHERE name LIKE 'minute:%' OR name LIKE 'day:%'"
        " ORDER BY name"
    )
    return [Job(name.partition(":")[2], name.partition(":")[0], at) for name, at in rows]


def forget_jobs(tx: Transaction, there_are: Mapping[str, Every]) -> None:
    """One that a release left behind would be late for ever."""
    for job in jobs():
        if there_are.get(job.name) != job.every:
            tx.execute("DELETE FROM heartbeat WHERE name = ?", (f"{job.every}:{job.name}",))
