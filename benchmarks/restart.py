"""A restart (SIGHUP) while many sockets are open and webhooks come: each socket has to be told, and
no webhook may fail. Each webhook has a connection of its own: what a proxy would do with a kept one
that closes between two requests is not the server's."""

import asyncio
import os
import signal
import time
from dataclasses import dataclass

from benchmarks.arrivals import Arrivals
from benchmarks.latency import until
from benchmarks.peers.repline import Repline
from benchmarks.plan import Plan
from benchmarks.sockets import Crowd

RESTART = 1012
"""RFC 6455 and its registry: the service restarts, come back."""
BEFORE, AFTER = 1.0, 3.0
"""Seconds of webhooks around the restart."""
PATIENCE = 30.0


@dataclass
class Restarted:
    """``told`` sockets got Close 1012, ``cut`` got none. ``seconds`` until the last was closed;
    ``slowest_ms`` is the webhook that waited longest for the new worker."""

    sockets: int
    told: int
    cut: int
    seconds: float
    webhooks: int
    failed: int
    slowest_ms: float


@dataclass
class _Answers:
    took: list[float]
    failed: int = 0


async def measure(server: Repline, plan: Plan) -> Restarted:
    crowd = Crowd(server.socket_port, server.path, server.greeting, Arrivals().heard)
    most = int(plan.restart_rate * (BEFORE + AFTER + PATIENCE))
    requests = server.texts(most, plan.idle)[:most]
    await crowd.open(range(plan.restart))
    answers = _Answers([])
    posting = asyncio.ensure_future(_post(server.port, requests, plan.restart_rate, answers))
    await asyncio.sleep(BEFORE)
    begun = time.monotonic()
    os.kill(server.pid, signal.SIGHUP)
    await until(lambda: crowd.lost == plan.restart, PATIENCE)
    seconds = time.monotonic() - begun
    await asyncio.sleep(AFTER)
    posting.cancel()
    await asyncio.gather(posting, return_exceptions=True)
    told = crowd.codes[RESTART]
    crowd.close()
    return Restarted(
        sockets=plan.restart,
        told=told,
        cut=plan.restart - told,
        seconds=round(seconds, 2),
        webhooks=len(answers.took) + answers.failed,
        failed=answers.failed,
        slowest_ms=round(max(answers.took, default=0), 1),
    )


async def _post(port: int, requests: list[bytes], rate: int, answers: _Answers) -> None:
    """At this rate until cancelled; then those under way are still waited for."""
    under_way: set[asyncio.Task[None]] = set()
    try:
        for request in requests:
            task = asyncio.ensure_future(_one(port, request, answers))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            await asyncio.sleep(1 / rate)
    finally:
        if under_way:
            await asyncio.wait(set(under_way), timeout=PATIENCE)


async def _one(port: int, request: bytes, answers: _Answers) -> None:
    begun = time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
            answer = await reader.read()
            writer.close()
    except (OSError, TimeoutError):
        answer = b""
    if answer.startswith(b"HTTP/1.1 2"):
        answers.took.append((time.monotonic() - begun) * 1000)
    else:
        answers.failed += 1
