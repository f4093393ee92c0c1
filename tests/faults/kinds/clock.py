"""A clock that steps, forth and back, while texts are on their way."""

import random

from tests.faults.fault import Fault, until_told
from tests.faults.house import House

STEPS_S = (90, 0, 3600, -3600, 0, -90)


def step(house: House, _chance: random.Random, times: int) -> int:
    """The process dies under one clock and starts under another, in the middle of everything."""
    for n in range(times):
        house.kill_web()
        house.start_web(ahead=STEPS_S[n % len(STEPS_S)])
        until_told(house, 30)
    return times


FAULTS = [Fault("clock steps", 12, step)]
