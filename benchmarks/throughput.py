"""How many webhooks one core sustains: signature, transaction on disk, publish. Closed loop."""

import asyncio
import time
from dataclasses import dataclass

from benchmarks import machine
from benchmarks.arrivals import Arrivals
from benchmarks.latency import until
from benchmarks.peers import Server
from benchmarks.plan import Plan
from benchmarks.posting import Pool
from benchmarks.sockets import Crowd

MOST_PER_SECOND = 3000
"""Webhooks are signed ahead; a server that wants more than these ends early, and that counts."""


@dataclass
class Sustained:
    """``per_cpu_second`` leaves out the time in which the disk was waited for; ``beside_us`` is the
    CPU for each webhook of what else works for the server, by name."""

    per_second: float
    cpu_us: float
    per_cpu_second: float
    answered: int
    arrived: int
    refused: int
    foreign_cpu: float
    beside_us: dict[str, float]


async def measure(server: Server, plan: Plan) -> Sustained:
    arrivals = Arrivals()
    crowd = Crowd(server.socket_port, server.path, server.greeting, arrivals.heard)
    pool = Pool(*server.ports)
    requests = server.texts(int((plan.sustained + plan.warm) * MOST_PER_SECOND), plan.idle)
    await crowd.open(range(plan.idle))
    await pool.open()
    with machine.no_collector():
        for name, request in enumerate(requests):
            pool.post(name, request)
        await asyncio.sleep(plan.warm)
        foreign = machine.Foreign([*server.pids, *server.beside.values()])
        beside = {name: machine.cpu(pid) for name, pid in server.beside.items()}
        begun, before, used = time.monotonic(), len(pool.answered), machine.cpu(*server.pids)
        await until(lambda: len(pool.answered) == len(requests), plan.sustained)
        # On a busy machine a short plan may end within one batch.
        await until(lambda: len(pool.answered) > before, plan.last_call)
        seconds, answered = time.monotonic() - begun, len(pool.answered) - before
        used = machine.cpu(*server.pids) - used
        beside = {name: machine.cpu(pid) - beside[name] for name, pid in server.beside.items()}
        share = foreign.share()
        pool.forget_waiting()
        await until(lambda: len(pool.answered) == pool.posted <= len(arrivals.at), plan.last_call)
    pool.close()
    crowd.close()
    return Sustained(
        per_second=round(answered / seconds, 1),
        cpu_us=round(used / answered * 1e6, 1),
        per_cpu_second=round(answered / used, 1),
        answered=len(pool.answered),
        arrived=len(arrivals.at),
        refused=pool.refused,
        foreign_cpu=share,
        beside_us={name: round(spent / answered * 1e6, 1) for name, spent in beside.items()},
    )
