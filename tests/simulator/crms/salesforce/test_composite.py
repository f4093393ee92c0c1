"""Several requests in one call: their order, their references, and all or none."""

import pytest

from tests.simulator.crms.salesforce.elsewhere import DEAL, KEY, MAYA

ROOT = "/services/data/v59.0"


@pytest.fixture
def composite(sf):
    """``composite(*requests, all_or_none=False)`` -> the answers."""

    def composite(*requests, all_or_none=False):
        asked = {"allOrNone": all_or_none, "compositeRequest": list(requests)}
        return sf.restful("composite", method="POST", json=asked)["compositeResponse"]

    return composite


@pytest.fixture
def upsert_many(sf):
    def upsert_many(*records, all_or_none=False):
        typed = [{"attributes": {"type": "Task"}, **each} for each in records]
        asked = {"allOrNone": all_or_none, "records": typed}
        return sf.restful(f"composite/sobjects/Task/{KEY}", method="PATCH", json=asked)

    return upsert_many


def text(key, **fields):
    return {
        "method": "PATCH",
        "url": f"{ROOT}/sobjects/Task/{KEY}/{key}",
        "referenceId": key,
        "body": {"Subject": "Hi", **fields},
    }


def count(sf, where="Subject = 'Hi'"):
    return sf.query(f"SELECT Id FROM Task WHERE {where}")["totalSize"]


def test_answers_come_in_order_and_a_failure_leaves_the_others(composite, sf):
    answers = composite(text("a"), text("b", CallType="Sideways"), text("c"))
    assert [each["referenceId"] for each in answers] == ["a", "b", "c"]
    assert [each["httpStatusCode"] for each in answers] == [201, 400, 201]
    refused = answers[1]["body"][0]
    assert refused["errorCode"] == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    assert count(sf) == 2


def test_all_or_none_leaves_nothing_when_one_fails(composite, sf, org):
    answers = composite(text("a"), text("b", CallType="Sideways"), text("c"), all_or_none=True)
    codes = [each["body"][0]["errorCode"] for each in answers]
    assert codes == [
        "PROCESSING_HALTED",
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        "PROCESSING_HALTED",
    ]
    assert count(sf) == 0
    with org.store.look() as books:
        assert [write for write in books.writes if write.by == "api"] == []


def test_what_came_before_can_be_referred_to(composite, sf):
    answers = composite(
        {
            "method": "POST",
            "url": f"{ROOT}/sobjects/Contact",
            "referenceId": "who",
            "body": {"LastName": "Ng"},
        },
        text("a", WhoId="@{who.id}"),
        {
            "method": "GET",
            "url": f"{ROOT}/sobjects/Task/@{{a.id}}?fields=WhoId",
            "referenceId": "back",
        },
    )
    assert [each["httpStatusCode"] for each in answers] == [201, 201, 200]
    assert answers[2]["body"]["WhoId"] == answers[0]["body"]["id"]
    assert answers[0]["httpHeaders"]["Location"].endswith(answers[0]["body"]["id"])


def test_a_query_can_be_asked_and_its_first_record_used(composite):
    soql = f"SELECT+Id+FROM+Opportunity+WHERE+Id='{DEAL}'"
    answers = composite(
        {"method": "GET", "url": f"{ROOT}/query?q={soql}", "referenceId": "deal"},
        text("a", WhoId=MAYA, WhatId="@{deal.records[0].Id}"),
    )
    assert [each["httpStatusCode"] for each in answers] == [200, 201]


def test_a_reference_to_what_failed_is_refused(composite):
    answers = composite(
        text("a", CallType="x"), text("b", WhoId="@{a.id}"), text("c", WhoId="@{z}")
    )
    assert [each["httpStatusCode"] for each in answers] == [400, 400, 400]
    for each in answers[1:]:
        assert each["body"][0]["errorCode"] == "PROCESSING_HALTED"
        assert each["body"][0]["message"].startswith("Invalid reference specified.")


def test_more_than_25_are_too_many_and_25_are_one_call(composite, sf, org, refused):
    asked = {"compositeRequest": [text(f"k{number}") for number in range(26)]}
    said = refused(sf.restful, "composite", method="POST", json=asked)
    assert (said["status"], said["errorCode"]) == (400, "LIMIT_EXCEEDED")
    with org.store.look() as books:
        before = len(books.calls)
    composite(*asked["compositeRequest"][:25])
    with org.store.look() as books:
        assert len(books.calls) == before + 1


@pytest.mark.parametrize("url", ["/simulator/reset", f"{ROOT}/composite", "https://elsewhere/"])
def test_a_request_inside_goes_to_the_data_alone(composite, url):
    (answer,) = composite({"method": "POST", "url": url, "referenceId": "a", "body": {}})
    assert answer["httpStatusCode"] == 400


@pytest.mark.parametrize("asked", [{}, {"compositeRequest": {}}, {"compositeRequest": ["x"]}])
def test_what_is_no_list_of_requests_cannot_be_read(sf, refused, asked):
    said = refused(sf.restful, "composite", method="POST", json=asked)
    assert said["errorCode"] == "JSON_PARSER_ERROR"


def test_a_collection_is_upserted_record_by_record(upsert_many, sf):
    first = upsert_many({KEY: "a", "Subject": "Hi"}, {KEY: "b", "Subject": "Hi"})
    assert [each["created"] for each in first] == [True, True]
    again = upsert_many(
        {KEY: "A", "Subject": "Hello"},
        {KEY: "c", "Subject": "x" * 256},
        {"Subject": "no key"},
        {KEY: "d", "Subject": "Hi"},
    )
    assert [each["success"] for each in again] == [True, False, False, True]
    assert (again[0]["id"], again[0]["created"]) == (first[0]["id"], False)
    assert again[1]["errors"][0]["statusCode"] == "STRING_TOO_LONG"
    assert again[1]["errors"][0]["fields"] == ["Subject"]
    assert again[2]["errors"][0]["statusCode"] == "MISSING_ARGUMENT"
    assert count(sf) == 2


def test_a_collection_with_all_or_none_is_kept_whole_or_not_at_all(upsert_many, sf):
    results = upsert_many(
        {KEY: "a", "Subject": "Hi"}, {KEY: "b", "CallType": "x"}, all_or_none=True
    )
    assert [each["errors"][0]["statusCode"] for each in results] == [
        "ALL_OR_NONE_OPERATION_ROLLED_BACK",
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    ]
    assert count(sf) == 0


def test_the_same_key_twice_in_a_collection_is_refused_both_times(upsert_many, sf):
    results = upsert_many({KEY: "a", "Subject": "Hi"}, {KEY: "A", "Subject": "Hi"})
    assert [each["errors"][0]["statusCode"] for each in results] == ["DUPLICATE_VALUE"] * 2
    assert count(sf) == 0


def test_a_key_that_several_have_is_refused_in_a_collection(upsert_many, sf, switch):
    switch(f"not_unique:Task.{KEY}")
    for _ in range(2):
        sf.Task.create({"Subject": "Hi", KEY: "a"})
    (result,) = upsert_many({KEY: "a", "Subject": "Hello"})
    assert result["errors"][0]["statusCode"] == "DUPLICATE_EXTERNAL_ID"


def test_a_collection_holds_200(upsert_many, sf, refused):
    records = [{KEY: f"k{number}", "Subject": "Hi"} for number in range(200)]
    assert all(each["created"] for each in upsert_many(*records))
    asked = {"records": [*records, {KEY: "one more"}]}
    url = f"composite/sobjects/Task/{KEY}"
    assert refused(sf.restful, url, method="PATCH", json=asked)["errorCode"] == "EXCEEDED_ID_LIMIT"
