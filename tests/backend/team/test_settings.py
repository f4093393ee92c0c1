"""Settings as typed: all that is wrong is said at once, what changes is noted and told."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.models import Audit, Team
from backend.store import settings as stored
from backend.store.audit import Actor
from backend.store.settings import Settings
from backend.team import settings
from backend.team.faults import Invalid

USUAL = Settings(
    messenger_enabled=True,
    time_zone="America/New_York",
    hours_from=540,
    hours_until=1200,
    sunday_from=720,
    sunday_until=1200,
    landlines="warn",
    crm_required=False,
    user_daily_cap=500,
    team_daily_cap=5000,
    monthly_budget=None,
    segment_price=8300,
    media_price=20000,
    retention_days=None,
    messenger_seats=None,
    dialer_seats=None,
    paused_at=None,
    paused_cause="",
)


@pytest.fixture
def actor(world):
    return Actor(world.team.id, world.admin.id, world.admin.email)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hours_from", "07:59"),
        ("hours_until", "21:01"),
        ("hours_until", "8:00"),
        ("sunday_until", "11:00"),
        ("hours_from", "nine"),
        ("hours_from", "09:00 in the evening"),
        ("hours_from", "09:60"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", "localtime"),
        ("time_zone", "posixrules"),
        ("time_zone", "Factory"),
        ("landlines", "maybe"),
        ("user_daily_cap", "0"),
        ("user_daily_cap", "6000"),
        ("team_daily_cap", "1e3"),
        ("monthly_budget", "-1"),
        ("monthly_budget", "NaN"),
        ("segment_price", ""),
        ("segment_price", "0.00000001"),
        ("media_price", "Infinity"),
        ("retention_days", "0"),
        ("retention_days", "٣"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(name, text):
    with pytest.raises(Invalid) as caught:
        settings.read({name: text}, USUAL)
    assert set(caught.value.errors) == {name}
    assert caught.value.errors[name].endswith(".")


@given(st.dictionaries(st.sampled_from(settings.NAMES), st.text(max_size=12)))
def test_whatever_is_typed_is_read_or_refused(typed):
    try:
        settings.read(typed, USUAL)
    except Invalid as error:
        assert set(error.errors) <= set(settings.NAMES)


def test_settings_as_typed_are_the_settings():
    assert settings.read(settings.typed(USUAL), USUAL) == {
        name: getattr(USUAL, name) for name in settings.NAMES
    }


def test_only_what_is_different_is_noted(world, actor):
    typed = {**settings.typed(stored.of_team(world.team.id)), "monthly_budget": "$1,500.50"}
    assert world.writer(lambda tx: settings.change(tx, actor, typed)) == 1
    entry = Audit.get(Audit.action == "settings.changed")
    assert msgspec.json.decode(entry.before) == {"monthly_budget": None}
    assert msgspec.json.decode(entry.after) == {"monthly_budget": 1_500_500_000}
    assert world.writer(lambda tx: settings.change(tx, actor, typed)) == 0
    assert world.events(world.ana) == []


def test_texting_switched_off_is_told_to_every_user_of_the_team(world, actor):
    world.writer(lambda tx: settings.change(tx, actor, {"messenger_enabled": "off"}))
    for user in (world.ana, world.ben, world.admin):
        assert b"messenger_off" in world.events(user)[-1].frame
    assert world.events(world.stranger) == []


def test_a_shorter_retention_has_to_be_confirmed(world, actor):
    typed = {"retention_days": "90"}
    with pytest.raises(settings.WouldErase, match="older than 90 days"):
        world.writer(lambda tx: settings.change(tx, actor, typed))
    assert Team.get_by_id(world.team.id).retention_days is None
    world.writer(lambda tx: settings.change(tx, actor, typed, True))
    assert world.writer(lambda tx: settings.change(tx, actor, {"retention_days": "120"})) == 1


def test_a_paused_team_is_resumed_once(world, actor):
    Team.update(paused_at=1, paused_cause="spam").where(Team.id == world.team.id).execute()
    assert world.writer(lambda tx: settings.resume(tx, actor))
    assert not world.writer(lambda tx: settings.resume(tx, actor))
    assert stored.of_team(world.team.id).paused_at is None
