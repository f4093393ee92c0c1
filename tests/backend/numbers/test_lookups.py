"""What kind of line a mobile is: asked once, kept, and told where it matters."""

import time_machine

from backend.carrier.numbers import TwilioNumbers
from backend.models import Lookup
from backend.numbers import lookups
from backend.store import lookups as kept
from simulator.records import Phone
from tests.backend.numbers.conftest import ACCOUNT

MAYA, CANADIAN = "+14045550187", "+14165550123"


def line(carrier, kind):
    with carrier.state.change() as books:
        books.phones[MAYA] = Phone(line_type=kind)


def test_an_answer_is_kept_and_asked_again_only_after_ninety_days(world, desk, carrier):
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        assert lookups.look_up(world.writer, desk, world.team.id, MAYA) == "mobile"
        line(carrier, "landline")
        clock.shift(89 * 24 * 3600)
        assert lookups.look_up(world.writer, desk, world.team.id, MAYA) == "mobile"
        clock.shift(2 * 24 * 3600)
        assert lookups.look_up(world.writer, desk, world.team.id, MAYA) == "landline"
    assert Lookup.select().count() == 1


def test_canada_tells_nothing_and_that_is_kept_too(world, desk):
    assert lookups.look_up(world.writer, desk, world.team.id, CANADIAN) == "unknown"
    assert kept.fresh(world.team.id, CANADIAN)


def test_no_answer_blocks_nothing_and_is_not_kept(world):
    away = TwilioNumbers(ACCOUNT, "token", "http://127.0.0.1:1")
    assert lookups.look_up(world.writer, away, world.team.id, MAYA) is None
    assert not kept.fresh(world.team.id, MAYA)


def test_a_landline_is_told_to_who_talks_with_it(world, desk, carrier):
    person = world.person(MAYA, "Maya")
    world.conversation(person)
    line(carrier, "landline")
    lookups.look_up(world.writer, desk, world.team.id, MAYA)
    (event,) = world.events(world.ana)
    assert b"conversation.updated" in event.frame
    assert world.events(world.stranger) == []


def test_what_one_team_knows_is_not_the_others(world, desk):
    lookups.look_up(world.writer, desk, world.team.id, MAYA)
    assert kept.line_type(world.others.id, MAYA) is None


def test_only_what_is_not_known_is_asked_for(world, desk):
    world.writer(lambda tx: lookups.want(tx, world.team.id, MAYA))
    assert [wake.arguments for wake in world.just_woken("look_up")] == [(world.team.id, MAYA)]
    lookups.look_up(world.writer, desk, world.team.id, MAYA)
    world.writer(lambda tx: lookups.want(tx, world.team.id, MAYA))
    assert world.just_woken("look_up") == []
