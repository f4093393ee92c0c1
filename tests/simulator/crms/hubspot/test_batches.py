"""Up to 100 records at once, and upserts by a unique property."""

import json

import pytest
from hubspot.crm.objects.communications.exceptions import ApiException

from tests.simulator.crms.hubspot.conftest import MAYA


@pytest.fixture
def upsert(hubspot, communication):
    """``upsert((id, body), …, by=…)``"""

    def upsert(*texts, by="repline_key", **more):
        inputs = [
            {"id": id, "idProperty": by, "properties": communication(body), **more}
            for id, body in texts
        ]
        api = hubspot.crm.objects.communications.batch_api
        return api.upsert({"inputs": inputs}).results

    return upsert


def test_an_upsert_makes_once_and_then_changes(hubspot, upsert, key, stand_in):
    (first,) = upsert(("SM1", "one"))
    assert first.new
    again, other = upsert(("SM1", "one, corrected"), ("SM2", "two"))
    assert (again.id, again.new, other.new) == (first.id, False, True)
    kept = stand_in.store.books.of("communications")
    assert kept[first.id]["hs_communication_body"] == "one, corrected"
    assert kept[first.id][key] == "SM1"
    assert len(kept) == 2


def test_an_upsert_takes_no_associations(hubspot, upsert, key):
    spec = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 81}
    (made,) = upsert(("SM1", "one"), associations=[{"to": {"id": MAYA}, "types": [spec]}])
    api = hubspot.crm.objects.communications.basic_api
    assert api.get_by_id(made.id, associations=["contacts"]).associations is None


@pytest.mark.parametrize("by", ["hs_communication_body", "repline_key", "hs_object_id", ""])
def test_an_upsert_needs_a_property_with_unique_values(upsert, by):
    with pytest.raises(ApiException) as caught:
        upsert(("SM1", "one"), by=by)
    assert caught.value.status == 400
    assert "non-unique 0-18 property" in caught.value.body


def test_one_value_twice_in_a_batch_is_refused_and_nothing_is_made(upsert, key, stand_in):
    with pytest.raises(ApiException) as caught:
        upsert(("SM1", "one"), ("sm1", "two"))
    assert json.loads(caught.value.body)["context"] == {"ids": ["sm1"]}
    assert stand_in.store.books.of("communications") == {}


def test_a_batch_with_one_that_cannot_be_makes_none(hubspot, communication, stand_in):
    inputs = [communication("one"), communication("two", hs_timestamp="never")]
    with pytest.raises(ApiException) as caught:
        hubspot.crm.objects.communications.batch_api.create(
            {"inputs": [{"properties": each} for each in inputs]}
        )
    assert caught.value.status == 400
    assert stand_in.store.books.of("communications") == {}


def test_a_batch_holds_a_hundred(hubspot, communication):
    api = hubspot.crm.objects.communications.batch_api
    inputs = [{"properties": communication(str(number))} for number in range(100)]
    assert len(api.create({"inputs": inputs}).results) == 100
    with pytest.raises(ApiException) as caught:
        api.create({"inputs": [*inputs, inputs[0]]})
    assert caught.value.status == 400


def test_a_batch_that_is_read_says_who_is_missing(hubspot):
    api = hubspot.crm.contacts.batch_api
    asked = {"inputs": [{"id": MAYA}, {"id": "999"}], "properties": ["firstname"]}
    read = api.read(asked)
    assert [each.properties["firstname"] for each in read.results] == ["Maya"]
    assert read.errors[0].context == {"ids": ["999"]}


def test_a_batch_is_changed_and_archived_by_id(hubspot, log, stand_in):
    api = hubspot.crm.objects.communications.batch_api
    ids = [log(body).id for body in ("one", "two")]
    changed = [{"id": id, "properties": {"hs_communication_body": ""}} for id in ids]
    assert len(api.update({"inputs": changed}).results) == 2
    kept = stand_in.store.books.of("communications")
    assert [each["hs_communication_body"] for each in kept.values()] == [None, None]
    api.archive({"inputs": [{"id": id} for id in ids]})
    assert kept == {}
