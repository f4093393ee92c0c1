"""Work that comes round says how it went, to each team its own, and can be asked for."""

from datetime import UTC, datetime

import pytest
import time_machine
from huey import MemoryHuey

from backend import core as cores
from backend import rounds
from backend.config import Config
from backend.messaging import quarantining
from backend.metrics import standing
from backend.models import Audit, database
from backend.ports import CarrierError
from backend.queue import Queue
from backend.rounds import ROUNDS
from backend.store import findings, heartbeats
from backend.store.audit import Actor
from backend.store.findings import Finding
from backend.store.rows import now
from backend.store.writer import InlineWriter
from backend.team.faults import NotThere
from tests.backend.world import SECRET

NOON = datetime(2026, 11, 24, 17, 0, 30, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def queue():
    return Queue(lambda lane: MemoryHuey(lane, immediate=True))


@pytest.fixture
def made(world, queue):
    return lambda do, name="statuses": rounds.made(queue, world.writer, name, do)


def test_what_a_run_found_and_mended_is_told_to_each_team_its_own(world, clock, made):
    def do(tally):
        tally.add(world.team.id, mended=True)
        tally.add(world.team.id, mended=False)
        tally.add(world.others.id, mended=False)

    made(do)()
    assert findings.of_team(world.team.id) == {"statuses": Finding(now(), 2, 1)}
    assert findings.of_team(world.others.id) == {"statuses": Finding(now(), 1, 0)}
    assert heartbeats.all_beats()["statuses"] == (now(), now(), "")


def test_a_run_that_did_not_come_to_its_end_says_why_and_when_the_last_one_did(clock, made):
    def do(_tally):
        if clock_was_shifted:
            raise CarrierError("HTTP 503")

    clock_was_shifted = False
    once = made(do)
    once()
    done = now()
    clock.shift(60)
    clock_was_shifted = True
    once()
    assert heartbeats.all_beats()["statuses"] == (done, now(), "HTTP 503")
    clock_was_shifted = False
    clock.shift(60)
    once()
    assert heartbeats.all_beats()["statuses"] == (now(), now(), "")


def test_a_run_that_fails_is_noted_and_raised_and_tells_no_words(clock, made):
    def do(_tally):
        raise KeyError("the words of a text")

    with pytest.raises(KeyError):
        made(do)()
    assert heartbeats.all_beats()["statuses"].cause == "It failed. The server’s log says why."
    assert heartbeats.last("statuses") is None


def test_a_run_that_is_broken_off_did_not_come_to_its_end(made):
    def do(_tally):
        raise SystemExit

    with pytest.raises(SystemExit):
        made(do)()
    assert heartbeats.all_beats()["statuses"].cause == "It was broken off."
    assert heartbeats.last("statuses") is None


@pytest.mark.parametrize("cause", ["", "HTTP 503"])
def test_what_was_noted_before_the_clock_stepped_back_gives_way(world, clock, cause):
    before = now()
    clock.shift(3600)
    ahead = now()
    world.writer(lambda tx: heartbeats.tried(tx, "statuses", ahead, ""))
    clock.shift(-3000)
    world.writer(lambda tx: heartbeats.tried(tx, "statuses", now(), cause))
    done = ahead if cause else now()
    assert heartbeats.all_beats()["statuses"] == (done, now(), cause)
    assert before < now() < ahead


def test_of_two_runs_beside_each_other_the_one_that_began_later_is_told(world, clock):
    later, earlier = now(), now() - 60_000
    clock.shift(-90)
    world.writer(lambda tx: heartbeats.tried(tx, "statuses", later, ""))
    world.writer(lambda tx: heartbeats.tried(tx, "statuses", earlier, "HTTP 503"))
    assert heartbeats.all_beats()["statuses"] == (later, later, "")


@pytest.mark.parametrize("name", ["statuses", "late"])
def test_a_round_at_its_time_is_noted_once_and_not_as_a_job_too(world, queue, made, name):
    runs = []
    rounds.at_its_time(queue, name, made(runs.append, name))
    world.writer(lambda tx: heartbeats.job_done(tx, name, "day" if name == "late" else "minute"))
    queue.note_through(world.writer)
    (at_its_time,) = (
        task for lane in ("texts", "rest") for task in queue._lanes[lane]._registry.periodic_tasks
    )
    commits = len(world.committed)
    at_its_time.execute()
    assert len(runs) == 1
    assert heartbeats.last(name)
    assert heartbeats.jobs() == []
    assert len(world.committed) == commits + 1


def test_who_asks_for_a_round_has_it_once_that_is_committed(world, queue, made):
    runs = []
    made(runs.append)
    admin = Actor(world.team.id, world.admin.id, world.admin.email)
    world.writer(lambda tx: rounds.ask(tx, admin, "statuses"))
    assert not runs
    queue.committed(world.committed[-1])
    assert len(runs) == 1
    assert (Audit.get().actor, Audit.get().subject) == (admin.name, ROUNDS["statuses"].title)


def test_a_round_that_there_is_not_is_not_run(world):
    admin = Actor(world.team.id, world.admin.id, world.admin.email)
    with pytest.raises(NotThere):
        world.writer(lambda tx: rounds.ask(tx, admin, "hand_over"))


def test_every_round_of_the_table_can_be_asked_for_and_is_measured(database_url, tmp_path):
    config = Config(
        secret_key=SECRET,
        database_url=database_url,
        media_dir=str(tmp_path / "media"),
        public_url="https://repline.example.com",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="token",
    )
    core = cores.build(config, InlineWriter)
    try:
        for name in ROUNDS:
            core.queue.wake(f"round_{name}")
    finally:
        database.close()
    assert core.queue.waiting() == len(ROUNDS)
    assert set(standing.ROUNDS) == set(ROUNDS)
    assert set(standing.QUARANTINE_REASONS) == set(quarantining.REASONS)


def test_a_round_that_is_at_it_is_not_begun_again_in_the_same_process(made):
    runs = []

    def do(_tally):
        runs.append(1)
        once()

    once = made(do)
    once()
    once()
    assert len(runs) == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("reconcile", datetime(2026, 11, 24, 17, 1, tzinfo=UTC)),
        ("drift", datetime(2026, 11, 25, 8, 40, tzinfo=UTC)),
        ("numbers", datetime(2026, 11, 24, 20, 23, tzinfo=UTC)),
    ],
)
def test_a_round_says_when_it_is_next(clock, name, expected):
    assert rounds.next_at(name, now()) == expected.timestamp() * 1000


def test_no_round_is_next_at_the_very_moment(clock):
    clock.move_to(datetime(2026, 11, 24, 8, 40, tzinfo=UTC))
    for name in ROUNDS:
        assert rounds.next_at(name, now()) > now()
