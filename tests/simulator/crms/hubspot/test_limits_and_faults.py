"""Too many requests, and everything that goes wrong on the way, in HubSpot's words."""

import json

import pytest
import requests
import urllib3

from simulator.crms.crm import open_crm
from simulator.crms.hubspot.dialect import HubSpot
from simulator.crms.serving import StandIn
from simulator.crms.settings import Settings
from tests.simulator.crms.hubspot.conftest import MAYA


@pytest.fixture
def ask():
    """One plain request: ``ask(stand_in)``."""

    def ask(stand_in):
        headers = {"Authorization": f"Bearer {stand_in.access_token()}"}
        url = f"{stand_in.url}/crm/v3/objects/contacts"
        return requests.get(url, headers=headers, timeout=5)

    return ask


@pytest.mark.parametrize(
    ("settings", "policy", "wait"),
    [
        (Settings(burst=2), "TEN_SECONDLY_ROLLING", 10),
        (Settings(budget=2), "DAILY", 86_400),
    ],
)
def test_what_is_over_the_limit_waits_until_the_window_has_passed(ask, settings, policy, wait):
    with StandIn(open_crm(HubSpot(), settings)) as stand_in:
        left = [ask(stand_in).headers["X-HubSpot-RateLimit-Remaining"] for _ in range(2)]
        refused = ask(stand_in)
        assert refused.status_code == 429
        assert refused.json()["errorType"] == "RATE_LIMIT"
        assert refused.json()["policyName"] == policy
        stand_in.crm.clock.advance(wait)
        assert ask(stand_in).ok
        assert left == (["1", "0"] if settings.burst else ["109", "108"])


def test_the_usual_limit_is_110_in_ten_seconds(stand_in, ask):
    with StandIn(open_crm(HubSpot())) as usual:
        headers = ask(usual).headers
    assert headers["X-HubSpot-RateLimit-Max"] == "110"
    assert headers["X-HubSpot-RateLimit-Interval-Milliseconds"] == "10000"


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("limit", 429, '"policyName":"TEN_SECONDLY_ROLLING"'),
        ("expired", 401, '"category":"EXPIRED_AUTHENTICATION"'),
        ("error", 500, '"category":"INTERNAL_ERROR"'),
        ("down", 503, "HubSpot is down for maintenance"),
    ],
)
def test_a_request_that_is_turned_away_is_not_carried_out(stand_in, log, kind, status, words):
    stand_in.fault(kind)
    with pytest.raises(Exception, match=r"^\(\d+\)") as caught:
        log()
    assert caught.value.status == status
    assert words in caught.value.body.replace('": "', '":"')
    assert stand_in.store.books.of("communications") == {}
    assert log().id


def test_an_answer_that_is_lost_leaves_a_logged_text(stand_in, log, key):
    stand_in.fault("lost", method="POST", path="/communications$")
    with pytest.raises(urllib3.exceptions.HTTPError):
        log("once", **{key: "SM1"})
    assert len(stand_in.store.books.of("communications")) == 1
    with pytest.raises(Exception, match="CONFLICTING_UNIQUE_VALUE"):
        log("once", **{key: "SM1"})


def test_a_field_that_is_rejected_is_named(stand_in, log):
    stand_in.fault("reject_fields", fields=["hubspot_owner_id"])
    with pytest.raises(Exception, match="PROPERTY_DOESNT_EXIST") as caught:
        log(hubspot_owner_id="101")
    errors = json.loads(caught.value.body)["errors"]
    assert errors[0]["context"] == {"propertyName": ["hubspot_owner_id"]}
    assert log().id


@pytest.mark.parametrize(
    "body", ["", "null", "[]", '{"properties": []}', '{"properties":', "[" * 5000, "\xff"]
)
def test_a_body_that_is_no_record_is_refused(stand_in, body):
    answer = requests.post(
        f"{stand_in.url}/crm/v3/objects/notes",
        data=body.encode("latin-1"),
        headers={"Authorization": f"Bearer {stand_in.access_token()}"},
        timeout=5,
    )
    assert (answer.status_code, answer.json()["category"]) == (400, "VALIDATION_ERROR")


def test_the_page_of_a_contact_shows_what_was_logged_as_text(stand_in, log):
    log("<script>alert(1)</script>")
    page = requests.get(f"{stand_in.url}/contacts/4711000/record/0-1/{MAYA}", timeout=5)
    assert page.ok
    assert "Maya Okonkwo" in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("where", ["1/record/0-1/1000101", "4711000/record/0-1/999"])
def test_there_is_no_page_of_what_is_not_there(stand_in, where):
    assert requests.get(f"{stand_in.url}/contacts/{where}", timeout=5).status_code == 404


def test_the_ledger_tells_every_text_that_was_taken_in_order(stand_in, log):
    first, second = log("one").id, log("two").id
    activities = requests.get(f"{stand_in.url}/simulator/activities", timeout=5).json()
    logged = [a["id"] for a in activities["activities"] if a["by"] == "api"]
    assert logged == [first, second]
