"""Privileges, limits, and everything that goes wrong on the way, in Dataverse's words."""

import pytest
import requests

from simulator.crms.crm import open_crm
from simulator.crms.dynamics.dialect import Dynamics
from simulator.crms.serving import StandIn
from simulator.crms.settings import Settings
from tests.simulator.crms.dynamics.conftest import MAYA

NEW = "7e57ab1e-0000-5000-8000-000000000001"


@pytest.fixture
def switch(stand_in):
    def switch(*names):
        url = f"{stand_in.url}/simulator/switches"
        assert requests.post(url, json={"on": list(names)}, timeout=5).ok

    return switch


@pytest.mark.parametrize(
    ("privilege", "method", "path"),
    [
        ("prvCreateActivity", "POST", "phonecalls"),
        ("prvCreateActivity", "PATCH", f"phonecalls({NEW})"),
        ("prvReadContact", "GET", f"contacts({MAYA})"),
        ("prvWriteContact", "PATCH", f"contacts({MAYA})"),
        ("prvDeleteContact", "DELETE", f"contacts({MAYA})"),
        ("prvReadUser", "GET", "systemusers"),
    ],
)
def test_a_user_without_the_privilege_is_told_which(ask, switch, privilege, method, path):
    switch(f"missing:{privilege}")
    answer = ask(method, path, json=None if method == "GET" else {})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "0x80040220")
    assert f"is missing {privilege} privilege" in answer.json()["error"]["message"]


def test_too_many_requests_wait_as_long_as_they_are_told():
    with StandIn(open_crm(Dynamics(), Settings(burst=2))) as stand_in:
        headers = {"Authorization": f"Bearer {stand_in.access_token()}"}
        url = f"{stand_in.url}/api/data/v9.2/WhoAmI"
        left = [requests.get(url, headers=headers, timeout=5).headers for _ in range(2)]
        assert [h["x-ms-ratelimit-burst-remaining-xrm-requests"] for h in left] == ["1", "0"]
        refused = requests.get(url, headers=headers, timeout=5)
        assert refused.status_code == 429
        assert refused.json()["error"]["code"] == "0x80072322"
        assert "limit of 2 over" in refused.json()["error"]["message"]
        wait = int(refused.headers["Retry-After"])
        assert 0 < wait <= 300
        stand_in.crm.clock.advance(wait)
        assert requests.get(url, headers=headers, timeout=5).ok


@pytest.mark.parametrize(
    ("kind", "code"),
    [("requests", "0x80072322"), ("time", "0x80072321"), ("concurrent", "0x80072326")],
)
def test_each_kind_of_limit_has_its_code(stand_in, ask, switch, kind, code):
    switch(f"limit:{kind}")
    stand_in.fault("limit")
    answer = ask("GET", "contacts")
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, code)
    assert int(answer.headers["Retry-After"]) > 0
    assert ask("GET", "contacts").ok


@pytest.mark.parametrize(("kind", "status"), [("expired", 401), ("error", 500), ("down", 503)])
def test_a_request_that_is_turned_away_is_not_carried_out(stand_in, ask, call, kind, status):
    stand_in.fault(kind)
    assert ask("PATCH", f"phonecalls({NEW})", json=call()).status_code == status
    assert NEW not in stand_in.store.books.of("phonecall")
    assert ask("PATCH", f"phonecalls({NEW})", json=call()).ok


def test_an_answer_that_is_lost_leaves_one_call_however_often_it_is_tried(stand_in, ask, call):
    stand_in.fault("lost", method="PATCH")
    with pytest.raises(requests.ConnectionError):
        ask("PATCH", f"phonecalls({NEW})", json=call())
    headers = {"If-None-Match": "*"}
    again = ask("PATCH", f"phonecalls({NEW})", json=call(), headers=headers)
    assert again.status_code == 412
    made = [w for w in stand_in.store.books.writes if w.by == "api"]
    assert [(w.did, w.id) for w in made] == [("created", NEW)]


def test_a_field_that_is_rejected_is_named(stand_in, ask, call):
    stand_in.fault("reject_fields", fields=["phonenumber"])
    answer = ask("POST", "phonecalls", json=call())
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "0x80048d19")
    assert "property 'phonenumber' does not exist" in answer.json()["error"]["message"]


def test_the_page_of_a_contact_shows_what_was_logged_as_text(stand_in, ask, call):
    ask("POST", "phonecalls", json=call(description="<script>alert(1)</script>"))
    url = f"{stand_in.url}/main.aspx"
    params = {"etn": "contact", "id": f"{{{MAYA.upper()}}}", "pagetype": "entityrecord"}
    page = requests.get(url, params=params, timeout=5)
    assert "Maya Okonkwo" in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    for wrong in ({"etn": "submarine"}, {"id": "1"}, {"id": NEW}, {"pagetype": "entitylist"}):
        assert requests.get(url, params={**params, **wrong}, timeout=5).status_code == 404


def test_the_ledger_tells_every_call_that_was_taken(stand_in, ask, call):
    ask("PATCH", f"phonecalls({NEW})", json=call())
    told = requests.get(f"{stand_in.url}/simulator/activities", timeout=5).json()["activities"]
    (logged,) = [each for each in told if each["by"] == "api"]
    assert (logged["object"], logged["id"]) == ("phonecall", NEW)
    assert logged["fields"]["description"] == "Hi Maya"
