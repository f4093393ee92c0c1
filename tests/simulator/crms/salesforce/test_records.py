"""Records: made, read, changed, deleted, and described."""

import pytest
import requests

from tests.simulator.crms.salesforce.elsewhere import ANA, KEISHA, MAYA, NORTHWIND, connect


def test_a_text_is_logged_as_a_completed_task_of_a_person_and_an_account(sf):
    text = {
        "Subject": "Text to Maya",
        "Status": "Completed",
        "TaskSubtype": "Task",
        "ActivityDate": "2026-03-02",
        "Description": "Thursday at 2?\n🙌",
        "WhoId": MAYA,
        "WhatId": NORTHWIND,
        "OwnerId": ANA,
    }
    made = sf.Task.create(text)
    assert (made["success"], made["errors"]) == (True, [])
    kept = sf.Task.get(made["id"])
    assert {name: kept[name] for name in text} == text
    assert kept["attributes"]["type"] == "Task"
    assert (kept["IsClosed"], kept["IsDeleted"], kept["Priority"]) == (True, False, "Normal")
    assert kept["CreatedDate"].endswith("+0000")


def test_a_call_has_its_length_and_its_direction(sf):
    made = sf.Task.create(
        {"TaskSubtype": "Call", "CallType": "Outbound", "CallDurationInSeconds": 62}
    )
    kept = sf.Task.get(made["id"])
    assert (kept["CallType"], kept["CallDurationInSeconds"]) == ("Outbound", 62)


def test_a_record_is_read_with_the_fields_that_are_asked_for(org, sf):
    url = f"{org.url}/services/data/v59.0/sobjects/Contact/{MAYA}"
    head = {"Authorization": f"Bearer {sf.session_id}"}
    said = requests.get(url, params={"fields": "MobilePhone,donotcall"}, headers=head, timeout=5)
    assert said.json() == {
        "attributes": {"type": "Contact", "url": f"/services/data/v59.0/sobjects/Contact/{MAYA}"},
        "MobilePhone": "(404) 555-0187",
        "DoNotCall": False,
        "Id": MAYA,
    }
    wrong = requests.get(url, params={"fields": "Shoe"}, headers=head, timeout=5)
    assert (wrong.status_code, wrong.json()[0]["errorCode"]) == (400, "INVALID_FIELD")


def test_a_change_leaves_the_other_fields_as_they_were(sf):
    assert sf.Contact.update(MAYA, {"HasOptedOutOfSms__c": True}) == 204
    maya = sf.Contact.get(MAYA)
    assert (maya["HasOptedOutOfSms__c"], maya["MobilePhone"]) == (True, "(404) 555-0187")


def test_an_empty_text_is_null_and_a_missing_checkbox_is_no(sf):
    sf.Contact.update(MAYA, {"Title": "", "DoNotCall": None})
    maya = sf.Contact.get(MAYA)
    assert (maya["Title"], maya["DoNotCall"]) == (None, False)


def test_a_deleted_record_says_that_it_is_deleted(sf, refused):
    made = sf.Task.create({"Subject": "Hi"})["id"]
    assert sf.Task.delete(made) == 204
    for call in (sf.Task.get, sf.Task.delete):
        said = refused(call, made)
        assert (said["status"], said["errorCode"]) == (404, "ENTITY_IS_DELETED")
    assert refused(sf.Task.update, made, {"Subject": "x"})["errorCode"] == "ENTITY_IS_DELETED"


@pytest.mark.parametrize("id", ["00T5Yq00000zzzz", "nonsense", MAYA])
def test_a_record_that_is_not_there_is_not_found(sf, refused, id):
    said = refused(sf.Task.get, id)
    assert (said["status"], said["errorCode"]) == (404, "NOT_FOUND")


def test_what_the_org_does_not_have_is_not_found(org, sf, refused):
    assert refused(sf.Shoe.create, {"Size": 7})["status"] == 404
    assert refused(sf.restful, "nowhere")["errorCode"] == "NOT_FOUND"
    assert refused(connect(org, version="7.0").Contact.get, MAYA)["status"] == 404
    assert refused(sf.restful, "limits", method="DELETE")["errorCode"] == "METHOD_NOT_ALLOWED"


def test_the_description_of_an_object_tells_what_may_be_written(sf, switch):
    switch("hidden:Task.Type", "read_only:Task.Subject")
    fields = {field["name"]: field for field in sf.Task.describe()["fields"]}
    assert "Type" not in fields
    assert fields["Subject"]["createable"] is False
    assert fields["Subject"]["length"] == 255
    key = fields["Repline_Key__c"]
    assert (key["externalId"], key["unique"], key["custom"]) == (True, True, True)
    assert fields["WhoId"]["referenceTo"] == ["Contact", "Lead"]
    assert fields["TaskSubtype"]["updateable"] is False
    names = [each["name"] for each in sf.describe()["sobjects"]]
    assert {"Task", "Contact", "Lead", "Opportunity"} <= set(names)


def test_versions_are_told_without_a_sign_in(org):
    said = requests.get(f"{org.url}/services/data/", timeout=5).json()
    assert "59.0" in [each["version"] for each in said]


def test_a_lead_has_a_company_and_no_account(sf):
    keisha = sf.Lead.get(KEISHA)
    assert (keisha["Company"], keisha["Status"]) == ("Bluebird Freight", "Open - Not Contacted")
    assert "AccountId" not in keisha
