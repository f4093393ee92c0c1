"""What a test, a demo or an auditor does to a CRM from outside of its API."""

import pytest
import requests

from tests.simulator.crms.salesforce.elsewhere import KEISHA, KEY, MAYA


@pytest.fixture
def control(org):
    """``control("PATCH", "records/Contact/…", json)`` -> the answer."""

    def control(method, path, json=None):
        return requests.request(method, f"{org.url}/simulator/{path}", json=json, timeout=5)

    return control


def test_a_user_of_the_crm_changes_a_mobile_and_ticks_do_not_text(sf, control):
    change = {"MobilePhone": "(404) 555-0199", "HasOptedOutOfSms__c": True}
    kept = control("PATCH", f"records/Contact/{MAYA[:15]}", change).json()
    assert (kept["id"], kept["fields"]["MobilePhone"]) == (MAYA, "(404) 555-0199")
    maya = sf.Contact.get(MAYA)
    assert (maya["MobilePhone"], maya["HasOptedOutOfSms__c"]) == ("(404) 555-0199", True)
    assert maya["Email"] == "maya@northwind.example"


def test_a_change_moves_the_time_at_which_the_record_was_changed(sf, control, org):
    before = sf.Contact.get(MAYA)
    assert control("POST", "clock", {"advance_seconds": 60}).ok
    control("PATCH", f"records/Contact/{MAYA}", {"Title": "CEO"})
    after = sf.Contact.get(MAYA)
    assert after["SystemModstamp"] > before["SystemModstamp"]
    assert after["CreatedDate"] == before["CreatedDate"]


def test_a_user_of_the_crm_deletes_a_person(sf, control, refused):
    assert control("DELETE", f"records/Lead/{KEISHA}").ok
    assert refused(sf.Lead.get, KEISHA)["errorCode"] == "ENTITY_IS_DELETED"
    assert control("DELETE", f"records/Lead/{KEISHA}").status_code == 404


def test_a_record_can_be_put_where_there_is_none(sf, control):
    made = control("PUT", "records/Contact/0035Yq00000zzzz", {"LastName": "Ng"}).json()["id"]
    assert sf.Contact.get(made)["Name"] == "Ng"


@pytest.mark.parametrize(
    ("method", "path", "json"),
    [
        ("PATCH", "records/Contact/0035Yq00000zzzz", {"LastName": "Ng"}),
        ("PATCH", f"records/Shoe/{MAYA}", {"Size": 7}),
        ("GET", "records/Shoe", None),
    ],
)
def test_what_is_not_there_is_not_found(control, method, path, json):
    answer = control(method, path, json)
    assert answer.status_code == 404
    assert answer.json()["error"]


def test_activities_and_writes_tell_what_was_accepted_and_by_whom(sf, control):
    sf.Task.upsert(f"{KEY}/a", {"Subject": "Hi", "WhoId": MAYA})
    sf.Task.upsert(f"{KEY}/a", {"Subject": "Hello"})
    gone = sf.Task.create({"Subject": "Gone"})["id"]
    sf.Task.delete(gone)
    logged = [a for a in control("GET", "activities").json()["activities"] if a["by"] == "api"]
    assert [(a["object"], a["fields"]["Subject"], a["fields"]["WhoId"]) for a in logged] == [
        ("Task", "Hello", MAYA)
    ]
    writes = control("GET", "writes?object=Task").json()["writes"]
    ours = [(write["did"], write["fields"]) for write in writes if write["by"] == "api"]
    assert ours == [
        ("created", {"Subject": "Hi", "WhoId": MAYA, KEY: "a"}),
        ("updated", {"Subject": "Hello"}),
        ("created", {"Subject": "Gone"}),
        ("deleted", {}),
    ]
    numbers = [write["number"] for write in writes]
    assert numbers == sorted(numbers)


def test_requests_are_counted_by_method_and_path(sf, control):
    sf.Contact.get(MAYA)
    sf.Contact.get(MAYA)
    counted = control("GET", "requests").json()["requests"]
    assert counted == {"GET /services/data/v<version>/sobjects/<object>/<id>": 2}


def test_a_reset_brings_back_what_was_seeded_and_ends_every_sign_in(sf, control, org, refused):
    sf.Contact.update(MAYA, {"Title": "CEO"})
    sf.Task.create({"Subject": "Hi"})
    org.fault("down")
    assert control("POST", "reset").json() == {"reset": True}
    assert control("GET", "faults").json() == {"faults": []}
    assert control("GET", "records/Contact").json()["records"][MAYA]["Title"] == "VP Operations"
    assert all(a["by"] == "person" for a in control("GET", "activities").json()["activities"])
    assert refused(sf.Contact.get, MAYA)["errorCode"] == "INVALID_SESSION_ID"


def test_a_form_of_another_page_cannot_reach_the_controls(org):
    answer = requests.post(f"{org.url}/simulator/faults", data={"kind": "down"}, timeout=5)
    assert answer.status_code == 415
    other = requests.get(f"{org.url}/simulator/faults", headers={"Host": "evil.example"}, timeout=5)
    assert other.status_code == 400
