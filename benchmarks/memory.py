"""What an idle socket costs the server: resident memory before and after they are opened."""

import asyncio
from dataclasses import dataclass

from benchmarks import machine
from benchmarks.arrivals import Arrivals
from benchmarks.peers import Server
from benchmarks.plan import Plan
from benchmarks.sockets import Crowd

FIRST = 20
"""Opened before the first look: what the server loads for its first socket is not a socket's."""


@dataclass
class Resident:
    """``kib`` a socket; ``base_mib`` is the server with nobody but the first few."""

    sockets: int
    kib: float
    base_mib: float


async def measure(server: Server, plan: Plan) -> list[Resident]:
    """Each count of the plan, growing, on a server that has just started."""
    crowd = Crowd(server.socket_port, server.path, server.greeting, Arrivals().heard)
    await crowd.open(range(FIRST))
    base = await settled(server.pid)
    found, opened = [], FIRST
    for sockets in sorted(plan.memory):
        await crowd.open(range(opened, FIRST + sockets))
        opened = FIRST + sockets
        grown = await settled(server.pid) - base
        found.append(Resident(sockets, round(grown / sockets, 2), round(base / 1024, 1)))
    if crowd.lost:
        raise RuntimeError(f"{server.name} closed {crowd.lost} sockets")
    crowd.close()
    return found


async def settled(pid: int, tries: int = 20) -> int:
    """Resident KiB once three looks in a row agree within 64 KiB."""
    seen = [machine.resident(pid)]
    for _ in range(tries):
        await asyncio.sleep(0.15)
        seen.append(machine.resident(pid))
        if len(seen) > 3 and max(seen[-3:]) - min(seen[-3:]) <= 64:
            break
    return seen[-1]
