"""What an org refuses, and that it then has written nothing."""

import pytest

from tests.simulator.crms.salesforce.elsewhere import (
    ANA,
    DEAL,
    KEISHA,
    MAYA,
    NORTHWIND,
)


@pytest.fixture(autouse=True)
def nothing_is_written(org):
    """Whatever is refused leaves the ledger as it was."""
    with org.store.look() as books:
        before = len(books.writes)
    yield
    with org.store.look() as books:
        assert [write for write in books.writes[before:] if write.by == "api"] == []


@pytest.mark.parametrize(
    ("fields", "code", "about"),
    [
        ({"Subject": "x" * 256}, "STRING_TOO_LONG", ["Subject"]),
        ({"Description": "x" * 32_001}, "STRING_TOO_LONG", ["Description"]),
        ({"CallObject": "x" * 256}, "STRING_TOO_LONG", ["CallObject"]),
        ({"CallType": "Sideways"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", ["CallType"]),
        ({"TaskSubtype": "SMS"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", ["TaskSubtype"]),
        ({"WhoId": NORTHWIND}, "FIELD_INTEGRITY_EXCEPTION", ["WhoId"]),
        ({"WhatId": MAYA}, "FIELD_INTEGRITY_EXCEPTION", ["WhatId"]),
        ({"WhoId": KEISHA, "WhatId": DEAL}, "FIELD_INTEGRITY_EXCEPTION", ["WhatId"]),
        ({"WhoId": "somebody"}, "MALFORMED_ID", ["WhoId"]),
        ({"WhoId": "0035Yq00000zzzz"}, "INVALID_CROSS_REFERENCE_KEY", ["WhoId"]),
        ({"IsClosed": True}, "INVALID_FIELD_FOR_INSERT_UPDATE", ["IsClosed"]),
        ({"CreatedDate": "2026-01-01"}, "INVALID_FIELD_FOR_INSERT_UPDATE", ["CreatedDate"]),
    ],
)
def test_a_field_that_cannot_be_so_is_named(sf, refused, fields, code, about):
    said = refused(sf.Task.create, {"Subject": "Hi", **fields})
    assert (said["status"], said["errorCode"], said["fields"]) == (400, code, about)


@pytest.mark.parametrize(
    "fields",
    [{"Subject": 7}, {"ActivityDate": "soon"}, {"CallDurationInSeconds": "long"}, {"WhoId": []}],
)
def test_a_value_of_the_wrong_type_cannot_be_read(sf, refused, fields):
    assert refused(sf.Task.create, fields)["errorCode"] == "JSON_PARSER_ERROR"


@pytest.mark.parametrize("raw", ["", "[]", '"Task"', "{"])
def test_a_body_that_is_no_object_cannot_be_read(sf, refused, raw):
    said = refused(sf.restful, "sobjects/Task", method="POST", data=raw)
    assert (said["status"], said["errorCode"]) == (400, "JSON_PARSER_ERROR")


def test_required_fields_are_required_for_a_new_record_and_cannot_be_emptied(sf, refused):
    said = refused(sf.Contact.create, {"FirstName": "Maya"})
    assert (said["errorCode"], said["fields"]) == ("REQUIRED_FIELD_MISSING", ["LastName"])
    assert refused(sf.Contact.update, MAYA, {"LastName": None})["fields"] == ["LastName"]
    assert refused(sf.Lead.create, {"LastName": "Ng"})["fields"] == ["Company"]


def test_an_address_must_look_like_one(sf, refused):
    said = refused(sf.Contact.update, MAYA, {"Email": "maya at home"})
    assert said["errorCode"] == "INVALID_EMAIL_ADDRESS"


def test_the_subtype_of_a_task_cannot_change(sf, org, refused):
    made = org.crm.put("Task", "00T5Yq00000zzzz", {"Subject": "Hi"})
    said = refused(sf.Task.update, made, {"TaskSubtype": "Call"})
    assert said["fields"] == ["TaskSubtype"]


def test_the_id_goes_into_the_address_and_not_into_the_body(sf, refused):
    said = refused(sf.Contact.update, MAYA, {"Id": MAYA})
    assert (said["errorCode"], said["status"]) == ("INVALID_FIELD", 400)
    assert said["message"] == "The Id field should not be specified in the sobject data."


def test_an_org_without_the_custom_field_has_no_such_column(sf, refused, switch):
    switch("missing:Task.Repline_Key__c")
    said = refused(sf.Task.create, {"Subject": "Hi", "Repline_Key__c": "a"})
    assert said["errorCode"] == "INVALID_FIELD"
    assert said["message"] == "No such column 'Repline_Key__c' on sobject of type Task"


@pytest.mark.parametrize("verb", ["hidden", "read_only"])
def test_a_field_that_the_user_may_not_change_is_refused(sf, refused, switch, verb):
    switch(f"{verb}:Task.Type")
    said = refused(sf.Task.create, {"Subject": "Hi", "Type": "SMS"})
    assert (said["errorCode"], said["fields"]) == ("INVALID_FIELD_FOR_INSERT_UPDATE", ["Type"])


def test_a_picklist_that_an_admin_restricted_takes_no_other_values(sf, refused, switch):
    switch("restricted:Task.Type")
    said = refused(sf.Task.create, {"Subject": "Hi", "Type": "Text"})
    assert said["errorCode"] == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    assert said["message"] == "Type: bad value for restricted picklist field: Text"


def test_a_record_that_somebody_else_is_changing_is_locked(sf, refused, switch):
    switch(f"locked:{MAYA}")
    for call, given in (
        (sf.Task.create, {"Subject": "Hi", "WhoId": MAYA}),
        (sf.Contact.update, None),
    ):
        args = [given] if given else [MAYA, {"Title": "CEO"}]
        assert refused(call, *args)["errorCode"] == "UNABLE_TO_LOCK_ROW"


def test_nothing_is_logged_for_a_person_who_was_deleted(sf, org, refused):
    org.crm.remove("Contact", MAYA)
    said = refused(sf.Task.create, {"Subject": "Hi", "WhoId": MAYA})
    assert (said["status"], said["errorCode"]) == (400, "ENTITY_IS_DELETED")


def test_a_user_of_another_id_can_own_nothing(sf, refused):
    said = refused(sf.Task.create, {"Subject": "Hi", "OwnerId": ANA[:14] + "zzzz"})
    assert said["errorCode"] == "MALFORMED_ID"
