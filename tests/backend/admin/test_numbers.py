"""Numbers and their registration on the admin pages."""

import pytest

from backend.models import Audit, Number, NumberUser
from backend.numbers.sync import REPEATS
from tests.backend.world import ANA_NUMBER, THEIR_NUMBER

HERE = "https://repline.example.com"


class TestWithACarrier:
    @pytest.fixture
    def carrier_url(self, carrier):
        return carrier.url

    def test_reading_the_account_tells_what_changed_of_the_teams_own_numbers(self, pages, held):
        held(ANA_NUMBER).friendly_name = "Atlanta desk"
        held(THEIR_NUMBER).friendly_name = "Secret desk"
        admin = pages.admin()
        said = admin.post("/numbers/sync").get_data(as_text=True)
        assert "(404) 555-0123" in said
        assert "(212) 555-0150" not in said
        assert "Atlanta desk" in admin.get("/numbers").get_data(as_text=True)
        assert Audit.get(Audit.action == "number.a2p").actor == "admin@brightpath.example"

    def test_texts_posted_elsewhere_are_told_and_set_right_for_this_team_alone(self, pages, held):
        for number in (ANA_NUMBER, THEIR_NUMBER):
            held(number).sms_url = "https://old.example.com/<b>"
        admin = pages.admin()
        said = admin.post("/numbers/sync").get_data(as_text=True)
        assert "https://old.example.com/&lt;b&gt;" in said
        assert "Post them here" in said
        admin.post("/numbers/sync", {"webhooks": "on"})
        assert held(ANA_NUMBER).sms_url == f"{HERE}/twilio/messages{REPEATS}"
        assert held(THEIR_NUMBER).sms_url == "https://old.example.com/<b>"

    def test_a_look_up_says_what_kind_of_line_it_is(self, pages):
        admin = pages.admin()
        admin.post("/numbers/look-up", {"mobile": "404-555-0187"})
        assert "(404) 555-0187 is a mobile." in admin.get("/numbers").get_data(as_text=True)

    def test_the_checklist_says_what_is_missing(self, pages):
        admin = pages.admin()
        admin.post("/numbers/sync")
        said = admin.get("/a2p").get_data(as_text=True)
        assert "There is no brand yet." in said
        assert "The number is in no Messaging Service." in said


def test_a_carrier_that_is_away_changes_nothing_and_says_so(pages):
    admin = pages.admin()
    admin.post("/numbers/sync")
    said = admin.get("/numbers").get_data(as_text=True)
    assert "could not be read, so nothing was changed" in said
    assert Number.get(Number.e164 == ANA_NUMBER).synced_at is None


def test_what_is_no_number_stays_in_the_form(pages):
    answer = pages.admin().post("/numbers/look-up", {"mobile": "40 <four>"})
    said = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="40 &lt;four&gt;"' in said
    assert "Write it as (404) 555-0187." in said


def test_a_number_is_assigned_and_taken_back(pages, world):
    admin = pages.admin()
    here = f"/numbers/{world.number.id}"
    admin.post(f"{here}/users", {"user": str(world.ben.id)})
    assert "Ben Okafor" in admin.get(here).get_data(as_text=True)
    assert Audit.get(Audit.action == "number.assigned").subject == ANA_NUMBER
    admin.post(f"{here}/users/{world.ben.id}/remove")
    assert NumberUser.select().where(NumberUser.user == world.ben).count() == 1
    assert b"session.updated" in world.events(world.ben)[-1].frame


@pytest.mark.parametrize("user", ["", "x", "999", "9" * 40])
def test_a_user_who_is_not_there_gets_no_number(pages, world, user):
    before = NumberUser.select().count()
    pages.admin().post(f"/numbers/{world.number.id}/users", {"user": user})
    assert NumberUser.select().count() == before


def test_another_teams_number_and_users_are_not_there(pages, world):
    admin = pages.admin()
    theirs = f"/numbers/{world.their_number.id}"
    for answer in (
        admin.get(theirs),
        admin.post(f"{theirs}/users", {"user": str(world.ana.id)}),
        admin.post(f"{theirs}/users/{world.stranger.id}/remove"),
        admin.post(f"{theirs}/local-presence", {"local_presence": "on"}),
        admin.post(f"/numbers/{world.number.id}/users", {"user": str(world.stranger.id)}),
    ):
        assert answer.status_code == 404
    assert NumberUser.select().count() == 3


def test_a_number_for_calls_only_is_not_texted_from(pages, world):
    admin = pages.admin()
    admin.post(f"/numbers/{world.number.id}/local-presence", {"local_presence": "on"})
    assert Number.get_by_id(world.number.id).local_presence
    admin.post(f"/numbers/{world.number.id}/local-presence")
    assert not Number.get_by_id(world.number.id).local_presence


def test_without_numbers_it_says_how_to_come_by_one(pages, world):
    NumberUser.delete().execute()
    Number.delete().execute()
    assert "No numbers yet" in pages.admin().get("/numbers").get_data(as_text=True)
