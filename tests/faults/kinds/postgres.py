"""A database server that dies, also between a commit and the answer to whoever asked for it."""

import random

from tests.faults.fault import Fault, until_told
from tests.faults.house import House
from tests.waiting import until


def kill(house: House, chance: random.Random, times: int) -> int:
    assert house.postgres
    for _ in range(times):
        until_told(house, chance.randint(1, 20))
        house.postgres.kill()
        house.postgres.start()
    return times


def kill_mid_commit(house: House, chance: random.Random, times: int) -> int:
    """What is committed is in its log, and whoever committed it is told that the server is gone."""
    held = 0
    assert house.postgres
    for _ in range(times):
        until_told(house, chance.randint(1, 20))
        house.postgres.hold_commits()
        held += until(house.postgres.held_commits, 10)
        house.postgres.kill()
        house.postgres.start()
    return held


FAULTS = [
    Fault("PostgreSQL killed", 25, kill, "procfile", "postgresql"),
    Fault("PostgreSQL killed mid-commit", 25, kill_mid_commit, "procfile", "postgresql"),
]
