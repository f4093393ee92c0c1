"""How much is measured. Figures of one run compare with each other, not with another run's."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Counts of sockets, rates in webhooks per second, times in seconds."""

    rounds: int = 3
    """Each peer takes its turn in each round: what disturbs the machine disturbs them all."""
    idle: int = 1000
    rates: tuple[int, ...] = (50, 200)
    seconds: float = 5
    warm: float = 1
    memory: tuple[int, ...] = (1000, 5000, 10_000)
    scaled_memory: tuple[int, ...] = (1000, 5000)
    """Of a web process beside PostgreSQL and Redis."""
    scaled_rounds: int = 1
    """There its pieces have no peer, and start up to five processes each."""
    crowd: int = 5000
    crowd_rates: tuple[int, ...] = (200,)
    """Latency once more, with so many sockets open."""
    fan_out: int = 20
    """Sockets of one rep."""
    fan_out_rate: int = 50
    restart: int = 10_000
    """Sockets that are open while the server restarts."""
    restart_rate: int = 50
    """Webhooks per second meanwhile, each on a connection of its own."""
    inbox: tuple[int, ...] = (1_000_000,)
    """Messages in the database while an inbox is read; `--large` adds ten millions."""
    inbox_asked: int = 4000
    sustained: float = 4
    """How long the closed loop lasts that finds the throughput of one core."""
    slow_others: int = 100
    slow_rate: int = 100
    """Texts per second to the others, for as long as a rate lasts, before and beside it."""
    last_call: float = 5
    """After this long, what has not come is lost."""
    page_numbers: int = 1000
    page_watched: float = 2.8
    """The content script looks at a page again 2 s after it came; then it is at rest."""
    page_loads: int = 4
    record_nodes: int = 2500
    list_rows: int = 1000
    clicks: int = 9
    keys: int = 40

    gate_people: int = 1_000_000
    gate_opt_outs: int = 100_000
    gate_asked: int = 5000
    admin_rows: int = 1_000_000
    admin_asked: int = 50

    @property
    def reps(self) -> int:
        """How many reps the seeded database needs."""
        return max(self.idle, *self.memory, self.crowd, self.restart, self.slow_others) + 50


FULL = Plan()
QUICK = Plan(
    rounds=1,
    idle=100,
    seconds=1,
    warm=0.3,
    memory=(200, 500),
    scaled_memory=(200, 300),
    crowd=300,
    restart=300,
    inbox=(20_000, 100_000),
    inbox_asked=500,
    sustained=1,
    slow_others=20,
    page_loads=1,
    clicks=2,
    keys=5,
    gate_people=20_000,
    gate_opt_outs=2000,
    gate_asked=500,
    admin_rows=20_000,
    admin_asked=5,
)
