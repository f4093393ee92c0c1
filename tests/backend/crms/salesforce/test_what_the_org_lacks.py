"""Fields that an org lacks, or keeps from whoever signed in: what is said, and what goes on."""

import pytest

from backend.crm_port import Declined, Logged, Misconfigured
from tests.backend.crms.salesforce.conftest import LEAD, WHO

REFS = [("contact", WHO), ("lead", LEAD)]


@pytest.mark.parametrize("how", ["missing", "hidden", "no_external_id"])
def test_a_key_that_the_org_lacks_is_said_to_be_missing(crm, edge, access, fields, entry, how):
    switch = f"{how}:Task.Repline_Key__c"
    crm.crm.switches.add(switch)
    with pytest.raises(Misconfigured, match="Repline_Key__c"):
        edge.log(access, fields, [entry()])
    crm.crm.switches.remove(switch)
    (outcome,) = edge.log(access, fields, [entry()])
    assert isinstance(outcome, Logged)


@pytest.mark.parametrize("how", ["missing", "hidden"])
def test_flags_are_told_of_those_who_have_the_field(crm, edge, access, fields, how):
    edge.set_do_not_text(access, fields, "contact", WHO, True)
    crm.crm.switches.add(f"{how}:Lead.HasOptedOutOfSms__c")
    assert edge.do_not_text(access, fields, REFS) == {REFS[0]: True}


def test_a_question_that_is_refused_is_no_answer_about_flags(edge, access, fields):
    with pytest.raises(Declined):
        edge.do_not_text(access, fields, [("contact", WHO), ("contact", "no id")])


def test_a_record_that_somebody_else_is_changing_is_that_records_trouble(crm, edge, access, fields):
    crm.crm.switches.add(f"locked:{WHO}")
    with pytest.raises(Declined, match="exclusive access"):
        edge.set_do_not_text(access, fields, "contact", WHO, True)
    edge.set_do_not_text(access, fields, "lead", LEAD, True)
    assert edge.do_not_text(access, fields, REFS) == {REFS[0]: False, REFS[1]: True}


def test_ticking_a_record_that_is_gone_is_fine(crm, edge, access, fields):
    crm.crm.remove("Contact", WHO)
    edge.set_do_not_text(access, fields, "contact", WHO, True)
