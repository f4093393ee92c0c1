"""External ids: what makes it safe to say the same thing twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from simple_salesforce import SalesforceMoreThanOneRecord

from tests.simulator.crms.salesforce.elsewhere import KEY, MAYA, connect


@pytest.fixture
def upsert(org, sf):
    """``upsert(key, fields, version="59.0")`` -> the answer as it came."""

    def upsert(key, fields, version="59.0"):
        return requests.patch(
            f"{org.url}/services/data/v{version}/sobjects/Task/{KEY}/{key}",
            json=fields,
            headers={"Authorization": f"Bearer {sf.session_id}"},
            timeout=5,
        )

    return upsert


@pytest.fixture
def tasks(sf):
    """How many tasks have a key that begins so."""
    return lambda start: sf.query(f"SELECT Id FROM Task WHERE {KEY} LIKE '{start}%'")["totalSize"]


def test_the_first_upsert_creates_and_the_next_one_changes(upsert, sf, tasks):
    first = upsert("SM1", {"Subject": "Hi", "WhoId": MAYA})
    again = upsert("SM1", {"Subject": "Hello"})
    assert (first.status_code, first.json()["created"]) == (201, True)
    assert (again.status_code, again.json()["created"]) == (200, False)
    assert again.json()["id"] == first.json()["id"]
    assert first.headers["Location"].endswith(f"/sobjects/Task/{first.json()['id']}")
    kept = sf.Task.get_by_custom_id(KEY, "SM1")
    assert (kept["Subject"], kept["WhoId"]) == ("Hello", MAYA)
    assert tasks("SM") == 1


def test_before_version_46_a_change_is_answered_with_nothing(upsert):
    assert "created" not in upsert("SM1", {"Subject": "Hi"}, "45.0").json()
    again = upsert("SM1", {"Subject": "Hi"}, "45.0")
    assert (again.status_code, again.content) == (204, b"")


def test_the_library_upserts(sf, tasks):
    assert sf.Task.upsert(f"{KEY}/SM1", {"Subject": "Hi"}) == 201
    assert sf.Task.upsert(f"{KEY}/SM1", {"Subject": "Hi"}) == 200
    assert tasks("SM") == 1


def test_a_key_is_the_same_in_another_case_unless_the_field_says_otherwise(upsert, switch, tasks):
    upsert("SMab", {"Subject": "Hi"})
    assert upsert("smAB", {"Subject": "Hi"}).json()["created"] is False
    switch(f"case_sensitive:Task.{KEY}")
    assert upsert("smAB", {"Subject": "Hi"}).json()["created"] is True
    assert tasks("sm") == 2


def test_a_key_may_hold_what_a_path_does_not(upsert, sf):
    made = upsert("a%2Fb%20c", {"Subject": "Hi"}).json()["id"]
    assert sf.Task.get(made)[KEY] == "a/b c"


def test_the_key_must_not_be_in_the_body_too(upsert, tasks):
    said = upsert("SM1", {"Subject": "Hi", KEY: "SM1"})
    assert (said.status_code, said.json()[0]["errorCode"]) == (400, "INVALID_FIELD")
    assert tasks("SM") == 0


@pytest.mark.parametrize("name", ["Subject", "Nothing__c"])
def test_a_field_that_is_no_external_id_is_not_found(sf, refused, name):
    said = refused(sf.Task.upsert, f"{name}/SM1", {"Description": "Hi"})
    assert (said["status"], said["errorCode"]) == (404, "NOT_FOUND")
    assert said["message"].endswith(f"is not accessible: {name}")


def test_a_key_that_is_taken_cannot_be_created_again(sf, refused, tasks):
    made = sf.Task.create({"Subject": "Hi", KEY: "SM1"})["id"]
    said = refused(sf.Task.create, {"Subject": "Hi", KEY: "sm1"})
    assert (said["errorCode"], said["fields"]) == ("DUPLICATE_VALUE", [])
    assert said["message"].endswith(f"duplicates value on record with id: {made}")
    other = sf.Task.create({"Subject": "Hi", KEY: "SM2"})["id"]
    assert refused(sf.Task.update, other, {KEY: "SM1"})["errorCode"] == "DUPLICATE_VALUE"
    assert tasks("SM") == 2


def test_a_key_that_is_not_unique_can_match_several_and_then_nothing_changes(sf, switch, tasks):
    switch(f"not_unique:Task.{KEY}")
    made = [sf.Task.create({"Subject": "Hi", KEY: "SM1"})["id"] for _ in range(2)]
    with pytest.raises(SalesforceMoreThanOneRecord) as caught:
        sf.Task.upsert(f"{KEY}/SM1", {"Subject": "Hello"})
    assert [url.rpartition("/")[2] for url in caught.value.content] == made
    assert sf.query("SELECT Id FROM Task WHERE Subject = 'Hello'")["totalSize"] == 0


def test_a_deleted_record_gives_its_key_free(upsert, sf):
    first = upsert("SM1", {"Subject": "Hi"}).json()["id"]
    sf.Task.delete(first)
    again = upsert("SM1", {"Subject": "Hi"}).json()
    assert again["created"] is True
    assert again["id"] != first


def test_many_at_once_cannot_make_two(org, tasks):
    token = org.access_token()
    with ThreadPoolExecutor(8) as pool:
        codes = list(
            pool.map(
                lambda _: connect(org, token).Task.upsert(f"{KEY}/SM1", {"Subject": "Hi"}),
                range(16),
            )
        )
    assert sorted(codes) == [200] * 15 + [201]
    assert tasks("SM") == 1
