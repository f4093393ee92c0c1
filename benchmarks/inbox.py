"""How fast a rep's inbox is read while the database grows: teams are added, each as large as the
others, until there are so many messages."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

from backend.models import Number, NumberUser, Team, User, database
from backend.models.connection import connect, migrate
from backend.store import conversations, pseudonym, rows
from backend.store.writer import InlineWriter, Transaction
from benchmarks import machine
from benchmarks.arrivals import percentile

TALKS, MESSAGES = 200, 20
"""Conversations of each rep, messages of each conversation."""
TEAM_SIZE = 50
PAGE = 50
_COUNT = "WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < ?)"


@dataclass(frozen=True)
class Read:
    """ms of one rep's newest page and badge, as the pane asks for them: of the clock, and of this
    thread's CPU where other programs count less."""

    messages: int
    reps: int
    p50: float | None
    p99: float | None
    cpu_p50: float | None
    cpu_p99: float | None
    foreign_cpu: float


def measure(folder: Path, messages: int, asked: int) -> Read:
    """Reps are asked for in no order."""
    path = folder / f"inbox-{messages}.sqlite3"
    path.unlink(missing_ok=True)
    reps = max(1, messages // (TALKS * MESSAGES))
    opened = connect(f"sqlite:///{path}")
    try:
        migrate(opened)
        pseudonym.configure(b"key of the benchmark")
        opened.execute_sql("PRAGMA synchronous = OFF")
        InlineWriter(lambda tx: None)(lambda tx: _fill(tx, reps))
        opened.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        opened.optimize()
        return _read(reps, asked)
    finally:
        opened.close()
        for left in folder.glob(f"{path.name}*"):
            left.unlink()


def _read(reps: int, asked: int) -> Read:
    chance = random.Random(1)
    foreign = machine.Foreign()
    wall: list[float] = []
    cpu: list[float] = []
    with machine.no_collector():
        for _ in range(asked):
            rep = chance.randrange(reps)
            began, used = time.perf_counter_ns(), time.thread_time_ns()
            team, user = rep // TEAM_SIZE + 1, rep + 1
            found = conversations.page(team, user, search="", before=None, limit=PAGE)
            conversations.unread_of(team, user)
            wall.append((time.perf_counter_ns() - began) / 1e6)
            cpu.append((time.thread_time_ns() - used) / 1e6)
            assert len(found) == PAGE, "a whole page"
    warm = asked // 10
    figures = (percentile(each[warm:], share) for each in (wall, cpu) for share in (0.5, 0.99))
    return Read(reps * TALKS * MESSAGES, reps, *figures, foreign_cpu=foreign.share())


def _fill(_tx: Transaction, reps: int) -> None:
    at = rows.now()
    for team in range(1, (reps - 1) // TEAM_SIZE + 2):
        Team.create(id=team, name=f"Team {team}", created_at=at)
    for rep in range(reps):
        team, id_ = rep // TEAM_SIZE + 1, rep + 1
        email = f"rep{rep}@bench.example"
        User.create(id=id_, team=team, email=email, name="Rep", password_hash="", created_at=at)
        Number.create(id=id_, team=team, e164=f"+1404{2_000_000 + rep}", created_at=at)
        NumberUser.create(team=team, number=id_, user=id_)
    talks = reps * TALKS
    # Whatever is numbered n belongs to rep n % reps: neighbours on disk are strangers, as in use.
    raw = database.connection()
    raw.execute(
        f"{_COUNT} INSERT INTO person (id, team_id, mobile, name, title, account, profile_url,"
        " account_url, crm, time_zone, created_at)"
        " SELECT n + 1, n % ? / ? + 1, '+1' || (2012000000 + n), 'Person ' || n, '', '', '', '',"
        " '', '', ? FROM n",
        (talks, reps, TEAM_SIZE, at),
    )
    raw.execute(
        f"{_COUNT} INSERT INTO conversation (id, team_id, number_id, person_id, unread, preview,"
        " preview_direction, last_at, last_message, read_message, match, revision)"
        " SELECT n + 1, n % ? / ? + 1, n % ? + 1, n + 1, n % 7 = 0, 'Yes, Tuesday is fine',"
        " 'inbound', ? + n, n + 1, 0, 'only', 0 FROM n",
        (talks, reps, TEAM_SIZE, reps, at),
    )
    raw.execute(
        f"{_COUNT} INSERT INTO message (team_id, conversation_id, direction, status, body, mobile,"
        " carrier_sid, segments, media_count, at, revision)"
        " SELECT n % ? / ? + 1, n % ? + 1, 'inbound', 'received', 'Yes, Tuesday is fine',"
        " '+1' || (2012000000 + n % ?), printf('SM%032x', n), 1, 0, ? + n, 0 FROM n",
        (talks * MESSAGES, reps, TEAM_SIZE, talks, talks, at),
    )
