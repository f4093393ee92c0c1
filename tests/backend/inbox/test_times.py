"""The times that are offered for a text: what a person would choose, in the recipient's day."""

from datetime import UTC, datetime

import pytest
import time_machine

from backend.inbox import times
from backend.messaging.outbound import NotFound
from backend.zones import zone

DENVER = "America/Denver"
MAYA = "+13035550187"


@pytest.fixture
def talk(world):
    person = world.person(MAYA, "Maya", time_zone=DENVER)
    return world.conversation(person)


@pytest.fixture
def offered(world, talk):
    """What is offered at this local time: (label, local time) of each."""

    def at(*local):
        with time_machine.travel(datetime(*local, tzinfo=zone(DENVER)), tick=False):
            found = times.suggest(world.team.id, world.ana.id, talk)
        assert found.zone == DENVER
        for each in found.times:
            assert any(start <= each.at < end for start, end in found.windows)
        return [
            (each.label, f"{datetime.fromtimestamp(each.at / 1000, zone(DENVER)):%a %H:%M}")
            for each in found.times
        ]

    return at


def test_on_a_tuesday_morning(offered):
    assert offered(2026, 11, 24, 10, 7) == [
        ("In 1 hour", "Tue 11:10"),
        ("This afternoon", "Tue 14:00"),
        ("This evening", "Tue 18:00"),
        ("Tomorrow morning", "Wed 09:00"),
        ("Tomorrow afternoon", "Wed 14:00"),
        ("Monday morning", "Mon 09:00"),
    ]


def test_late_in_the_evening_nothing_is_offered_that_is_quiet(offered):
    assert offered(2026, 11, 24, 19, 30)[0] == ("Tomorrow morning", "Wed 09:00")


def test_early_in_the_morning_the_day_is_still_to_come(offered):
    assert offered(2026, 11, 24, 5, 0)[0] == ("This morning", "Tue 09:00")


def test_on_a_saturday_a_first_text_waits_for_sunday_noon(offered):
    labels = dict(offered(2026, 11, 28, 16, 50))
    assert "Tomorrow morning" not in labels
    assert labels["Tomorrow afternoon"] == "Sun 14:00"
    assert labels["Monday morning"] == "Mon 09:00"


def test_on_a_sunday_tomorrow_is_not_called_monday_too(offered):
    labels = [label for label, _ in offered(2026, 11, 29, 13, 0)]
    assert "Tomorrow morning" in labels
    assert not any(label.startswith("Monday") for label in labels)


def test_times_that_fall_together_are_offered_once(offered):
    found = offered(2026, 11, 24, 13, 0)
    assert found[0] == ("In 1 hour", "Tue 14:00")
    assert len({at for _, at in found}) == len(found)


@pytest.mark.parametrize("day", [(2026, 3, 7, 10), (2026, 10, 31, 10)])
def test_the_day_on_which_clocks_change_keeps_its_hours(offered, day):
    assert dict(offered(*day))["Tomorrow afternoon"] == "Sun 14:00"


def test_a_window_that_opens_late_begins_at_a_round_time(world, offered):
    world.writer(lambda tx: tx.execute("UPDATE team SET hours_from = 635"))  # 10:35
    assert dict(offered(2026, 11, 24, 8, 0))["This morning"] == "Tue 10:45"


def test_the_windows_are_those_of_two_weeks(world, talk):
    with time_machine.travel(datetime(2026, 11, 24, 17, tzinfo=UTC), tick=False):
        found = times.suggest(world.team.id, world.ana.id, talk).windows
    assert 14 <= len(found) <= 15
    assert all(start < end for start, end in found)


def test_nobody_is_told_of_conversations_that_are_not_theirs(world, talk):
    for team, user in ((world.team, world.ben), (world.others, world.stranger)):
        with pytest.raises(NotFound):
            times.suggest(team.id, user.id, talk)
