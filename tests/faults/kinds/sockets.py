"""Clients that do not read, do not stop talking, or are gone without a word."""

import random
import threading

from tests.faults.client import Client
from tests.faults.fault import Fault, until_told
from tests.faults.hole import Hole
from tests.faults.house import House
from tests.waiting import until

FRAMES = 10_000


def read_slowly(house: House, chance: random.Random, times: int) -> int:
    """A rep's machine stands still while the other one's goes on."""
    slow, other = house.reps
    for _ in range(times):
        slow.reading.clear()
        before = len(other.events)
        until(lambda before=before: len(other.events) > before + chance.randint(40, 120), 30)
        slow.reading.set()
        until_told(house, 10)
    return times


def flood(house: House, _chance: random.Random, times: int) -> int:
    """10,000 frames as fast as they can be written, each time from a socket of its own."""
    with Client(house.stack.backend.url, house.reps[0].email) as loud:
        for _ in range(times):
            until(lambda: loud.say("session.ping"), 10)
            loud.flood(FRAMES)
            until_told(house, 5)
    return times


def vanish(house: House, _chance: random.Random, times: int) -> int:
    """A network that swallows everything: neither end hears of it, until the backend's pings stay
    unanswered. Counted when the backend has let go of the socket."""
    held = [Hole(house.stack.backend.url) for _ in range(times)]
    clients = [Client(hole.url, house.reps[0].email) for hole in held]
    for hole, client in zip(held, clients, strict=True):
        client.__enter__()
        until(lambda client=client: client.events, 10)
        hole.swallow()
    let_go = [until(hole.closed.is_set, 120) for hole in held]
    for hole, client in zip(held, clients, strict=True):
        hole.close()
        threading.Thread(target=client.__exit__, daemon=True).start()
    return sum(let_go)


FAULTS = [
    Fault("slow reader", 8, read_slowly),
    Fault("10,000 frames at once", 5, flood),
    Fault("half-open sockets", 10, vanish),
]
