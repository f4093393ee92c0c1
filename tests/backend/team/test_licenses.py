"""Seats: never more users than seats, never fewer seats than users."""

import pytest

from backend.models import Audit, License
from backend.store.audit import Actor
from backend.team import licenses
from backend.team.faults import Invalid, NotThere, Refused


@pytest.fixture
def actor(world):
    return Actor(world.team.id, world.admin.id, world.admin.email)


def test_no_more_licenses_are_given_than_there_are_seats(world, actor):
    world.writer(lambda tx: licenses.set_seats(tx, actor, {"dialer": "1"}))
    world.writer(lambda tx: licenses.assign(tx, actor, world.ana.id, "dialer"))
    with pytest.raises(Refused, match="All 1 dialer seats are taken"):
        world.writer(lambda tx: licenses.assign(tx, actor, world.ben.id, "dialer"))
    assert License.select().where(License.kind == "dialer").count() == 1
    world.writer(lambda tx: licenses.revoke(tx, actor, world.ana.id, "dialer"))
    assert world.writer(lambda tx: licenses.assign(tx, actor, world.ben.id, "dialer"))


def test_seats_are_not_taken_from_under_users(world, actor):
    with pytest.raises(Invalid) as caught:
        world.writer(lambda tx: licenses.set_seats(tx, actor, {"messenger": "2", "dialer": "x"}))
    assert "3 users hold a messenger license" in caught.value.errors["messenger"]
    assert "whole number" in caught.value.errors["dialer"]


def test_giving_twice_is_noted_once(world, actor):
    for expected in (True, False):
        done = world.writer(lambda tx: licenses.assign(tx, actor, world.ana.id, "dialer"))
        assert done is expected
    assert Audit.select().where(Audit.action == "license.granted").count() == 1


def test_another_teams_user_gets_none(world, actor):
    for work in (licenses.assign, licenses.revoke):
        with pytest.raises(NotThere):
            world.writer(lambda tx, work=work: work(tx, actor, world.stranger.id, "messenger"))


def test_a_seat_is_counted_for_its_own_team(world, actor):
    assert {each.kind: each.used for each in licenses.seats(world.others.id)}["messenger"] == 1
