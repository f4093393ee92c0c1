"""Licenses over REST: seats, holders, and the history of both."""

import pytest

from backend.models import License


def test_seats_and_holders_are_listed_and_paged(api_):
    page = api_.ask("GET", "/licenses").json
    assert page["seats"] == [
        {"kind": "messenger", "seats": None, "used": 3, "free": None},
        {"kind": "dialer", "seats": None, "used": 0, "free": None},
    ]
    assert {each["email"] for each in page["licenses"]} == {
        "ana@brightpath.example",
        "ben@brightpath.example",
        "admin@brightpath.example",
    }
    seen, before = [], ""
    while before is not None:
        page = api_.ask("GET", f"/licenses?limit=1&before={before}").json
        seen += [each["user"] for each in page["licenses"]]
        before = page["next"] or None
    assert len(seen) == len(set(seen)) == 3
    assert api_.ask("GET", "/licenses?kind=dialer").json["licenses"] == []


def test_a_license_is_given_and_taken_once_and_open_panes_are_told(api_):
    world = api_.world
    one = f"/users/{world.ana.id}/licenses/dialer"
    for _ in range(2):
        assert api_.ask("PUT", one).status_code == 204
    assert api_.ask("GET", f"/users/{world.ana.id}").json["licenses"] == ["dialer", "messenger"]
    told = len(world.events(world.ana))
    for _ in range(2):
        assert api_.ask("DELETE", f"/users/{world.ana.id}/licenses/messenger").status_code == 204
    assert len(world.events(world.ana)) == told + 1
    assert b"no_license" in world.events(world.ana)[-1].frame
    history = api_.ask("GET", "/licenses/history").json["audit"]
    assert [(each["action"], each["subject"]) for each in history] == [
        ("license.revoked", "ana@brightpath.example"),
        ("license.granted", "ana@brightpath.example"),
    ]
    assert history[1]["after"] == {"kind": "dialer"}
    assert api_.ask("GET", "/licenses/history?limit=1").json["next"]


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_kind_that_is_none_is_not_there(api_, method):
    assert api_.ask(method, f"/users/{api_.world.ana.id}/licenses/pilot").status_code == 404
    assert api_.ask(method, "/users/999/licenses/dialer").status_code == 404


def test_more_licenses_than_seats_are_refused(api_):
    assert api_.ask("PATCH", "/licenses", {"dialer": 0}).json["seats"][1] == {
        "kind": "dialer",
        "seats": 0,
        "used": 0,
        "free": 0,
    }
    answer = api_.ask("PUT", f"/users/{api_.world.ana.id}/licenses/dialer")
    assert (answer.status_code, answer.json["type"]) == (409, "urn:repline:refused")
    assert License.select().where(License.kind == "dialer").count() == 0


def test_seats_that_are_left_out_stay_and_null_is_no_limit(api_):
    api_.ask("PATCH", "/licenses", {"messenger": 9, "dialer": 0})
    api_.ask("PATCH", "/licenses", {"messenger": 10})
    seats = api_.ask("PATCH", "/licenses", {"messenger": None}).json["seats"]
    assert [each["seats"] for each in seats] == [None, 0]


def test_seats_that_cannot_be_are_refused_each_at_its_kind(api_):
    answer = api_.ask("PATCH", "/licenses", {"messenger": 2, "dialer": -1})
    assert answer.status_code == 400
    said = {each["field"]: each["detail"] for each in answer.json["errors"]}
    assert "3 users hold a messenger license" in said["messenger"]
    assert "whole number" in said["dialer"]
    assert api_.ask("PATCH", "/licenses", {"dialer": 10**30}).json["field"] == "dialer"
    assert api_.ask("PATCH", "/licenses", {"pilot": 1}).json["field"] == "pilot"
