"""Ids: 15 characters whose case matters, 18 with a checksum, both accepted."""

import pytest

from simulator.crms.salesforce import ids
from simulator.crms.salesforce.objects import OBJECTS
from tests.simulator.crms.salesforce.elsewhere import MAYA


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("001D000000IqhSL", "001D000000IqhSLIAZ"),
        ("0015w000029KTYH", "0015w000029KTYHAA4"),
        ("001Vr00000m4eGC", "001Vr00000m4eGCIAY"),
    ],
)
def test_the_suffix_is_the_one_that_salesforce_gives(short, long):
    assert ids.long_form(short) == long
    assert ids.long_form(long) == long


@pytest.mark.parametrize("wrong", ["", "003", "003REP00000001dYBB", "003REP0000000é1", "x" * 17])
def test_what_is_no_id_has_no_long_form(wrong):
    assert ids.long_form(wrong) is None


def test_numbers_give_different_ids_with_the_prefix_of_their_object():
    made = {ids.of_number(o.prefix, n) for o in OBJECTS.values() for n in range(1, 200)}
    assert len(made) == len(OBJECTS) * 199
    assert {id[:3] for id in made} == {"005", "001", "003", "00Q", "006", "00K", "00T"}


def test_a_record_is_found_by_either_form_and_answers_with_the_long_one(sf):
    assert sf.Contact.get(MAYA[:15])["Id"] == sf.Contact.get(MAYA)["Id"] == MAYA


def test_references_are_kept_in_the_long_form(sf):
    made = sf.Task.create({"Subject": "Hi", "WhoId": MAYA[:15]})
    assert sf.Task.get(made["id"])["WhoId"] == MAYA
