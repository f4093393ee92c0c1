"""How long a text takes from Twilio's side of the webhook to the rep's socket, while many sockets
are open. Open loop: a text that had to wait for the one before counts its wait."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks import machine
from benchmarks.arrivals import Arrivals
from benchmarks.peers import Server
from benchmarks.plan import Plan
from benchmarks.posting import Pool
from benchmarks.sockets import Crowd


@dataclass
class Sample:
    """One rate on one server. ``waits`` in ms, of the texts behind the warm-up."""

    rate: int
    waits: list[float]
    lost: int
    repeated: int
    refused: int
    foreign_cpu: float


async def measure(server: Server, plan: Plan) -> list[Sample]:
    """Every rate of the plan, one after the other, on a server that has just started."""
    arrivals = Arrivals()
    crowd = Crowd(server.socket_port, server.path, server.greeting, arrivals.heard)
    pool = Pool(server.port)
    counts = [int(rate * (plan.warm + plan.seconds)) for rate in plan.rates]
    requests = server.texts(sum(counts), plan.idle)
    await crowd.open(range(plan.idle))
    await pool.open()
    samples, first = [], 0
    for rate, count in zip(plan.rates, counts, strict=True):
        names = range(first, first + count)
        with machine.no_collector():
            samples.append(await _at_rate(server, pool, arrivals, requests, names, rate, plan))
        first += count
    if crowd.lost:
        raise RuntimeError(f"{server.name} closed {crowd.lost} sockets")
    pool.close()
    crowd.close()
    return samples


async def _at_rate(
    server: Server,
    pool: Pool,
    arrivals: Arrivals,
    requests: Sequence[bytes],
    names: range,
    rate: int,
    plan: Plan,
) -> Sample:
    foreign = machine.Foreign([*server.pids, *server.beside.values()])
    refused = pool.refused
    arrivals.repeated = 0
    due = await stream(pool, requests, names, rate)
    share = foreign.share()
    await until(lambda: all(name in arrivals.at for name in names), plan.last_call)
    kept = names[int(rate * plan.warm) :]
    waits = [(arrivals.at[name] - due[name]) / 1e6 for name in kept if name in arrivals.at]
    return Sample(
        rate=rate,
        waits=waits,
        lost=sum(name not in arrivals.at for name in names),
        repeated=arrivals.repeated,
        refused=pool.refused - refused,
        foreign_cpu=share,
    )


async def stream(
    pool: Pool, requests: Sequence[bytes], names: Sequence[int], rate: float, seed: int = 1
) -> dict[int, int]:
    """Post the requests of these names at random times (Poisson), whatever the server does.

    Returns when each was due, monotonic ns. The same seed gives every server the same times.
    """
    chance = random.Random(seed)
    due: dict[int, int] = {}
    at = time.monotonic_ns() + 20_000_000
    for name in names:
        at += int(chance.expovariate(rate) * 1e9)
        due[name] = at
        # Timers are a millisecond wide at best: the rest of the way we look at the clock.
        while (left := at - time.monotonic_ns()) > 0:
            await asyncio.sleep(min((left - 2_000_000) / 1e9, 0.005) if left > 3_000_000 else 0)
        pool.post(name, requests[name])
    return due


async def until(condition, seconds: float) -> bool:
    """Whether the condition came true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.02)
    return True
