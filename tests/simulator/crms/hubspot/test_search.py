"""Searching: what is found, and when."""

import json

import pytest
import time_machine
from hubspot.crm.contacts.exceptions import ApiException

from tests.simulator.crms.hubspot.conftest import DEAL, MAYA


@pytest.fixture
def search(hubspot, stand_in):
    """The ids that a search finds: ``search(*filters, api=…, **request)``."""

    def search(*filters, api=None, **request):
        # A second later each time: five searches in a second are the most.
        stand_in.crm.clock.advance(1)
        asked = {"filterGroups": [{"filters": list(filters)}] if filters else [], **request}
        api = api or hubspot.crm.contacts.search_api
        return [each.id for each in api.do_search(asked).results]

    return search


def where(name, operator, value=None, **more):
    return {"propertyName": name, "operator": operator, "value": value, **more}


@pytest.mark.parametrize(
    "filter",
    [
        where("email", "EQ", "MAYA@northwind.example"),
        where("mobilephone", "EQ", "(404) 555-0187"),
        where("email", "IN", values=["maya@northwind.example", "nobody@nowhere.example"]),
        where("mobilephone", "CONTAINS_TOKEN", "*0187"),
        where("lastname", "CONTAINS_TOKEN", "okonkwo"),
        where("hs_object_id", "BETWEEN", MAYA, highValue=MAYA),
    ],
)
def test_each_way_to_find_one_person(search, filter):
    assert search(filter) == [MAYA]


def test_filters_of_a_group_all_hold_and_one_group_is_enough(search):
    has, lead = where("mobilephone", "HAS_PROPERTY"), where("lifecyclestage", "EQ", "lead")
    leads = search(lead)
    assert len(leads) == 2
    assert search(has, lead) == leads
    both = [{"filters": [where("firstname", "EQ", "maya")]}, {"filters": [lead]}]
    assert set(search(filterGroups=both)) == {MAYA, *leads}
    assert search(where("firstname", "NEQ", "maya"), where("hs_object_id", "EQ", MAYA)) == []


def test_the_open_deals_of_a_contact_are_found(hubspot, search, stand_in):
    deals = hubspot.crm.deals.search_api
    (contact,) = search(where("associations.deal", "EQ", DEAL))
    is_open = where("hs_is_closed", "EQ", "false")
    assert search(where("associations.contact", "EQ", contact), is_open, api=deals) == [DEAL]
    stand_in.crm.put("deals", DEAL, {"dealstage": "closedlost"})
    assert search(where("associations.contact", "EQ", contact), is_open, api=deals) == []


def test_what_was_just_created_is_not_found_yet(hubspot, search, log, stand_in):
    made = log("Hi")
    texts = hubspot.crm.objects.communications.search_api
    channel = where("hs_communication_channel_type", "EQ", "SMS")
    assert search(channel, api=texts) == []
    assert hubspot.crm.objects.communications.basic_api.get_by_id(made.id).id == made.id
    stand_in.crm.clock.advance(stand_in.crm.settings.search_lag)
    assert search(channel, api=texts) == [made.id]


def test_order_and_pages(hubspot, stand_in):
    api = hubspot.crm.contacts.search_api
    asked = {"sorts": ["-lastname"], "properties": ["lastname"], "limit": 10}
    first = api.do_search(asked)
    rest = api.do_search({**asked, "after": first.paging.next.after})
    names = [each.properties["lastname"].casefold() for each in (*first.results, *rest.results)]
    assert first.total == len(names) == 17
    assert names == sorted(names, reverse=True)
    assert rest.paging is None


def test_words_are_looked_for_in_names_and_numbers(search):
    assert search(query="maya okonkwo") == [MAYA]


@pytest.mark.parametrize(
    "wrong",
    [
        {"filterGroups": [{"filters": [where("shoe_size", "EQ", "44")]}]},
        {"filterGroups": [{"filters": [where("email", "SOUNDS_LIKE", "x")]}]},
        {"filterGroups": [{"filters": [where("email", "IN")]}]},
        {"filterGroups": [{"filters": [where("email", "EQ")]}]},
        {"filterGroups": [{"filters": []}] * 6},
        {"sorts": ["shoe_size"]},
        {"limit": 201},
        {"after": "10000"},
        {"after": "soon"},
    ],
)
def test_a_search_that_makes_no_sense_is_refused(hubspot, wrong):
    with pytest.raises(ApiException) as caught:
        hubspot.crm.contacts.search_api.do_search(wrong)
    assert caught.value.status == 400
    assert "VALIDATION_ERROR" in caught.value.body


def test_the_sixth_search_in_a_second_is_too_many(hubspot, stand_in):
    api = hubspot.crm.contacts.search_api
    with time_machine.travel(stand_in.crm.now(), tick=False):
        for _ in range(5):
            api.do_search({})
        with pytest.raises(ApiException) as caught:
            api.do_search({})
        assert caught.value.status == 429
        assert json.loads(caught.value.body)["policyName"] == "SECONDLY"
        stand_in.crm.clock.advance(1)
        assert api.do_search({}).total == 17
