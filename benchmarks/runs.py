"""One run: every piece in its turn, rounds interleaved, so that ratios mean something."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from benchmarks import latency, machine, memory, slow_reader, throughput
from benchmarks.arrivals import median, percentile
from benchmarks.latency import Sample
from benchmarks.peers import Nchan, Repline, Server, WebsocketsHub
from benchmarks.plan import Plan

T = TypeVar("T")
Say = Callable[[str], None]
PEERS: tuple[Server, ...] = (Nchan(), WebsocketsHub())


def run(plan: Plan, folder: Path, say: Say, peers: Sequence[Server] = PEERS) -> dict[str, Any]:
    """Measure all but the browser. ``folder`` is on the disk that commits are to be written to."""
    machine.prepare()
    described = machine.described()
    folder.mkdir(parents=True, exist_ok=True)
    ours = Repline(plan.reps, folder)
    servers: list[Server] = [ours, *peers]
    present = [server for server in servers if not server.absent]
    results: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": described,
        "plan": asdict(plan),
        "absent": {server.name: server.absent for server in servers if server.absent},
    }
    results["latency"] = _latency(present, plan, say)
    results["memory"] = []
    for server in present:
        say(f"memory: {server.name}")
        for found in _measured(server, lambda s: memory.measure(s, plan)):
            results["memory"].append({"server": server.name, **asdict(found)})
    results["memory"].sort(key=lambda row: row["sockets"])
    say("a socket that never reads")
    results["slow_reader"] = asdict(_measured(ours, lambda s: slow_reader.measure(s, plan)))
    say("webhooks that one core sustains")
    rounds = [_measured(ours, lambda s: throughput.measure(s, plan)) for _ in range(plan.rounds)]
    best = max(rounds, key=lambda each: each.per_second)
    results["throughput"] = {**asdict(best), "rounds": [each.per_second for each in rounds]}
    return results


def _latency(servers: list[Server], plan: Plan, say: Say) -> list[dict[str, Any]]:
    samples: dict[tuple[int, str], list[Sample]] = {}
    for round_ in range(plan.rounds):
        # Each round begins with another one: who comes first has no advantage.
        for server in servers[round_ % len(servers) :] + servers[: round_ % len(servers)]:
            say(f"latency, round {round_ + 1} of {plan.rounds}: {server.name}")
            for sample in _measured(server, lambda s: latency.measure(s, plan)):
                samples.setdefault((sample.rate, server.name), []).append(sample)
    return [
        _pooled(samples[rate, server.name], server.name, plan)
        for rate in plan.rates
        for server in servers
    ]


def _pooled(rounds: list[Sample], name: str, plan: Plan) -> dict[str, Any]:
    waits = [wait for sample in rounds for wait in sample.waits]
    return {
        "server": name,
        "rate": rounds[0].rate,
        "sockets": plan.idle,
        "texts": len(waits),
        "p50_ms": percentile(waits, 0.5),
        "p99_ms": percentile(waits, 0.99),
        "p50_ms_rounds": [percentile(sample.waits, 0.5) for sample in rounds],
        "p99_ms_rounds": [percentile(sample.waits, 0.99) for sample in rounds],
        "lost": sum(sample.lost for sample in rounds),
        "repeated": sum(sample.repeated for sample in rounds),
        "refused": sum(sample.refused for sample in rounds),
        "foreign_cpu": median(sample.foreign_cpu for sample in rounds),
    }


def _measured(server: Any, piece: Callable[[Any], Coroutine[Any, Any, T]]) -> T:
    """Run one piece on the server, started afresh."""
    with server, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(piece(server))
