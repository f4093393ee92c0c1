"""Contacts as they are now: merged ones, owners who have left, fields that nobody has filled."""

from backend.crm_port import Fields
from simulator.crms.hubspot.seeding import id_of
from tests.backend.crms.houses import JONAS
from tests.backend.crms.hubspot.conftest import WHO
from tests.backend.crms.hubspot.test_activities import merge

OTHER = id_of("contacts", JONAS)


def test_a_contact_that_was_merged_is_told_under_the_id_that_is_left(edge, access, fields, crm):
    merge(crm, access, OTHER, WHO)
    assert edge.read(access, fields, "contact", WHO).id == OTHER


def test_a_flag_is_told_under_the_id_that_was_asked_for(edge, access, fields, crm):
    merge(crm, access, OTHER, WHO)
    edge.set_do_not_text(access, fields, "contact", WHO, True)
    refs = [("contact", WHO), ("contact", OTHER), ("lead", "1")]
    assert edge.do_not_text(access, fields, refs) == dict.fromkeys(refs[:2], True)


def test_a_flag_that_nobody_touched_is_off_and_one_that_is_not_chosen_is_not_told(edge, access):
    chosen = edge.read(access, Fields(do_not_text="do_not_text"), "contact", WHO)
    assert chosen.do_not_text is False
    assert edge.read(access, Fields(), "contact", WHO).do_not_text is None
    gone = edge.read(access, Fields(do_not_text="was_deleted"), "contact", WHO)
    assert gone.do_not_text is None


def test_the_record_says_who_owns_it_and_where_its_page_is(edge, access, fields, crm):
    record = edge.read(access, fields, "contact", WHO)
    assert record.owner_email.endswith("@brightpath.example")
    assert record.url == f"{crm.url}/contacts/{access.org}/record/0-1/{WHO}"
    assert (record.account, record.time_zone) == ("Northwind Logistics", "America/New_York")
    crm.crm.put("contacts", WHO, {"hubspot_owner_id": "999999"})
    assert edge.read(access, fields, "contact", WHO).owner_email == ""


def test_a_time_zone_is_read_as_hubspot_writes_it(edge, access, fields, crm):
    crm.crm.put("contacts", WHO, {"hs_timezone": "america_slash_los_angeles"})
    assert edge.read(access, fields, "contact", WHO).time_zone == "America/Los_Angeles"
    crm.crm.put("contacts", WHO, {"hs_timezone": "middle_earth"})
    assert edge.read(access, fields, "contact", WHO).time_zone == ""


def test_a_closed_deal_is_no_opportunity(edge, access, fields, crm):
    (open,) = edge.read(access, fields, "contact", WHO).opportunities
    assert open.primary
    crm.crm.put("deals", open.id, {"dealstage": "closedlost"})
    assert edge.read(access, fields, "contact", WHO).opportunities == ()


def test_a_page_of_a_lead_has_no_person(edge, access, fields):
    assert edge.read(access, fields, "lead", WHO) is None
