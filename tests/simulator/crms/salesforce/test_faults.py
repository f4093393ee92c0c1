"""Each fault does what it says, where and as often as it says, and the ledger tells the truth."""

import pytest
import requests
from simple_salesforce import SalesforceError

from simulator.crms.spoiling import HUGE
from tests.simulator.crms.salesforce.elsewhere import KEY, MAYA


@pytest.fixture
def log(sf):
    """Log a text under a key, as the product does."""
    return lambda key="a", **fields: sf.Task.upsert(f"{KEY}/{key}", {"Subject": "Hi", **fields})


@pytest.fixture
def logged(org):
    """The keys of the tasks that were written, in order."""

    def logged():
        with org.store.look() as books:
            writes = [write for write in books.writes if write.by == "api"]
        return [write.fields.get(KEY, write.did) for write in writes]

    return logged


def test_a_crm_that_is_down_answers_with_a_page_and_carries_nothing_out(org, log, logged):
    org.fault("down", times=2)
    for _ in range(2):
        with pytest.raises(SalesforceError) as caught:
            log()
        assert caught.value.status == 503
        assert "<h1>Service unavailable</h1>" in caught.value.content
    assert logged() == []
    assert log() == 201
    assert logged() == ["a"]


def test_without_times_it_is_down_until_it_is_disarmed(org, log, logged):
    org.fault("down", times=None)
    for _ in range(5):
        with pytest.raises(SalesforceError):
            log()
    assert requests.delete(f"{org.url}/simulator/faults", timeout=5).json() == {"faults": []}
    assert log() == 201
    assert logged() == ["a"]


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("expired", 401, "INVALID_SESSION_ID"),
        ("limit", 403, "REQUEST_LIMIT_EXCEEDED"),
        ("error", 500, "UNKNOWN_EXCEPTION"),
    ],
)
def test_a_refusal_is_worded_as_salesforce_does(org, sf, refused, logged, kind, status, code):
    org.fault(kind)
    said = refused(sf.Task.create, {"Subject": "Hi", KEY: "a"})
    assert (said["status"], said["errorCode"]) == (status, code)
    assert logged() == []


def test_a_connection_can_end_before_anything_is_carried_out(org, log, logged):
    org.fault("refused")
    with pytest.raises(requests.ConnectionError):
        log()
    assert logged() == []


def test_an_answer_can_be_lost_after_the_task_is_written(org, log, logged):
    org.fault("lost")
    with pytest.raises(requests.ConnectionError):
        log()
    assert logged() == ["a"]
    assert log() == 200
    assert logged() == ["a", "updated"]


def test_an_answer_can_break_off(org, sf, logged):
    org.fault("truncated")
    with pytest.raises(requests.RequestException):
        sf.Task.create({"Subject": "Hi", KEY: "a"})
    assert logged() == ["a"]


def test_a_page_can_come_with_200(org, sf, logged):
    org.fault("html")
    with pytest.raises(requests.JSONDecodeError):
        sf.Task.create({"Subject": "Hi"})
    assert logged() == []


def test_an_answer_can_be_huge(org, sf):
    org.fault("huge")
    said = sf.Contact.get(MAYA)
    assert (said["Id"], len(said["filler"])) == (MAYA, HUGE)


def test_an_answer_can_lack_its_usual_fields(org, sf):
    org.fault("missing", fields=["records"])
    assert sf.query("SELECT Id FROM Task").keys() == {"totalSize", "done"}
    org.fault("missing")
    assert sf.Task.create({"Subject": "Hi"}) == {}
    org.fault("missing", fields=["Id", "MobilePhone"])
    (maya,) = sf.query(f"SELECT Id, Name, MobilePhone FROM Contact WHERE Id='{MAYA}'")["records"]
    assert maya.keys() == {"attributes", "Name"}


def test_an_answer_can_be_slow_and_the_task_is_written_all_the_same(org, logged):
    org.fault("slow", seconds=30)
    url = f"{org.url}/services/data/v59.0/sobjects/Task"
    head = {"Authorization": f"Bearer {org.access_token()}"}
    with pytest.raises(requests.ReadTimeout):
        requests.post(url, json={"Subject": "Hi", KEY: "a"}, headers=head, timeout=0.3)
    assert org.store.wait_for(lambda _: logged() == ["a"])


def test_a_field_can_be_rejected_and_what_does_not_have_it_is_taken(org, sf, refused, logged):
    org.fault("reject_fields", fields=["Type"], times=None)
    said = refused(sf.Task.create, {"Subject": "Hi", "Type": "SMS", KEY: "a"})
    assert (said["errorCode"], said["fields"]) == ("INVALID_FIELD_FOR_INSERT_UPDATE", ["Type"])
    assert logged() == []
    sf.Task.create({"Subject": "Hi", KEY: "a"})
    assert logged() == ["a"]


def test_a_fault_can_wait_for_its_turn(org, log, logged):
    org.fault("lost", skip=2, path="/Task/")
    assert [log("a"), log("b")] == [201, 201]
    with pytest.raises(requests.ConnectionError):
        log("c")
    assert log("d") == 201
    assert logged() == ["a", "b", "c", "d"]


def test_a_fault_for_a_method_and_a_path_leaves_the_others_alone(org, sf, log):
    org.fault("down", method="GET", path=r"/Contact/003")
    assert log() == 201
    assert sf.query("SELECT Id FROM Contact")["totalSize"] == 15
    with pytest.raises(SalesforceError):
        sf.Contact.get(MAYA)
    assert sf.Contact.get(MAYA)


def test_the_sign_in_can_fail_too(org):
    org.fault("down", path="/oauth2/token")
    assert requests.post(f"{org.url}/services/oauth2/token", timeout=5).status_code == 503
    org.fault("expired")
    refused = requests.post(f"{org.url}/services/oauth2/token", timeout=5)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_client_id")


def test_a_spoiled_answer_waits_for_a_request_that_is_carried_out(org, sf, log, logged):
    org.fault("down")
    org.fault("lost")
    with pytest.raises(SalesforceError):
        log()
    with pytest.raises(requests.ConnectionError):
        log()
    assert logged() == ["a"]


def test_inside_a_composite_call_a_rejected_field_fails_its_own_request(org, sf):
    org.fault("reject_fields", fields=["Type"])
    url = f"/services/data/v59.0/sobjects/Task/{KEY}"
    asked = [
        {"method": "PATCH", "url": f"{url}/{key}", "referenceId": key, "body": {"Type": "SMS"}}
        for key in ("a", "b")
    ]
    answers = sf.restful("composite", method="POST", json={"compositeRequest": asked})
    statuses = [each["httpStatusCode"] for each in answers["compositeResponse"]]
    assert statuses == [400, 201]


def test_faults_are_armed_and_listed_over_http(org):
    url = f"{org.url}/simulator/faults"
    assert requests.post(url, json={"kind": "down", "times": None}, timeout=5).status_code == 201
    more = [{"kind": "lost", "method": "PATCH", "skip": 1}, {"kind": "slow", "seconds": 2}]
    armed = requests.post(url, json=more, timeout=5).json()["faults"]
    assert [fault["kind"] for fault in armed] == ["down", "lost", "slow"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "earthquake"},
        {"kind": "down", "times": 0},
        {"kind": "down", "skip": -1},
        {"kind": "down", "path": "("},
        {"kind": "slow", "seconds": 4000},
        {"kind": "reject_fields"},
        {"kind": "down", "tmies": 2},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused_with_a_reason(org, wrong):
    url = f"{org.url}/simulator/faults"
    answer = requests.post(url, json=wrong, timeout=5)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("not what is expected here")
    assert requests.get(url, timeout=5).json() == {"faults": []}


def test_a_fault_that_fits_nothing_stays_armed(org, sf):
    org.fault("down", path="/nothing")
    assert sf.Contact.get(MAYA)
    armed = requests.get(f"{org.url}/simulator/faults", timeout=5).json()["faults"]
    assert armed == [{"kind": "down", "path": "/nothing"}]
