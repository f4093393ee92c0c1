"""Reading: prepared SQL on the calling thread's own connection."""

import time
from collections.abc import Sized
from typing import Any

from backend.models import database


def now() -> int:
    """Milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


def places(values: Sized) -> str:
    """What stands in ``IN (…)`` for so many values; for none what is equal to nothing."""
    return ", ".join("?" * len(values)) or "NULL"


def all_rows(sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every row that the query finds."""
    return database.run(sql, values).fetchall()


def one_row(sql: str, values: tuple[Any, ...] = ()) -> tuple[Any, ...] | None:
    """The first row, or None."""
    return database.run(sql, values).fetchone()
