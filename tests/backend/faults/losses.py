"""What a disk does to a database: each returns how often it did, and what was wrong after it."""

import random

from tests.backend.faults.disk import Event
from tests.backend.faults.power import Machine, with_machine

TEXTS = 60


def lose_power(seed: str, times: int, synchronous: str = "full") -> tuple[int, list[str]]:
    """At ``times`` moments of the same texts."""

    def do(machine: Machine, chance: random.Random) -> tuple[int, list[str]]:
        machine.receive(TEXTS)
        return times, [each for _ in range(times) for each in machine.after_power_loss(chance)]

    return with_machine(do, seed, synchronous)


def fail_syncs(seed: str, times: int) -> tuple[int, list[str]]:
    return _refuse(seed, times, "sync", 0.1)


def fill(seed: str, times: int) -> tuple[int, list[str]]:
    return _refuse(seed, times, "write", 0.01)


def _refuse(seed: str, times: int, kind: str, often: float) -> tuple[int, list[str]]:
    """The disk refuses at random; later the power fails at any moment of it."""

    def do(machine: Machine, chance: random.Random) -> tuple[int, list[str]]:
        count, wrong = 0, []

        def refuses(event: Event) -> bool:
            nonlocal count
            refused = event.kind == kind and chance.random() < often
            count += refused
            return refused

        while count < times:
            machine.disk.refuses = refuses
            machine.receive(10)
            machine.disk.refuses = lambda event: False
            if machine.receive(2):
                wrong.append("a disk that is well again is not used")
        wrong += machine.now()
        wrong += [each for _ in range(20) for each in machine.after_power_loss(chance)]
        return count, wrong

    return with_machine(do, seed)
