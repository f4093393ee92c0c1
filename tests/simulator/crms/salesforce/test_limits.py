"""Who may call, and how often."""

import pytest
import requests

from tests.simulator.crms.salesforce.elsewhere import MAYA, connect


def test_each_answer_says_how_much_of_the_day_is_used(sf):
    sf.Contact.get(MAYA)
    sf.query("SELECT Id FROM User")
    usage = sf.api_usage["api-usage"]
    assert (usage.used, usage.total) == (2, 500)
    assert sf.limits()["DailyApiRequests"] == {"Max": 500, "Remaining": 497}


def test_a_day_that_is_used_up_refuses_until_calls_are_a_day_old(org, sf, refused):
    for _ in range(3):
        sf.Contact.get(MAYA)
    with org.store.change() as books:
        books.calls += [org.crm.now()] * 497
    said = refused(sf.Contact.get, MAYA)
    assert (said["status"], said["errorCode"]) == (403, "REQUEST_LIMIT_EXCEEDED")
    clock = f"{org.url}/simulator/clock"
    assert requests.post(clock, json={"advance_seconds": 86_401}, timeout=5).ok
    assert connect(org).Contact.get(MAYA)["Id"] == MAYA


@pytest.mark.parametrize("token", ["", "wrong"])
def test_without_a_token_that_holds_nothing_is_said(org, refused, token):
    said = refused(connect(org, token or " ").Contact.get, MAYA)
    assert (said["status"], said["errorCode"]) == (401, "INVALID_SESSION_ID")
    assert said["message"] == "Session expired or invalid"


def test_a_token_ends_after_two_hours(org, sf, refused):
    advance = {"advance_seconds": 2 * 3600 - 60}
    assert requests.post(f"{org.url}/simulator/clock", json=advance, timeout=5).ok
    assert sf.Contact.get(MAYA)
    requests.post(f"{org.url}/simulator/clock", json={"advance_seconds": 61}, timeout=5)
    assert refused(sf.Contact.get, MAYA)["errorCode"] == "INVALID_SESSION_ID"


def test_a_token_without_the_api_among_its_scopes_may_not_use_it(org, refused):
    narrow = connect(org, org.access_token(scopes=("id", "refresh_token")))
    said = refused(narrow.Contact.get, MAYA)
    assert (said["status"], said["errorCode"]) == (401, "INVALID_SESSION_ID")
    assert said["message"] == "This session is not valid for use with the REST API"
