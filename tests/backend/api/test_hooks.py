"""Hooks over REST: made, switched, removed, and what failed told again."""

import pytest

from backend.models import Hook, HookDelivery

NEW = {"url": "https://crm.example/hook", "events": ["message.sent", "message.failed"]}


def test_a_hook_is_made_switched_and_removed(api_):
    made = api_.ask("POST", "/hooks", NEW)
    assert made.status_code == 201
    assert made.json["secret"].startswith("whsec_")
    one = f"/hooks/{made.json['id']}"
    assert api_.ask("GET", "/hooks").json["hooks"] == [made.json]
    assert api_.ask("PATCH", one, {"enabled": False}).json["enabled"] is False
    assert api_.ask("DELETE", one).status_code == 204
    assert api_.ask("DELETE", one).status_code == 404
    assert api_.ask("GET", "/hooks").json["hooks"] == []


def test_all_that_is_wrong_is_said_at_once(api_):
    answer = api_.ask("POST", "/hooks", {"url": "http://10.0.0.1/", "events": ["all"]})
    assert (answer.status_code, answer.json["type"]) == (400, "urn:repline:invalid")
    assert {each["field"] for each in answer.json["errors"]} == {"url", "events"}


@pytest.mark.parametrize(("body", "field"), [({"url": "x"}, "url"), ({**NEW, "on": 1}, "on")])
def test_a_body_that_is_not_as_declared_names_its_field(api_, body, field):
    assert api_.ask("POST", "/hooks", body).json["field"] == field


def test_what_failed_is_listed_and_told_again(api_):
    hook = Hook.get_by_id(api_.ask("POST", "/hooks", NEW).json["id"])
    HookDelivery.create(
        team=api_.world.team, hook=hook, event="message.sent", body="{}", state="failed",
        attempts=9, answer="410 Gone", not_before=0, created_at=5,
    )  # fmt: skip
    one = f"/hooks/{hook.id}"
    (found,) = api_.ask("GET", one + "/deliveries").json["deliveries"]
    assert (found["state"], found["answer"], found["attempts"]) == ("failed", "410 Gone", 9)
    assert api_.ask("POST", one + "/retry").status_code == 204
    (found,) = api_.ask("GET", one + "/deliveries").json["deliveries"]
    assert (found["state"], found["attempts"]) == ("waiting", 0)
