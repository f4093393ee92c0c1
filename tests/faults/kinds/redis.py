"""Redis only wakes: without it things are slower, not wrong."""

import random

from tests.faults.fault import Fault, until_told
from tests.faults.house import House


def kill(house: House, chance: random.Random, times: int) -> int:
    assert house.redis
    for _ in range(times):
        until_told(house, chance.randint(1, 20))
        house.redis.kill()
        until_told(house, chance.randint(1, 20))
        house.redis.start()
    return times


def pause(house: House, chance: random.Random, times: int) -> int:
    """It takes what it is given, and answers nobody."""
    assert house.redis
    for _ in range(times):
        house.redis.pause()
        until_told(house, chance.randint(5, 30))
        house.redis.resume()
        until_told(house, chance.randint(1, 20))
    return times


FAULTS = [
    Fault("Redis killed", 10, kill, "procfile"),
    Fault("Redis paused", 10, pause, "procfile"),
]
