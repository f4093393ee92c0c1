"""Quick replies over REST: everybody reads them, admins look after the team's."""

import pytest

from backend.models import QuickReply
from backend.store import quick_replies as stored

ANA = "ana@brightpath.example"
HOURS = {"name": "Hours", "body": "We open at nine."}


def test_admins_write_change_and_remove_what_everybody_reads(api_):
    made = api_.ask("POST", "/quick-replies", HOURS)
    assert (made.status_code, made.json["shared"]) == (201, True)
    one = f"/quick-replies/{made.json['id']}"
    assert api_.ask("GET", "/quick-replies", who=ANA).json["quick_replies"] == [made.json]
    changed = api_.ask("PATCH", one, {"body": "We open at ten."}).json
    assert changed == {**made.json, "body": "We open at ten."}
    assert api_.ask("PATCH", one, {"name": "Opening"}).json["name"] == "Opening"
    assert api_.ask("DELETE", one).status_code == 204
    assert api_.ask("GET", "/quick-replies", who=ANA).json["quick_replies"] == []
    assert api_.ask("DELETE", one).status_code == 404


def test_a_users_own_are_read_by_them_alone_and_are_no_admins_business(api_):
    world = api_.world
    own = world.writer(lambda tx: stored.add(tx, world.team.id, world.ana.id, "Mine", "Hi."))
    (found,) = api_.ask("GET", "/quick-replies", who=ANA).json["quick_replies"]
    assert (found["id"], found["shared"]) == (own, False)
    assert api_.ask("GET", "/quick-replies").json["quick_replies"] == []
    assert api_.ask("DELETE", f"/quick-replies/{own}").status_code == 404
    assert api_.ask("PATCH", f"/quick-replies/{own}", {"name": "Ours"}).status_code == 404


def test_a_key_that_reads_finds_them(api_):
    api_.ask("POST", "/quick-replies", HOURS)
    found = api_.call("GET", "/quick-replies", token=api_.key("read", who=ANA))
    assert len(found.json["quick_replies"]) == 1
    assert api_.call("GET", "/quick-replies", token=api_.key("send")).status_code == 403


def test_both_fields_are_told_what_is_wrong_with_them(api_):
    answer = api_.ask("POST", "/quick-replies", {"name": "\u200b", "body": "x" * 1601})
    assert answer.status_code == 400
    assert {each["field"] for each in answer.json["errors"]} == {"name", "body"}
    assert QuickReply.select().count() == 0


@pytest.mark.parametrize("name", ["Hours", " HOURS "])
def test_a_name_that_is_taken_is_refused_at_its_field(api_, name):
    api_.ask("POST", "/quick-replies", HOURS)
    answer = api_.ask("POST", "/quick-replies", {**HOURS, "name": name})
    assert (answer.status_code, answer.json["field"]) == (409, "name")


def test_a_change_made_from_what_somebody_else_changed_meanwhile_is_refused(api_):
    one = f"/quick-replies/{api_.ask('POST', '/quick-replies', HOURS).json['id']}"
    assert api_.ask("PATCH", one, {"body": "At ten.", "made_from": HOURS}).status_code == 200
    answer = api_.ask("PATCH", one, {"body": "At eleven.", "made_from": HOURS})
    assert (answer.status_code, answer.json["field"]) == (409, "body")
    assert QuickReply.get().body == "At ten."
