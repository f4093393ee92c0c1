"""A disk that is full, fails or forgets, and a database that somebody else has locked."""

import random
import resource
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from tests.backend.faults import losses
from tests.faults.fault import Alone, Fault, until_told
from tests.faults.house import House


def lock(house: House, chance: random.Random, times: int) -> int:
    """Another program writes for long; the last time for longer than anybody waits."""
    for n in range(times):
        with closing(sqlite3.connect(_file(house), isolation_level=None)) as other:
            other.execute("PRAGMA busy_timeout = 10000")
            other.execute("BEGIN IMMEDIATE")
            threading.Event().wait(12 if n == times - 1 else chance.uniform(0.1, 2))
            other.execute("ROLLBACK")
        until_told(house, 10)
    return times


def fill(house: House, chance: random.Random, times: int) -> int:
    """No file of the backend's may grow: for SQLite as if the disk were full, in the middle of a
    page as well. Whoever reads the log away makes no room."""
    for _ in range(times):
        log = Path(f"{_file(house)}-wal")
        _limit(house, log.stat().st_size + chance.randint(0, 3 * 4096))
        threading.Event().wait(chance.uniform(0.2, 1.5))
        _limit(house, resource.RLIM_INFINITY)
        until_told(house, 10)
    return times


def _limit(house: House, size: int) -> None:
    for pid in house.web_pids():
        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))


def _file(house: House) -> str:
    return house.stack.config.database_url.removeprefix("sqlite:///")


FAULTS = [
    Fault("database locked by another", 10, lock, database="sqlite"),
    Fault("disk full", 20, fill, database="sqlite"),
]
ALONE = [
    Alone("power loss", 1000, losses.lose_power),
    Alone("sync of the disk fails", 200, losses.fail_syncs),
    Alone("disk full at any write", 200, losses.fill),
]
