"""Settings over REST: JSON's own types, the form's own checks."""

import msgspec
import pytest

from backend.models import Audit, Team
from backend.team import settings as rules
from backend.web.api.settings import SettingValues


def test_every_setting_of_the_form_is_here():
    assert {each.name for each in msgspec.structs.fields(SettingValues)} == set(rules.NAMES)


def test_settings_are_read_in_types_that_json_has(api_):
    held = api_.ask("GET", "/settings").json
    assert held["messenger_enabled"] is True
    assert held["hours_from"] == "09:00"
    assert held["segment_price"] == 8300
    assert held["monthly_budget"] is None
    assert held["paused_at"] is None


def test_what_was_read_can_be_sent_back_and_changes_nothing(api_):
    held = api_.ask("GET", "/settings").json
    body = {name: held[name] for name in rules.NAMES}
    assert api_.ask("PATCH", "/settings", body).json == held
    assert Audit.select().where(Audit.action == "settings.changed").count() == 0


def test_what_is_given_changes_and_the_rest_stays(api_):
    before = api_.ask("GET", "/settings").json
    body = {
        "messenger_enabled": False,
        "monthly_budget": 1_500_500_000,
        "hours_until": "19:30",
        "landlines": "refuse",
        "user_daily_cap": 77,
    }
    after = api_.ask("PATCH", "/settings", body).json
    assert after == {**before, **body}
    assert api_.ask("GET", "/settings").json == after
    assert b"messenger_off" in api_.world.events(api_.world.ana)[-1].frame
    assert api_.ask("PATCH", "/settings", {"monthly_budget": None}).json["monthly_budget"] is None


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_saved(api_):
    body = {
        "crm_required": True,
        "hours_from": "07:00",
        "sunday_from": "noon",
        "time_zone": "Mars/Olympus",
        "user_daily_cap": 0,
        "segment_price": -1,
        "retention_days": 10_000,
    }
    answer = api_.ask("PATCH", "/settings", body)
    assert (answer.status_code, answer.json["type"]) == (400, "urn:repline:invalid")
    wrong = {each["field"] for each in answer.json["errors"]}
    assert wrong == set(body) - {"crm_required"}
    assert not Team.get_by_id(api_.world.team.id).crm_required


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("messenger_enabled", "on"),
        ("crm_required", None),
        ("user_daily_cap", "500"),
        ("segment_price", 0.5),
        ("segment_price", 10**400),
        ("landlines", "maybe"),
        ("hours_from", 540),
        ("time_zone", "a" * 65),
        ("paused_at", None),
    ],
)
def test_a_value_of_another_type_is_refused_at_its_field(api_, name, value):
    answer = api_.ask("PATCH", "/settings", {name: value})
    assert (answer.status_code, answer.json["field"]) == (400, name)


def test_a_shorter_retention_has_to_be_confirmed(api_):
    answer = api_.ask("PATCH", "/settings", {"retention_days": 90})
    assert (answer.status_code, answer.json["type"]) == (409, "urn:repline:would_erase")
    assert answer.json["field"] == "retention_days"
    assert api_.ask("GET", "/settings").json["retention_days"] is None
    confirmed = {"retention_days": 90, "erase": True}
    assert api_.ask("PATCH", "/settings", confirmed).json["retention_days"] == 90
    assert api_.ask("PATCH", "/settings", {"retention_days": 120}).status_code == 200


def test_a_change_made_from_what_somebody_else_changed_meanwhile_is_refused(api_):
    read = {"user_daily_cap": 500}
    assert (
        api_.ask("PATCH", "/settings", {"user_daily_cap": 77, "made_from": read}).status_code == 200
    )
    answer = api_.ask("PATCH", "/settings", {"user_daily_cap": 99, "made_from": read})
    assert (answer.status_code, answer.json["type"]) == (409, "urn:repline:stale")
    assert [each["field"] for each in answer.json["errors"]] == ["user_daily_cap"]
    # Of what the caller did not read, they undo nothing.
    body = {"crm_required": True, "made_from": {"crm_required": False}}
    assert api_.ask("PATCH", "/settings", body).json["user_daily_cap"] == 77


def test_a_paused_team_sends_again_once_an_admin_says_so(api_):
    team = api_.world.team
    Team.update(paused_at=5, paused_cause="Filtered.").where(Team.id == team.id).execute()
    held = api_.ask("GET", "/settings").json
    assert (held["paused_at"], held["paused_cause"]) == (5, "Filtered.")
    for _ in range(2):
        assert api_.ask("POST", "/settings/resume").json["paused_at"] is None
    assert Audit.select().where(Audit.action == "team.resumed").count() == 1
