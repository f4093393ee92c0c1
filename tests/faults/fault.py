"""What a fault is, and what came of it."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.faults.house import House
from tests.waiting import until

Deployment = Literal["embedded", "procfile"]
"""Jobs inside the web process; or a worker, and Redis that wakes it."""
Database = Literal["sqlite", "postgresql"]


Breaks = Callable[[House, random.Random, int], int]


@dataclass(frozen=True)
class Fault:
    """``breaks(house, chance, times)`` happens under traffic and returns how often it did."""

    name: str
    times: int
    breaks: Breaks
    deployment: Deployment = "embedded"
    database: Database | None = None
    """The only one that has it."""


@dataclass(frozen=True)
class Alone:
    """A fault that needs no processes; ``tries(seed, times)`` returns (how often, violations)."""

    name: str
    times: int
    tries: Callable[[str, int], tuple[int, list[str]]]


@dataclass(frozen=True)
class Outcome:
    fault: str
    where: str
    tried: int
    violations: list[str]
    seconds: float


def until_told(house: House, events: int, patience: float = 30) -> bool:
    """Wait until the reps' clients were told so many events more: life goes on."""
    before = sum(len(rep.events) for rep in house.reps)
    return until(lambda: sum(len(rep.events) for rep in house.reps) >= before + events, patience)
