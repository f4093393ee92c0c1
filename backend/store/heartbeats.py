"""When recurring work was last done to its end, and how it went when it was last tried: of jobs,
whose names begin with how often they come, and of rounds."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from backend.store.rows import all_rows, now, one_row
from backend.store.writer import Transaction

Every = Literal["minute", "day"]
CLOCK_SKEW_MS = 120_000
"""So far clocks of several machines may differ."""


class Job(NamedTuple):
    """``at`` (ms) is when it was last done; ``every`` how often it has to be."""

    name: str
    every: Every
    at: int


class Beat(NamedTuple):
    """``at`` (ms) is good up to when it was done, 0 for never; ``tried_at`` when it last began;
    ``cause`` is why it did not come to its end then, empty where it did."""

    at: int = 0
    tried_at: int | None = None
    cause: str = ""


def beat(tx: Transaction, name: str, at: int | None = None) -> None:
    """It was done; ``at`` (ms) for what is good only up to a moment before now."""
    tx.execute(
        "INSERT INTO heartbeat (name, at, cause) VALUES (?, ?, '')"
        " ON CONFLICT (name) DO UPDATE SET at = excluded.at",
        (name, now() if at is None else at),
    )


def tried(tx: Transaction, name: str, began: int, cause: str) -> None:
    """It began at ``began`` (ms), and came to its end where there is no cause. Of two that ran
    beside each other the later one is told. What stands further ahead than clocks differ was noted
    before the clock stepped back, and gives way."""
    ahead = now() + CLOCK_SKEW_MS
    tx.execute(
        "INSERT INTO heartbeat (name, at, tried_at, cause) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET tried_at = excluded.tried_at, cause = excluded.cause,"
        " at = CASE WHEN excluded.at > heartbeat.at OR excluded.at > 0 AND heartbeat.at > ?"
        " THEN excluded.at ELSE heartbeat.at END"
        " WHERE heartbeat.tried_at IS NULL OR heartbeat.tried_at <= excluded.tried_at"
        " OR heartbeat.tried_at > ?",
        (name, 0 if cause else began, began, cause[:200], ahead, ahead),
    )


def last(name: str) -> int | None:
    """When (ms) it was last done; None for never."""
    row = one_row("SELECT at FROM heartbeat WHERE name = ? AND at > 0", (name,))
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


def all_beats() -> dict[str, Beat]:
    """By name, of everything that was ever tried."""
    rows = all_rows("SELECT name, at, tried_at, cause FROM heartbeat")
    return {name: Beat(*beat) for name, *beat in rows}
