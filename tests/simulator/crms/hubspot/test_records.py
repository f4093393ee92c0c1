"""Records through the real client: read, written, refused, merged."""

import json

import pytest
from hubspot.crm.objects.exceptions import ApiException
from hubspot.crm.properties.exceptions import ApiException as PropertyRefused

from tests.simulator.crms.hubspot.conftest import DEAL, MAYA


@pytest.fixture
def refused():
    """The status and the body with which a call is refused: ``refused(call, *args)``."""

    def refused(call, *args, **options):
        with pytest.raises(Exception, match=r"^\(\d+\)") as caught:
            call(*args, **options)
        return caught.value.status, json.loads(caught.value.body)

    return refused


def test_a_contact_is_read_with_what_was_asked_for(hubspot):
    names = ["mobilephone", "firstname", "jobtitle", "company", "unheard_of"]
    maya = hubspot.crm.contacts.basic_api.get_by_id(
        MAYA, properties=names, associations=["companies", "deals"]
    )
    assert maya.id == MAYA
    assert maya.properties["mobilephone"] == "(404) 555-0187"
    assert maya.properties["company"] is None
    assert "unheard_of" not in maya.properties
    assert [each.type for each in maya.associations["companies"].results] == ["contact_to_company"]


def test_a_logged_text_is_on_its_contact(hubspot, log):
    made = log("<b>Hi</b>")
    contact = hubspot.crm.contacts.basic_api.get_by_id(MAYA, associations=["communications"])
    assert [each.id for each in contact.associations["communications"].results] == [made.id]
    read = hubspot.crm.objects.communications.basic_api.get_by_id(
        made.id, properties=["hs_communication_body", "hs_timestamp"]
    )
    assert read.properties["hs_communication_body"] == "<b>Hi</b>"
    assert read.properties["hs_timestamp"] == "2026-03-04T15:00:00.000Z"


def test_a_text_without_associations_is_taken_and_on_no_timeline(hubspot, communication):
    made = hubspot.crm.objects.communications.basic_api.create({"properties": communication()})
    contact = hubspot.crm.contacts.basic_api.get_by_id(MAYA, associations=["communications"])
    assert made.id
    assert contact.associations is None


def test_an_association_with_nobody_creates_nothing(stand_in, log, refused):
    status, body = refused(log, contact="999")
    assert status == 400
    assert body["errors"][0]["message"] == "CONTACT=999 is not valid"
    assert stand_in.store.books.of("communications") == {}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"repline_sid": "SM1"}, "PROPERTY_DOESNT_EXIST"),
        ({"hs_communication_channel_type": "FAX"}, "INVALID_OPTION"),
        ({"hs_communication_logged_from": "REPLINE"}, "INVALID_OPTION"),
        ({"hs_timestamp": "yesterday"}, "INVALID_DATE"),
        ({"hs_communication_body": "x" * 65_537}, "PROPERTY_VALUE_TOO_LONG"),
        ({"hs_object_id": "7"}, "READ_ONLY_VALUE"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_is_made(stand_in, log, refused, wrong, code):
    status, body = refused(log, **wrong)
    assert (status, body["category"]) == (400, "VALIDATION_ERROR")
    assert body["errors"][0]["code"] == code
    assert body["errors"][0]["context"] == {"propertyName": list(wrong)}
    assert stand_in.store.books.of("communications") == {}


def test_a_body_of_the_longest_length_is_taken(log):
    assert log("x" * 65_536).id


@pytest.mark.parametrize("lacking", ["hs_communication_channel_type", "hs_timestamp"])
def test_a_text_needs_its_channel_and_its_time(log, refused, lacking):
    status, body = refused(log, **{lacking: ""})
    assert status == 400
    assert body["context"] == {"properties": [lacking]}


def test_a_time_may_be_in_milliseconds(log, hubspot):
    made = log(hs_timestamp="1772636400000")
    assert made.properties["hs_timestamp"] == "2026-03-04T15:00:00.000Z"


def test_a_unique_value_is_taken_once(log, hubspot, refused, key):
    first = log("one", **{key: "SM1"})
    status, body = refused(log, "two", **{key: "sm1"})
    assert status == 400
    assert body["errors"][0]["code"] == "CONFLICTING_UNIQUE_VALUE"
    assert f"{first.id} already has that value" in body["message"]
    found = hubspot.crm.objects.communications.basic_api.get_by_id("SM1", id_property=key)
    assert found.id == first.id


def test_an_email_that_somebody_has_is_a_conflict_that_names_them(hubspot, refused):
    create = hubspot.crm.contacts.basic_api.create
    status, body = refused(create, {"properties": {"email": "Maya@northwind.example"}})
    assert (status, body["category"]) == (409, "CONFLICT")
    assert body["message"] == f"Contact already exists. Existing ID: {MAYA}"


def test_a_record_is_looked_for_by_unique_properties_only(hubspot, refused):
    fetch = hubspot.crm.contacts.basic_api.get_by_id
    status, body = refused(fetch, "Maya", id_property="firstname")
    assert status == 400
    assert "non-unique 0-1 property firstname" in body["message"]


def test_a_change_keeps_what_it_does_not_name(hubspot, stand_in):
    hubspot.crm.contacts.basic_api.update(MAYA, {"properties": {"mobilephone": "+14045550199"}})
    maya = hubspot.crm.contacts.basic_api.get_by_id(MAYA, properties=["mobilephone", "jobtitle"])
    assert maya.properties["mobilephone"] == "+14045550199"
    assert maya.properties["jobtitle"] == "VP Operations"
    assert [w.did for w in stand_in.store.books.writes if w.by == "api"] == ["updated"]


def test_what_is_not_there_is_object_not_found(hubspot, refused):
    status, body = refused(hubspot.crm.contacts.basic_api.get_by_id, "999")
    assert (status, body["category"]) == (404, "OBJECT_NOT_FOUND")


def test_a_deleted_record_is_found_among_the_archived_only(hubspot, log, refused):
    api = hubspot.crm.objects.communications.basic_api
    made = log()
    api.archive(made.id)
    assert refused(api.get_by_id, made.id)[0] == 404
    assert api.get_by_id(made.id, archived=True).archived
    api.archive(made.id)


def test_the_old_id_of_a_merged_contact_leads_to_the_one_that_stayed(hubspot, log):
    made = log("Hi", contact=MAYA)
    create = hubspot.crm.contacts.basic_api.create
    double = create({"properties": {"firstname": "Maya", "city": "Atlanta"}})
    hubspot.crm.contacts.basic_api.merge({"primaryObjectId": double.id, "objectIdToMerge": MAYA})
    found = hubspot.crm.contacts.basic_api.get_by_id(
        MAYA, properties=["city", "mobilephone"], associations=["communications"]
    )
    assert found.id == double.id
    assert found.properties["city"] == "Atlanta"
    assert found.properties["mobilephone"] == "(404) 555-0187"
    assert [each.id for each in found.associations["communications"].results] == [made.id]
    assert log("Again", contact=MAYA).id


def test_pages_follow_each_other(hubspot):
    first = hubspot.crm.contacts.basic_api.get_page(limit=10)
    rest = hubspot.crm.contacts.basic_api.get_page(limit=10, after=first.paging.next.after)
    assert rest.paging is None
    ids = [each.id for each in (*first.results, *rest.results)]
    assert len(set(ids)) == len(ids) == 17


def test_a_closed_deal_says_so(hubspot):
    deals = hubspot.crm.deals.basic_api
    assert deals.get_by_id(DEAL, properties=["hs_is_closed"]).properties["hs_is_closed"] == "false"
    deals.update(DEAL, {"properties": {"dealstage": "closedwon"}})
    assert deals.get_by_id(DEAL, properties=["hs_is_closed"]).properties["hs_is_closed"] == "true"


def test_the_pipeline_tells_which_stages_are_closed(hubspot):
    (pipeline,) = hubspot.crm.pipelines.pipelines_api.get_all("deals").results
    closed = [stage.id for stage in pipeline.stages if stage.metadata["isClosed"] == "true"]
    assert closed == ["closedwon", "closedlost"]


def test_owners_are_found_by_email(hubspot):
    (ana,) = hubspot.crm.owners.owners_api.get_page(email="ana@brightpath.example").results
    assert (ana.first_name, ana.last_name) == ("Ana", "Ruiz")
    by_user = hubspot.crm.owners.owners_api.get_by_id(ana.user_id, id_property="userId")
    assert by_user.id == ana.id
    assert len(hubspot.crm.owners.owners_api.get_page().results) > 1


def test_a_property_is_added_once_and_can_go_again(hubspot, key):
    api = hubspot.crm.properties.core_api
    assert api.get_by_name("communications", key).has_unique_value
    with pytest.raises(PropertyRefused) as caught:
        api.create(
            "communications",
            {"name": key, "label": "x", "groupName": "x", "type": "string", "fieldType": "text"},
        )
    assert caught.value.status == 409
    api.archive("communications", key)
    names = [each.name for each in api.get_all("communications").results]
    assert "hs_communication_body" in names
    assert key not in names


def test_an_object_that_there_is_not_is_refused(hubspot):
    with pytest.raises(ApiException) as caught:
        hubspot.crm.objects.basic_api.get_page("submarines")
    assert caught.value.status == 400
    assert "Unable to infer object type from: submarines" in caught.value.body
