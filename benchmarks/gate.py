"""How fast the send gate answers, with a million people and 100,000 opt-outs in SQLite, beside one
bare look-up by the same key in the same database: what any gate must at least do."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from backend.compliance import simulation
from backend.messaging import gate
from backend.messaging.gate import Request
from backend.models import License, Number, NumberUser, Team, User, database
from backend.models.connection import connect, migrate
from backend.store import pseudonym, rows
from backend.store.writer import InlineWriter, Transaction
from benchmarks import machine
from benchmarks.arrivals import percentile

SENDER = "+14042000000"
NOON = 1_795_539_600_000
"""A Tuesday, noon in Georgia: who is asleep would be refused before all is looked at."""
BARE = "SELECT 1 FROM opt_out WHERE team_id = ? AND mobile = ?"
IN_ONE_COMMIT = 50
EVERY = 50
"""Of the people one in so many has a conversation in which they have written."""


@dataclass(frozen=True)
class Timed:
    """Microseconds: ``p50`` and ``p99`` as whoever waits feels them; ``cpu_p99`` without the time
    in which other programs had the core."""

    p50: float
    p99: float
    cpu_p99: float


@dataclass(frozen=True)
class Answers:
    """``ask`` decides and stores its decision, ``look`` is what the pane shows before anything is
    typed, ``bare`` the look-up beside them. The transaction around an ask is shared in a group
    commit and is not counted. Of the rounds it is the calmest."""

    people: int
    opt_outs: int
    ask: Timed
    look: Timed
    bare: Timed
    foreign_cpu: float


Sample = tuple[int, int]
"""Nanoseconds: of the clock, and of this thread's CPU."""


def measure(folder: Path, people: int, opt_outs: int, asked: int, rounds: int = 1) -> Answers:
    """Ask about people in no order, so that neither the cache of pages nor that of numbers helps
    more than it would; a tenth of them has opted out, as of all."""
    path = folder / f"gate-{people}.sqlite3"
    path.unlink(missing_ok=True)
    opened = connect(f"sqlite:///{path}")
    migrate(opened)
    pseudonym.configure(b"key of the benchmark")
    simulation.configure(fictitious=True, starts_at=NOON)
    try:
        writer = InlineWriter(lambda tx: None)
        writer(lambda tx: _fill(tx, people, opt_outs))
        opened.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        opened.optimize()
        found = [_round(writer, people, opt_outs, asked, number) for number in range(rounds)]
        return min(found, key=lambda each: each.foreign_cpu)
    finally:
        simulation.configure(fictitious=False)
        opened.close()
        for left in folder.glob(f"{path.name}*"):
            left.unlink()


def _round(writer: InlineWriter, people: int, opt_outs: int, asked: int, seed: int) -> Answers:
    chance = random.Random(seed)
    foreign = machine.Foreign()
    asks: list[Sample] = []
    looks: list[Sample] = []
    bares: list[Sample] = []

    def work(tx: Transaction) -> None:
        # Each in its turn: what disturbs the machine disturbs all three.
        for _ in range(IN_ONE_COMMIT):
            first, second = chance.randrange(1, people + 1), chance.randrange(1, people + 1)
            mobile = _mobile(first)
            request = Request(1, 1, first, SENDER, mobile, "Hello, is Tuesday fine?")
            asks.append(_timed(partial(gate.ask, tx, request, "compose")))
            looks.append(
                _timed(partial(gate.look, Request(1, 1, second, SENDER, _mobile(second), "")))
            )
            bares.append(_timed(partial(rows.one_row, BARE, (1, mobile))))

    with machine.no_collector():
        for _ in range(max(1, asked // IN_ONE_COMMIT)):
            writer(work)
    timed = (_micros(each[IN_ONE_COMMIT // 2 :]) for each in (asks, looks, bares))
    return Answers(people, opt_outs, *timed, foreign_cpu=foreign.share())


def _timed(work: Callable[[], Any]) -> Sample:
    cpu, begun = time.thread_time_ns(), time.perf_counter_ns()
    work()
    return time.perf_counter_ns() - begun, time.thread_time_ns() - cpu


def _micros(samples: list[Sample]) -> Timed:
    wall, cpu = ([each[which] / 1000 for each in samples] for which in (0, 1))
    found = (percentile(wall, 0.5), percentile(wall, 0.99), percentile(cpu, 0.99))
    return Timed(*(round(each or 0, 1) for each in found))


def _fill(tx: Transaction, people: int, opt_outs: int) -> None:
    at = rows.now()
    Team.create(id=1, name="Bench", created_at=at, team_daily_cap=10**9, user_daily_cap=10**9)
    User.create(
        id=1, team=1, email="rep@bench.example", name="Rep", password_hash="", created_at=at
    )
    License.create(team=1, user=1, kind="messenger", granted_at=at)
    Number.create(id=1, team=1, e164=SENDER, created_at=at, a2p="approved")
    NumberUser.create(team=1, number=1, user=1)
    raw = database.connection()
    raw.executemany(
        "INSERT INTO person (id, team_id, mobile, name, title, account, profile_url, account_url,"
        " crm, crm_ref, time_zone, region, created_at)"
        " VALUES (?, 1, ?, ?, '', '', '', '', 'bench', ?, '', 'GA', ?)",
        ((n, _mobile(n), f"Person {n}", f"bench:{n}", at) for n in range(1, people + 1)),
    )
    step = people // opt_outs
    raw.executemany(
        "INSERT INTO opt_out (team_id, mobile, cause, at) VALUES (1, ?, 'stop', ?)",
        ((_mobile(n * step + 1), at) for n in range(opt_outs)),
    )
    talks = range(1, people // EVERY + 1)
    raw.executemany(
        "INSERT INTO conversation (id, team_id, number_id, person_id, unread,"
        " preview, preview_direction, last_at, read_message, match, revision)"
        " VALUES (?, 1, 1, ?, 0, 'Yes', 'inbound', ?, 0, 'only', 0)",
        ((n, n * EVERY, at) for n in talks),
    )
    raw.executemany(
        "INSERT INTO message (team_id, conversation_id, direction, status,"
        " body, mobile, segments, media_count, at, revision)"
        " VALUES (1, ?, 'inbound', 'received', 'Yes', ?, 1, 0, ?, 0)",
        ((n, _mobile(n * EVERY), at) for n in talks),
    )


def _mobile(person: int) -> str:
    """A number of its own for each person, in the area codes of Georgia."""
    area = ("404", "470", "678", "770")[person % 4]
    return f"+1{area}{2_000_000 + person // 4}"
