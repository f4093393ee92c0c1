"""What is done about numbers in the background."""

import pytest
from huey import MemoryHuey

from backend.carrier.numbers import TwilioNumbers
from backend.models import Number
from backend.numbers import lookups
from backend.numbers.jobs import NumberJobs
from backend.store import heartbeats
from backend.store import lookups as kept
from tests.backend.numbers.conftest import ACCOUNT, WEBHOOK
from tests.backend.world import ANA_NUMBER

MAYA = "+14045550187"


@pytest.fixture
def jobs(world, desk):
    return NumberJobs(MemoryHuey(immediate=True), world.writer, desk, WEBHOOK)


def test_an_unknown_mobile_is_looked_up_once_its_opening_is_committed(world, jobs):
    world.writer(lambda tx: lookups.want(tx, world.team.id, MAYA))
    jobs.committed(world.committed[-1])
    assert kept.line_type(world.team.id, MAYA) == "mobile"


def test_numbers_that_were_added_by_hand_are_read_and_then_left_alone(world, jobs):
    jobs.sync_new()
    read_at = Number.get(Number.e164 == ANA_NUMBER).synced_at
    assert read_at
    assert heartbeats.last("numbers")
    jobs.sync_new()
    assert Number.get(Number.e164 == ANA_NUMBER).synced_at == read_at


def test_a_carrier_that_is_away_ends_no_job(world):
    away = TwilioNumbers(ACCOUNT, "token", "http://127.0.0.1:1")
    NumberJobs(MemoryHuey(immediate=True), world.writer, away, WEBHOOK).sync()
    assert heartbeats.last("numbers") is None
