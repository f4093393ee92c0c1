"""Numbers over REST, read from a carrier that speaks HTTP."""

import pytest

from backend.models import Audit, Number, NumberUser
from backend.numbers.sync import REPEATS
from tests.backend.world import ANA_NUMBER, BEN_NUMBER, THEIR_NUMBER


class TestWithACarrier:
    @pytest.fixture
    def carrier_url(self, carrier):
        return carrier.url

    def test_a_sync_tells_what_changed_of_the_teams_own_numbers(self, api_, held):
        held(ANA_NUMBER).friendly_name = "Atlanta desk"
        held(THEIR_NUMBER).friendly_name = "Secret desk"
        found = api_.ask("POST", "/numbers/sync", {}).json
        assert set(found["changed"]) == {ANA_NUMBER, BEN_NUMBER}
        assert THEIR_NUMBER not in str(found)
        one = api_.ask("GET", f"/numbers/{api_.world.number.id}").json
        assert one["label"] == "Atlanta desk"
        assert one["a2p"] == "missing"
        assert "There is no brand yet." in [each["text"] for each in one["checklist"]]
        assert one["synced_at"]
        assert Audit.get(Audit.action == "number.a2p").actor == "admin@brightpath.example"

    def test_texts_posted_elsewhere_are_told_and_set_right_for_this_team_alone(self, api_, held):
        for number in (ANA_NUMBER, THEIR_NUMBER):
            held(number).sms_url = "https://old.example.com/"
        found = api_.ask("POST", "/numbers/sync", {}).json
        assert found["elsewhere"] == [{"e164": ANA_NUMBER, "url": "https://old.example.com/"}]
        found = api_.ask("POST", "/numbers/sync", {"webhooks": True}).json
        assert (found["mended"], found["elsewhere"]) == ([ANA_NUMBER], [])
        assert held(ANA_NUMBER).sms_url == f"{api_.config.webhook}{REPEATS}"
        assert held(THEIR_NUMBER).sms_url == "https://old.example.com/"


def test_a_carrier_that_is_away_changes_nothing_and_says_so(api_):
    answer = api_.ask("POST", "/numbers/sync", {})
    assert (answer.status_code, answer.json["type"]) == (502, "urn:repline:carrier")
    assert "nothing was changed" in answer.json["detail"]
    assert Number.get(Number.e164 == ANA_NUMBER).synced_at is None


def test_numbers_are_listed_with_what_they_can_and_who_texts_from_them(api_):
    found = api_.ask("GET", "/numbers").json["numbers"]
    assert [each["e164"] for each in found] == [ANA_NUMBER, BEN_NUMBER]
    assert (found[0]["sms"], found[0]["voice"], found[0]["local_presence"]) == (True, True, False)
    (user,) = found[0]["users"]
    assert user["email"] == "ana@brightpath.example"


def test_a_number_is_assigned_and_taken_back_once(api_):
    world = api_.world
    one = f"/numbers/{world.number.id}/users/{world.ben.id}"
    for _ in range(2):
        assert api_.ask("PUT", one).status_code == 204
    assert NumberUser.select().where(NumberUser.user == world.ben).count() == 2
    assert b"session.updated" in world.events(world.ben)[-1].frame
    for _ in range(2):
        assert api_.ask("DELETE", one).status_code == 204
    assert NumberUser.select().where(NumberUser.user == world.ben).count() == 1
    assert Audit.select().where(Audit.action == "number.assigned").count() == 1
    assert Audit.select().where(Audit.action == "number.unassigned").count() == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_another_teams_number_and_users_are_not_there(api_, method):
    world = api_.world
    for path in (
        f"/numbers/{world.their_number.id}/users/{world.ana.id}",
        f"/numbers/{world.number.id}/users/{world.stranger.id}",
        f"/numbers/{world.number.id}/users/999",
    ):
        assert api_.ask(method, path).status_code == 404, path
    assert NumberUser.select().count() == 3


def test_a_number_for_calls_only_is_not_texted_from(api_):
    one = f"/numbers/{api_.world.number.id}"
    assert api_.ask("PATCH", one, {"local_presence": True}).json["local_presence"] is True
    assert Number.get_by_id(api_.world.number.id).local_presence
    assert api_.ask("PATCH", one, {"local_presence": False}).json["local_presence"] is False
    assert api_.ask("PATCH", one, {}).json["field"] == "local_presence"
