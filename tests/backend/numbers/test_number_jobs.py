"""What is done about numbers in the background."""

import pytest
from huey import MemoryHuey

from backend.carrier.numbers import TwilioNumbers
from backend.models import Number
from backend.numbers import jobs, lookups
from backend.queue import Queue
from backend.store import heartbeats
from backend.store import lookups as kept
from tests.backend.numbers.conftest import ACCOUNT, WEBHOOK
from tests.backend.world import ANA_NUMBER

MAYA = "+14045550187"


def queue_of(world, desk):
    queue = Queue(lambda lane: MemoryHuey(lane, immediate=True))
    jobs.tasks(queue, world.writer, desk, WEBHOOK)
    return queue


@pytest.fixture
def queue(world, desk):
    return queue_of(world, desk)


def test_an_unknown_mobile_is_looked_up_once_its_opening_is_committed(world, queue):
    world.writer(lambda tx: lookups.want(tx, world.team.id, MAYA))
    queue.committed(world.committed[-1])
    assert kept.line_type(world.team.id, MAYA) == "mobile"


def test_numbers_that_were_added_by_hand_are_read_and_then_left_alone(world, queue):
    queue.sweep()
    read_at = Number.get(Number.e164 == ANA_NUMBER).synced_at
    assert read_at
    assert heartbeats.last("numbers")
    queue.sweep()
    assert Number.get(Number.e164 == ANA_NUMBER).synced_at == read_at


def test_a_carrier_that_is_away_ends_no_job(world):
    away = TwilioNumbers(ACCOUNT, "token", "http://127.0.0.1:1")
    queue = queue_of(world, away)
    queue.note_through(world.writer)
    queue.sweep()
    assert heartbeats.last("numbers") is None
    assert heartbeats.jobs() == []


def test_the_job_is_done_where_numbers_were_read_and_where_none_was_new(world, queue):
    queue.note_through(world.writer)
    for _ in range(2):
        world.writer(lambda tx: tx.execute("DELETE FROM heartbeat WHERE name LIKE 'minute:%'"))
        queue.sweep()
        assert [each.name for each in heartbeats.jobs()] == ["sync_new_numbers"]
