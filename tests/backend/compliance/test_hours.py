"""Quiet hours: where somebody may be, what the clocks there show, and which laws hold."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backend.compliance import hours, laws, places, simulation
from backend.zones import names, stated, zone

MINUTE = 60_000
ATLANTA, PHOENIX, ST_JOHNS, UNKNOWN = "+14045550187", "+16025550187", "+17095550187", "+12005550187"
TEAM = SimpleNamespace(hours_from=540, hours_until=1200, sunday_from=720, sunday_until=1200)
ALL_DAY = SimpleNamespace(hours_from=0, hours_until=1440, sunday_from=0, sunday_until=1440)


@pytest.fixture(autouse=True)
def real_clock(monkeypatch):
    monkeypatch.setattr(simulation, "shown_at", lambda at: at)
    monkeypatch.setattr(simulation, "real", lambda shown: shown)


def somebody(time_zone="", region=""):
    return SimpleNamespace(time_zone=time_zone, region=region)


def at(wall, name="America/New_York", fold=0):
    """Milliseconds of a wall time such as ``2026-11-24 09:00``."""
    when = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(name), fold=fold)
    return int(when.timestamp() * 1000)


def is_open(wall, name="America/New_York", mobile=ATLANTA, person=None, team=TEAM, **more):
    fold = more.pop("fold", 0)
    return hours.is_open(team, person or somebody(), mobile, at(wall, name, fold), **more)


# The clock of one recipient


@pytest.mark.parametrize(
    ("wall", "expected"),
    [
        ("2026-11-24 08:59:59", False),
        ("2026-11-24 09:00", True),
        ("2026-11-24 19:59:59", True),
        ("2026-11-24 20:00", False),
        ("2026-11-24 03:00", False),
    ],
)
def test_the_teams_window_is_by_the_recipients_clock(wall, expected):
    assert is_open(wall) is expected
    assert is_open(wall, "America/Los_Angeles", "+14155550187") is expected


def test_a_first_text_on_a_sunday_waits_until_noon_and_an_answered_one_does_not():
    assert not is_open("2026-11-22 11:59", first=True)
    assert is_open("2026-11-22 12:00", first=True)
    assert is_open("2026-11-22 09:00", first=False)
    assert is_open("2026-11-23 09:00", first=True)


def test_no_window_of_a_team_is_wider_than_the_law():
    assert not is_open("2026-11-24 07:59", team=ALL_DAY)
    assert is_open("2026-11-24 08:00", team=ALL_DAY)
    assert not is_open("2026-11-24 21:00", team=ALL_DAY)


def test_a_window_that_is_never_open_says_so_and_is_not_searched_for_ever():
    never = SimpleNamespace(hours_from=1200, hours_until=540, sunday_from=0, sunday_until=0)
    assert hours.first_allowed(never, somebody(), ATLANTA, at("2026-11-24 12:00")) is None


# Where they may be


def test_every_zone_in_which_they_may_be_must_be_open():
    moved = somebody(time_zone="America/Los_Angeles")
    assert not is_open("2026-11-24 09:30", person=moved)  # 6:30 in Los Angeles
    assert is_open("2026-11-24 12:00", person=moved)
    assert not is_open("2026-11-24 17:00", "America/Los_Angeles", person=moved)  # 20:00 in Atlanta


def test_a_state_in_two_zones_is_open_when_both_are_unless_the_zone_is_stated():
    texas = somebody(region="Texas")
    assert not is_open("2026-11-24 09:30", "America/Chicago", "+12145550187", texas)  # El Paso
    dallas = somebody(region="TX", time_zone="America/Chicago")
    assert is_open("2026-11-24 09:30", "America/Chicago", "+12145550187", dallas)


@pytest.mark.parametrize(
    ("person", "mobile", "expected"),
    [
        (somebody(), ATLANTA, ("America/New_York", False)),
        (somebody(region="GA"), ATLANTA, ("America/New_York", True)),
        (somebody(region="california"), ATLANTA, ("America/Los_Angeles", True)),
        (somebody("America/Denver", "GA"), ATLANTA, ("America/Denver", True)),
        (somebody("(GMT-07:00) Mountain Time (America/Denver)"), ATLANTA, ("America/Denver", True)),
        (somebody(region="FL"), "+13055550187", ("America/New_York", False)),
        (somebody("Mars/Olympus", "Nowhere"), ATLANTA, ("America/New_York", False)),
        (somebody("../../../etc/passwd"), ATLANTA, ("America/New_York", False)),
        (somebody(), ST_JOHNS, ("", False)),
        (somebody(), UNKNOWN, ("", False)),
        (somebody(), "+447700900123", ("", False)),
    ],
)
def test_the_recipients_clock(person, mobile, expected):
    assert hours.zone_of(person, mobile) == expected


def test_who_may_be_anywhere_is_texted_when_all_of_the_country_is_awake():
    assert not is_open("2026-11-24 12:00", mobile=UNKNOWN)  # 7:00 in Honolulu
    assert is_open("2026-11-24 15:00", mobile=UNKNOWN)


def test_zones_come_from_the_pinned_data_whatever_the_system_holds(monkeypatch):
    monkeypatch.setattr("zoneinfo.TZPATH", ())
    july = datetime(2026, 7, 1, tzinfo=zone("America/St_Johns"))
    assert july.utcoffset() == timedelta(hours=-2.5)
    with pytest.raises(LookupError):
        zone("/etc/localtime")
    assert stated("Eastern Time") == ""


# Which laws hold


@pytest.mark.parametrize(
    ("region", "wall", "expected"),
    [
        ("FL", "2026-11-24 20:30", False),
        ("GA", "2026-11-24 20:30", True),
        ("WA", "2026-11-24 20:30", False),
        ("TX", "2026-11-22 11:30", False),  # Sunday
        ("TX", "2026-11-22 12:30", True),
        ("TX", "2026-11-23 08:30", False),
        ("CT", "2026-11-24 08:30", False),
        ("KY", "2026-11-24 09:30", False),
        ("AL", "2026-11-22 15:00", False),
        ("LA", "2026-12-25 15:00", False),
        ("UT", "2026-07-04 15:00", False),
        ("UT", "2026-07-06 15:00", True),
        ("RI", "2026-11-24 18:30", False),
        ("RI", "2026-11-28 17:30", False),
        ("PA", "2026-11-22 15:00", False),
        ("PA", "2026-10-11 15:00", True),  # a Sunday before the law was amended
        ("ON", "2026-11-28 09:30", False),  # Saturday
        ("ON", "2026-11-24 21:15", True),
    ],
)
def test_laws_of_states_and_provinces(region, wall, expected):
    clock = datetime.fromisoformat(wall)
    (start, end), _ = laws.lawful((region,), clock.date())
    assert (start <= clock.hour * 60 + clock.minute < end) is expected


def test_the_law_of_the_numbers_state_holds_beside_that_of_the_address():
    person = somebody(region="GA", time_zone="America/New_York")
    assert is_open("2026-11-24 20:30", person=person, team=ALL_DAY)
    assert not is_open("2026-11-24 20:30", mobile="+13055550187", person=person, team=ALL_DAY)


def test_every_law_names_its_source_and_can_be_read():
    assert laws.BOOK.version
    for law in laws.BOOK.laws:
        assert law.source, law
        assert law.seen, law
        assert law.name in {"US", "CA"} | set(places.COUNTRY)
        for day in (date(2026, 11, 24) + timedelta(days=n) for n in range(7)):
            start, end = law.open(day)
            assert 0 <= start <= end <= 1440


def test_every_area_code_lies_in_a_state_and_in_zones_that_there_are():
    assert len(places._AREAS) > 400
    for code, area in places._AREAS.items():
        assert area["regions"], code
        assert set(area["regions"]) <= set(places.COUNTRY)
        assert set(area["zones"]) <= names()
    for place in places._PLACES.values():
        assert set(place["zones"]) <= names()


# When clocks change

NEW_YORK_SPRING, NEW_YORK_AUTUMN = "2026-03-08", "2026-11-01"
NIGHT = SimpleNamespace(hours_from=90, hours_until=150, sunday_from=0, sunday_until=1440)


@pytest.fixture
def lawless(monkeypatch):
    """No law closes the night, when clocks change: what is tried here is the arithmetic."""
    monkeypatch.setattr("backend.compliance.spans.lawful", lambda regions, day: ((0, 1440), ""))
    hours.spans._of_day.cache_clear()


@pytest.mark.usefixtures("lawless")
def test_a_window_of_which_an_hour_is_skipped_is_open_for_what_is_left():
    # 1:30 to 2:30, and at 2:00 it is 3:00.
    morning = at(f"{NEW_YORK_SPRING} 00:00")
    assert hours.windows(NIGHT, somebody(), ATLANTA, morning, 1) == [
        (at(f"{NEW_YORK_SPRING} 01:30"), at(f"{NEW_YORK_SPRING} 03:00"))
    ]
    assert not is_open(f"{NEW_YORK_SPRING} 03:00", team=NIGHT)


@pytest.mark.usefixtures("lawless")
def test_a_window_of_which_an_hour_is_repeated_is_open_both_times():
    # 1:30 to 2:30, and at 2:00 it is 1:00 again.
    day = NEW_YORK_AUTUMN
    assert hours.windows(NIGHT, somebody(), ATLANTA, at(f"{day} 00:00"), 1) == [
        (at(f"{day} 01:30"), at(f"{day} 01:00", fold=1)),
        (at(f"{day} 01:30", fold=1), at(f"{day} 02:30")),
    ]
    assert is_open(f"{day} 01:45", team=NIGHT)
    assert not is_open(f"{day} 01:15", team=NIGHT, fold=1)
    assert is_open(f"{day} 01:45", team=NIGHT, fold=1)


def test_the_morning_after_clocks_change_opens_at_nine_on_the_wall():
    for day in (NEW_YORK_SPRING, NEW_YORK_AUTUMN):
        night = at(f"{day} 00:30")
        assert hours.first_allowed(TEAM, somebody(), ATLANTA, night) == at(f"{day} 09:00")
        phoenix = hours.first_allowed(TEAM, somebody(), PHOENIX, night)
        assert phoenix == at(f"{day} 09:00", "America/Phoenix")


def test_arizona_keeps_its_clock_and_its_distance_to_new_york_changes():
    winter, summer = "2026-01-20 11:00", "2026-07-20 11:00"
    assert is_open(winter, mobile=PHOENIX)  # 9:00 there
    assert not is_open(summer, mobile=PHOENIX)  # 8:00 there


def test_newfoundland_is_half_an_hour_off():
    stated_there = somebody(time_zone="America/St_Johns")
    assert not is_open("2026-11-24 12:29", "UTC", ST_JOHNS, stated_there)
    assert is_open("2026-11-24 12:30", "UTC", ST_JOHNS, stated_there)


ZONES = ["America/New_York", "America/Phoenix", "America/St_Johns", "America/Los_Angeles"]


@settings(max_examples=150, deadline=None)
@given(
    instant=st.integers(at("2026-01-01 00:00"), at("2027-12-31 00:00")),
    zones=st.lists(st.sampled_from(ZONES), min_size=1, max_size=2, unique=True),
    start=st.integers(0, 1439),
    length=st.integers(1, 1440),
    first=st.booleans(),
)
@example(at(f"{NEW_YORK_SPRING} 01:59"), ["America/New_York"], 120, 60, False)
@example(at(f"{NEW_YORK_AUTUMN} 01:59"), ["America/New_York", "America/St_Johns"], 0, 120, True)
def test_the_first_allowed_instant_is_open_and_none_before_it_is(
    instant, zones, start, length, first
):
    team = SimpleNamespace(
        hours_from=start, hours_until=min(1440, start + length), sunday_from=720, sunday_until=1200
    )
    rules = hours.spans.rules(team, ("NY",), first)
    found = hours.spans.spans(rules, tuple(zones), instant, 3)
    for begin, end in found:
        assert begin < end
        assert hours.spans.is_open(rules, tuple(zones), begin)
        assert hours.spans.is_open(rules, tuple(zones), end - 1)
        assert begin == instant or not hours.spans.is_open(rules, tuple(zones), begin - 1)
    inside = {probe for begin, end in found for probe in (begin, end - 1)}
    for step in range(0, 3 * 24 * 60, 97):
        probe = instant + step * MINUTE
        held = any(begin <= probe < end for begin, end in found)
        assert held is hours.spans.is_open(rules, tuple(zones), probe), inside


# When time does not run as it should


def test_a_clock_that_steps_back_closes_what_was_open():
    evening = at("2026-11-24 20:01")
    assert not hours.is_open(TEAM, somebody(), ATLANTA, evening)
    assert hours.is_open(TEAM, somebody(), ATLANTA, evening - 2 * MINUTE)
    assert hours.first_allowed(TEAM, somebody(), ATLANTA, evening) == at("2026-11-25 09:00")


def test_a_simulated_clock_runs_on_and_tells_its_ends_in_real_time(monkeypatch):
    monkeypatch.undo()
    real = int(datetime.now(UTC).timestamp() * 1000)
    try:
        simulation.configure(fictitious=True, starts_at=at("2026-11-24 19:00"))
        assert hours.is_open(TEAM, somebody(), ATLANTA, real)
        ends = hours.windows(TEAM, somebody(), ATLANTA, real, 1)[0][1]
        assert abs(ends - real - 60 * MINUTE) < 5000
        assert not hours.is_open(TEAM, somebody(), ATLANTA, ends)
        opens = hours.first_allowed(TEAM, somebody(), ATLANTA, ends)
        assert opens - ends == 13 * 60 * MINUTE
    finally:
        simulation.configure(fictitious=True)
