"""What belongs together, in the fourth version of associations."""

import pytest
from hubspot.crm.associations.v4.exceptions import ApiException

from simulator.crms.hubspot.seeding import id_of
from tests.simulator.crms.hubspot.conftest import DEAL, MAYA

EVE = id_of("contacts", 104)


@pytest.fixture
def associations(hubspot):
    return hubspot.crm.associations.v4


def listed(associations, *where):
    found = associations.basic_api.get_page(*where).results
    return {str(each.to_object_id): [t.type_id for t in each.association_types] for each in found}


def test_a_default_association_needs_no_type_and_is_seen_from_both_sides(
    stand_in, associations, log
):
    text = log(contact=MAYA).id
    made = associations.basic_api.create_default("communications", text, "deals", DEAL)
    assert [each.association_spec.association_type_id for each in made.results] == [85, 86]
    assert listed(associations, "communications", text, "deals") == {DEAL: [85]}
    assert listed(associations, "deals", DEAL, "communications") == {text: [86]}
    before = len(stand_in.store.books.writes)
    associations.basic_api.create_default("deal", DEAL, "0-18", text)
    assert len(stand_in.store.books.writes) == before


def test_a_text_is_moved_from_one_person_to_another(associations, log):
    text = log(contact=MAYA).id
    associations.basic_api.create_default("communications", text, "contacts", EVE)
    associations.basic_api.archive("communications", text, "contacts", MAYA)
    assert listed(associations, "communications", text, "contacts") == {EVE: [81]}
    assert listed(associations, "contacts", MAYA, "communications") == {}


def test_a_labelled_association_is_added_to_the_default_one(associations):
    company = id_of("accounts", 101)
    spec = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 1}
    made = associations.basic_api.create("contacts", MAYA, "companies", company, [spec])
    assert made.labels == ["Primary"]
    assert listed(associations, "contacts", MAYA, "companies") == {company: [1, 279]}
    assert listed(associations, "companies", company, "contacts")[MAYA] == [2, 280]


def test_the_types_of_a_pair_are_listed_with_their_labels(hubspot):
    types = hubspot.crm.associations.v4.schema.definitions_api.get_all("contacts", "companies")
    found = [(each.type_id, each.label) for each in types.results]
    assert found == [(279, None), (1, "Primary")]


def test_a_label_that_the_account_added_is_its_own(hubspot):
    types = hubspot.crm.associations.v4.schema.definitions_api.get_all("contacts", "deals")
    found = [(each.category, each.label) for each in types.results]
    assert found == [("HUBSPOT_DEFINED", None), ("USER_DEFINED", "Primary contact")]


def test_many_records_are_asked_at_once(associations):
    asked = {"inputs": [{"id": EVE}, {"id": "999"}]}
    read = associations.batch_api.get_page("contacts", "deals", asked)
    assert [each._from.id for each in read.results] == [EVE]
    assert str(read.results[0].to[0].to_object_id) == DEAL
    assert "999" in read.errors[0].message


@pytest.mark.parametrize(
    ("where", "status"),
    [
        (("communications", "999", "contacts", MAYA), 404),
        (("contacts", MAYA, "contacts", EVE), 400),
        (("contacts", MAYA, "submarines", "1"), 400),
    ],
)
def test_what_cannot_be_associated_is_refused(associations, where, status):
    with pytest.raises(ApiException) as caught:
        associations.basic_api.create_default(*where)
    assert caught.value.status == status


def test_a_type_of_another_pair_is_refused(associations, log):
    spec = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194}
    with pytest.raises(ApiException) as caught:
        associations.basic_api.create("communications", log().id, "contacts", MAYA, [spec])
    assert caught.value.status == 400


def test_a_new_text_with_types_of_two_pairs_is_refused_and_not_made(
    stand_in, hubspot, communication
):
    spec = {"associationCategory": "HUBSPOT_DEFINED"}
    types = [{**spec, "associationTypeId": number} for number in (81, 85)]
    wrong = {
        "properties": communication(),
        "associations": [{"to": {"id": MAYA}, "types": types}],
    }
    with pytest.raises(Exception, match="VALIDATION_ERROR"):
        hubspot.crm.objects.communications.basic_api.create(wrong)
    assert stand_in.store.books.of("communications") == {}
