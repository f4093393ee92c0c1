"""Contacts and leads as they are now."""

from dataclasses import replace

import pytest

from backend.crm_port import Busy
from simulator.crms.dynamics.seeding import id_of
from tests.backend.crms.dynamics.conftest import LEAD, WHO
from tests.backend.crms.houses import JONAS

OTHER = id_of("contact", JONAS)


def test_a_contact_that_was_merged_is_the_one_that_is_left(crm, edge, access, fields):
    master = {"_masterid_value": OTHER, "_masterid_value@table": "contact"}
    crm.crm.put("contact", WHO, {**master, "statecode": 1, "statuscode": 2})
    assert edge.read(access, fields, "contact", WHO).id == OTHER


def test_two_contacts_that_were_merged_into_each_other_are_read_all_the_same(
    crm, edge, access, fields
):
    for one, other in ((WHO, OTHER), (OTHER, WHO)):
        master = {"_masterid_value": other, "_masterid_value@table": "contact"}
        crm.crm.put("contact", one, master)
    assert edge.read(access, fields, "contact", WHO).id in (WHO, OTHER)


def test_a_column_that_the_org_lacks_costs_no_other(edge, access, fields):
    record = edge.read(access, replace(fields, extension="new_gone"), "contact", WHO)
    assert (record.extension, record.name) == ("", "Maya Okonkwo")


def test_a_lead_is_a_person_with_a_company(edge, access, fields):
    record = edge.read(access, fields, "lead", LEAD)
    assert record.type == "lead"
    assert record.account
    assert record.opportunities == ()


def test_opportunities_that_the_role_may_not_see_are_none(crm, edge, access, fields):
    crm.crm.switches.add("missing:prvReadOpportunity")
    record = edge.read(access, fields, "contact", WHO)
    assert (record.name, record.opportunities) == ("Maya Okonkwo", ())


def test_a_closed_opportunity_is_none(crm, edge, access, fields):
    (open,) = edge.read(access, fields, "contact", WHO).opportunities
    assert open.primary
    crm.crm.put("opportunity", open.id, {"statecode": 1, "statuscode": 3})
    assert edge.read(access, fields, "contact", WHO).opportunities == ()


def test_flags_of_contacts_and_leads_are_told_of_those_that_are_there(edge, access, fields):
    edge.set_do_not_text(access, fields, "lead", LEAD, True)
    refs = [("contact", WHO), ("lead", LEAD), ("contact", id_of("contact", 999))]
    assert edge.do_not_text(access, fields, refs) == {refs[0]: False, refs[1]: True}


def test_ticking_a_contact_that_is_gone_makes_none(crm, edge, access, fields):
    crm.crm.remove("contact", WHO)
    edge.set_do_not_text(access, fields, "contact", WHO, True)
    assert WHO not in crm.store.books.of("contact")


def test_service_protection_says_how_long_to_wait(crm, edge, access, fields):
    crm.fault("limit")
    with pytest.raises(Busy) as busy:
        edge.read(access, fields, "contact", WHO)
    assert busy.value.wait == 12_000


def test_users_who_are_disabled_are_none(crm, edge, access):
    everybody = {each.id for each in edge.users(access)}
    gone = id_of("systemuser", 3)
    crm.crm.put("systemuser", gone, {"isdisabled": True})
    assert {each.id for each in edge.users(access)} == everybody - {gone}
