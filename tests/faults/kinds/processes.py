"""kill -9, at any moment, of whoever serves and whoever works."""

import os
import random
import signal

from tests.faults.fault import Fault, until_told
from tests.faults.house import House

MOST_EVENTS = 12
"""Between two deaths, so that they come at any point of what is going on."""


def kill_web(house: House, chance: random.Random, times: int) -> int:
    """All of gunicorn, or only a process that serves: its arbiter starts another."""
    for _ in range(times):
        until_told(house, chance.randint(0, MOST_EVENTS))
        pids = list(house.web_pids())
        if len(pids) > 1 and chance.random() < 0.5:
            os.kill(chance.choice(pids[1:]), signal.SIGKILL)
        else:
            house.kill_web()
            house.start_web()
    return times


def kill_worker(house: House, chance: random.Random, times: int) -> int:
    assert house.worker
    for _ in range(times):
        until_told(house, chance.randint(0, MOST_EVENTS))
        house.worker.kill()
        house.worker.start()
    return times


FAULTS = [
    Fault("web killed, jobs inside", 100, kill_web),
    Fault("web killed", 50, kill_web, "procfile"),
    Fault("worker killed", 50, kill_worker, "procfile"),
]
