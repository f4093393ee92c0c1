"""One run: every piece in its turn, rounds interleaved, so that ratios mean something."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from benchmarks import (
    admin,
    fan_out,
    gate,
    inbox,
    latency,
    machine,
    memory,
    restart,
    slow_reader,
    throughput,
)
from benchmarks.arrivals import percentile
from benchmarks.latency import Sample
from benchmarks.peers import Embedded, Nchan, Server, WebsocketsHub
from benchmarks.plan import Plan

T = TypeVar("T")
Say = Callable[[str], None]
PEERS: tuple[Server, ...] = (Nchan(), WebsocketsHub())


def run(plan: Plan, folder: Path, say: Say, peers: Sequence[Server] = PEERS) -> dict[str, Any]:
    """Measure all but the browser. ``folder`` is on the disk that commits are to be written to."""
    results = begun(plan)
    folder.mkdir(parents=True, exist_ok=True)
    ours = Embedded(plan.reps, folder)
    servers: list[Server] = [ours, *peers]
    present = [server for server in servers if not server.absent]
    results["absent"] = {server.name: server.absent for server in servers if server.absent}
    results["latency"] = latencies(present, plan, say)
    crowded = replace(plan, idle=plan.crowd, rates=plan.crowd_rates)
    results["crowd"] = latencies(present, crowded, say)
    results["fan_out"] = [fanned_out(server, plan, say) for server in present]
    results["memory"] = []
    for server in present:
        say(f"memory: {server.name}")
        for found in measured(server, lambda s: memory.measure(s, plan)):
            results["memory"].append({"server": server.name, **asdict(found)})
    results["memory"].sort(key=lambda row: row["sockets"])
    say("a socket that never reads")
    results["slow_reader"] = asdict(measured(ours, lambda s: slow_reader.measure(s, plan)))
    say(f"a restart with {plan.restart:,} sockets")
    results["restart"] = asdict(measured(ours, lambda s: restart.measure(s, plan)))
    say("webhooks that one core sustains")
    rounds = [measured(ours, lambda s: throughput.measure(s, plan)) for _ in range(plan.rounds)]
    calmest = min(rounds, key=lambda each: each.foreign_cpu)
    results["throughput"] = {**asdict(calmest), "rounds": [asdict(each) for each in rounds]}
    say(f"the send gate, {plan.gate_people:,} people")
    results["gate"] = asdict(
        gate.measure(
            folder, plan.gate_people, plan.gate_opt_outs, plan.gate_asked, rounds=plan.rounds
        )
    )
    results["inbox"] = []
    for messages in plan.inbox:
        say(f"an inbox among {messages:,} messages")
        results["inbox"].append(asdict(inbox.measure(folder, messages, plan.inbox_asked)))
    say(f"the admin's tables, {plan.admin_rows:,} rows each")
    results["admin"] = asdict(admin.measure(folder, plan.admin_rows, plan.admin_asked))
    return results


def begun(plan: Plan) -> dict[str, Any]:
    """Results that say when, where and how much, and nothing else yet."""
    machine.prepare()
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine.described(),
        "plan": asdict(plan),
        "absent": {},
    }


def fanned_out(server: Server, plan: Plan, say: Say) -> dict[str, Any]:
    """Of the rounds the calmest."""
    say(f"to {plan.fan_out} sockets: {server.name}")
    rounds = [measured(server, lambda s: fan_out.measure(s, plan)) for _ in range(plan.rounds)]
    return {"server": server.name, **asdict(min(rounds, key=lambda each: each.foreign_cpu))}


def latencies(servers: list[Server], plan: Plan, say: Say) -> list[dict[str, Any]]:
    samples: dict[tuple[int, str], list[Sample]] = {}
    for round_ in range(plan.rounds):
        # Each round begins with another one: who comes first has no advantage.
        for server in servers[round_ % len(servers) :] + servers[: round_ % len(servers)]:
            say(f"latency, {plan.idle} sockets, round {round_ + 1} of {plan.rounds}: {server.name}")
            for sample in measured(server, lambda s: latency.measure(s, plan)):
                samples.setdefault((sample.rate, server.name), []).append(sample)
    return [
        _calmest(samples[rate, server.name], server.name, plan)
        for rate in plan.rates
        for server in servers
    ]


def _calmest(rounds: list[Sample], name: str, plan: Plan) -> dict[str, Any]:
    """The round that other programs disturbed least, whatever came out of it; all of them are
    kept beside it. What must hold, holds over all."""
    calmest = min(rounds, key=lambda sample: sample.foreign_cpu)
    return {
        "server": name,
        "rate": calmest.rate,
        "sockets": plan.idle,
        "texts": len(calmest.waits),
        "p50_ms": percentile(calmest.waits, 0.5),
        "p99_ms": percentile(calmest.waits, 0.99),
        "foreign_cpu": calmest.foreign_cpu,
        "lost": sum(sample.lost for sample in rounds),
        "repeated": sum(sample.repeated for sample in rounds),
        "refused": sum(sample.refused for sample in rounds),
        "rounds": [
            {
                "p50_ms": percentile(sample.waits, 0.5),
                "p99_ms": percentile(sample.waits, 0.99),
                "foreign_cpu": sample.foreign_cpu,
            }
            for sample in rounds
        ],
    }


def measured(server: Any, piece: Callable[[Any], Coroutine[Any, Any, T]]) -> T:
    """Run one piece on the server, started afresh."""
    with server, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(piece(server))
