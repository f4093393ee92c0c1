"""One text to many sockets of one rep: when the last of them has it, and how long the server takes
from the first to the last."""

from dataclasses import dataclass, field

from benchmarks import machine
from benchmarks.arrivals import Arrivals, percentile
from benchmarks.latency import stream, until
from benchmarks.peers import Server
from benchmarks.plan import Plan
from benchmarks.posting import Pool
from benchmarks.sockets import Crowd

REP = 0


@dataclass
class FanOut:
    """ms. ``last`` is from the webhook to the last socket, ``spread`` from the first socket to the
    last; ``lost`` frames never came."""

    sockets: int
    texts: int
    last_p50: float | None
    last_p99: float | None
    spread_p50: float | None
    spread_p99: float | None
    lost: int
    foreign_cpu: float


@dataclass
class _Heard:
    """When (monotonic ns) each text came to each socket."""

    at: dict[int, list[int]] = field(default_factory=dict)

    def __call__(self, rep: int, payload: bytes, at: int) -> None:
        one = Arrivals()
        one.heard(rep, payload, at)
        for name in one.at:
            self.at.setdefault(name, []).append(at)


async def measure(server: Server, plan: Plan) -> FanOut:
    """At a calm rate, on a server that has just started."""
    heard = _Heard()
    ports = server.socket_ports
    crowds = [Crowd(port, server.path, server.greeting, heard) for port in ports]
    pool = Pool(server.port)
    names = range(int(plan.fan_out_rate * (plan.warm + plan.seconds)))
    requests = server.texts(len(names), REP + 1)
    for place, crowd in enumerate(crowds):
        await crowd.open([REP] * len(range(place, plan.fan_out, len(crowds))))
    await pool.open()
    foreign = machine.Foreign([*server.pids, *server.beside.values()])
    with machine.no_collector():
        due = await stream(pool, requests, names, plan.fan_out_rate)
        share = foreign.share()
        await until(
            lambda: all(len(heard.at.get(name, ())) == plan.fan_out for name in names),
            plan.last_call,
        )
    pool.close()
    for crowd in crowds:
        crowd.close()
    kept = names[int(plan.fan_out_rate * plan.warm) :]
    whole = [name for name in kept if len(heard.at.get(name, ())) == plan.fan_out]
    last = [(max(heard.at[name]) - due[name]) / 1e6 for name in whole]
    spread = [(max(heard.at[name]) - min(heard.at[name])) / 1e6 for name in whole]
    return FanOut(
        sockets=plan.fan_out,
        texts=len(kept),
        last_p50=percentile(last, 0.5),
        last_p99=percentile(last, 0.99),
        spread_p50=percentile(spread, 0.5),
        spread_p99=percentile(spread, 0.99),
        lost=sum(plan.fan_out - len(heard.at.get(name, ())) for name in names),
        foreign_cpu=share,
    )
