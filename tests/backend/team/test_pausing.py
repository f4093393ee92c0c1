"""A team whose texts carriers filter stops by itself, and goes on when an admin says so."""

import msgspec
import pytest
import time_machine

from backend.models import Audit, Message
from backend.store import settings
from backend.store.audit import Actor
from backend.store.rows import now
from backend.team import pausing
from backend.team.settings import resume

HOUR = 3600


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-02T15:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def texts(world):
    person = world.person("+14045550187")
    conversation = world.conversation(person)

    def texts(delivered, filtered, code=30007):
        made = [("delivered", None)] * delivered + [("undelivered", code)] * filtered
        for status, error in made:
            Message.create(
                team=world.team,
                conversation=conversation,
                direction="outbound",
                status=status,
                body="Hi",
                mobile=person.mobile,
                error_code=error,
                at=now(),
            )

    return texts


def paused(world, team=None):
    return settings.of_team((team or world.team).id).paused_at


@pytest.mark.parametrize(
    ("delivered", "filtered", "stops"),
    [(16, 4, True), (17, 3, False), (14, 5, False), (0, 20, True), (200, 20, False)],
)
def test_it_takes_twenty_texts_and_more_than_fifteen_percent(
    world, clock, texts, delivered, filtered, stops
):
    texts(delivered, filtered)
    assert pausing.pause_filtered(world.writer) == ([world.team.id] if stops else [])
    assert bool(paused(world)) is stops
    assert paused(world, world.others) is None


def test_other_errors_stop_nobody(world, clock, texts):
    texts(0, 30, code=30003)
    assert pausing.pause_filtered(world.writer) == []


def test_what_is_older_than_an_hour_counts_no_more(world, clock, texts):
    texts(0, 30)
    clock.shift(HOUR + 1)
    assert pausing.pause_filtered(world.writer) == []


def test_all_of_the_team_hear_it_and_the_log_says_why(world, clock, texts):
    texts(10, 10)
    pausing.pause_filtered(world.writer)
    for user in (world.ana, world.ben, world.admin):
        frame = msgspec.json.decode(world.events(user)[-1].frame)
        assert (frame["type"], frame["blocked"]["reason"]) == ("session.updated", "paused")
    assert world.events(world.stranger) == []
    assert "10 of the last 20 texts" in Audit.get(Audit.action == "team.paused").after


def test_after_an_admin_resumed_only_new_texts_count(world, clock, texts):
    texts(0, 30)
    pausing.pause_filtered(world.writer)
    clock.shift(60)
    actor = Actor(world.team.id, world.admin.id, "admin")
    assert world.writer(lambda tx: resume(tx, actor))
    clock.shift(60)
    assert pausing.pause_filtered(world.writer) == []
    texts(0, 20)
    assert pausing.pause_filtered(world.writer) == [world.team.id]
