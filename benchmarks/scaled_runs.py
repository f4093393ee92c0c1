"""The same pieces for the second deployment: PostgreSQL, Redis and a worker, with one web process
on a core of its own, which compares with the embedded one, and with two wherever there is room."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from benchmarks import fan_out, machine, memory, restart, throughput
from benchmarks.peers import ScaledOut, deployments
from benchmarks.plan import Plan
from benchmarks.runs import Say, latencies, measured


def run(plan: Plan, folder: Path | None, say: Say) -> dict[str, Any]:
    """Measure both; of each the webhooks go to one web process and the sockets are on the other,
    where there are two. ``folder`` is on the disk that commits are to be written to."""
    machine.prepare()
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    few = replace(
        plan,
        rounds=plan.scaled_rounds,
        rates=plan.crowd_rates,
        memory=plan.scaled_memory,
        restart=plan.crowd,
    )
    crowded = replace(few, idle=few.crowd)
    say("PostgreSQL and Redis")
    with deployments(few.reps, folder) as (one, two):
        both = [one, two]
        return {
            "throughput": [_sustained(server, few, say) for server in both],
            "latency": [*latencies(both, few, say), *latencies(both, crowded, say)],
            "fan_out": _spread(two, few, say),
            "memory": [asdict(found) for found in measured(two, lambda s: memory.measure(s, few))],
            "restart": [_restarted(server, few, say) for server in both],
        }


def _sustained(server: ScaledOut, plan: Plan, say: Say) -> dict[str, Any]:
    """Of the rounds the calmest."""
    say(f"webhooks that it sustains: {server.name}")
    rounds = [measured(server, lambda s: throughput.measure(s, plan)) for _ in range(plan.rounds)]
    calmest = min(rounds, key=lambda each: each.foreign_cpu)
    return {
        "server": server.name,
        **asdict(calmest),
        "rounds": [asdict(each) for each in rounds],
    }


def _spread(server: ScaledOut, plan: Plan, say: Say) -> dict[str, Any]:
    say(f"to {plan.fan_out} sockets on both of {server.name}")
    return asdict(measured(server, lambda s: fan_out.measure(s, plan)))


def _restarted(server: ScaledOut, plan: Plan, say: Say) -> dict[str, Any]:
    say(f"a restart with {plan.restart:,} sockets: {server.name}")
    return {
        "server": server.name,
        **asdict(measured(server, lambda s: restart.measure(s, plan))),
    }
