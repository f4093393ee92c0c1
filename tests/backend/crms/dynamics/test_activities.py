"""A text is one phone call under its key, between the right people, completed."""

import pytest

from backend.crm_port import Logged, Refused, SignInNeeded, Unreachable
from simulator.crms.dynamics.seeding import id_of
from tests.backend.crms.dynamics.conftest import ANA, DEAL, KEY, LEAD, WHO
from tests.backend.crms.houses import JONAS

OTHER = id_of("contact", JONAS)


def parties(row) -> list[tuple[int, str]]:
    return [
        (each["participationtypemask"], each["_partyid_value"])
        for each in row["phonecall_activity_parties"]
    ]


def test_a_text_that_was_sent_is_from_us_to_them_and_made(edge, access, fields, entry, row):
    (outcome,) = edge.log(access, fields, [entry(what_id=DEAL)])
    made = row()
    assert (outcome.external_id, outcome.note) == (KEY, "")
    assert parties(made) == [(2, WHO), (1, ANA)]
    assert (made["statecode"], made["statuscode"]) == (1, 2)
    assert (made["directioncode"], made["phonenumber"]) == (True, "+14045550187")
    assert (made["_regardingobjectid_value"], made["category"]) == (DEAL, "Text message")
    assert made["actualend"] == "2026-11-18T11:06:40Z"


def test_a_text_that_was_received_is_from_them_to_us(edge, access, fields, entry, row):
    edge.log(access, fields, [entry(inbound=True)])
    made = row()
    assert parties(made) == [(1, WHO), (2, ANA)]
    assert (made["statuscode"], made["directioncode"]) == (4, False)
    assert made["_regardingobjectid_value"] == WHO


def test_a_lead_has_activities_too(edge, access, fields, entry, row):
    edge.log(access, fields, [entry(who_type="lead", who_id=LEAD, what_id=DEAL)])
    assert row()["_regardingobjectid_value"] == LEAD


def test_a_completed_one_is_opened_changed_and_completed_again(edge, access, fields, entry, row):
    (made,) = edge.log(access, fields, [entry()])
    edge.log(access, fields, [entry(external_id=made.external_id, body="Hello\n(Off)")])
    assert (row()["description"], row()["statecode"]) == ("Hello\n(Off)", 1)


def test_one_that_moves_is_between_other_people_and_about_them_alone(
    edge, access, fields, entry, row
):
    (made,) = edge.log(access, fields, [entry(what_id=DEAL)])
    edge.log(access, fields, [entry(external_id=made.external_id, who_id=OTHER)])
    assert parties(row()) == [(2, OTHER), (1, ANA)]
    assert row()["_regardingobjectid_value"] == OTHER


@pytest.mark.parametrize("skip", [0, 1])
def test_one_that_was_not_completed_is_at_the_next_try(crm, edge, access, fields, entry, row, skip):
    crm.fault("lost", method="PATCH", skip=skip)
    with pytest.raises(Unreachable):
        edge.log(access, fields, [entry()])
    (outcome,) = edge.log(access, fields, [entry(tried=True)])
    assert isinstance(outcome, Logged)
    assert row()["statecode"] == 1


def test_one_that_somebody_deleted_there_is_made_again(crm, edge, access, fields, entry, row):
    (made,) = edge.log(access, fields, [entry()])
    crm.crm.remove("phonecall", made.external_id)
    (again,) = edge.log(access, fields, [entry(external_id=made.external_id)])
    assert again.external_id == made.external_id
    assert row()["statecode"] == 1


def test_an_opportunity_that_is_gone_is_left_out_and_said(crm, edge, access, fields, entry, row):
    crm.crm.remove("opportunity", DEAL)
    (outcome,) = edge.log(access, fields, [entry(what_id=DEAL)])
    assert "the opportunity" in outcome.note
    assert row()["_regardingobjectid_value"] == WHO


def test_an_owner_who_is_gone_is_left_out_and_said(crm, edge, access, fields, entry, row):
    crm.crm.remove("systemuser", ANA)
    (outcome,) = edge.log(access, fields, [entry()])
    assert "its owner" in outcome.note
    assert parties(row()) == [(2, WHO)]


def test_a_column_that_the_org_rejects_is_left_out_and_said(crm, edge, access, fields, entry, row):
    crm.fault("reject_fields", fields=["category"])
    (outcome,) = edge.log(access, fields, [entry()])
    assert "its category" in outcome.note
    assert row()["statecode"] == 1


def test_an_activity_of_a_deleted_person_is_refused_and_the_former_stays_completed(
    crm, edge, access, fields, entry, row
):
    (made,) = edge.log(access, fields, [entry()])
    crm.crm.remove("contact", OTHER)
    moved = entry(external_id=made.external_id, who_id=OTHER)
    assert edge.log(access, fields, [moved]) == [
        Refused("The person's record is deleted in Dynamics 365.")
    ]
    assert (row()["statecode"], parties(row())[0]) == (1, (2, WHO))


def test_long_texts_are_cut(edge, access, fields, entry, row):
    (outcome,) = edge.log(access, fields, [entry(subject="s" * 999, body="b" * 9_999)])
    assert isinstance(outcome, Logged)
    assert (len(row()["subject"]), len(row()["description"])) == (200, 2000)


def test_a_note_is_the_persons_and_is_removed_as_one(edge, access, fields, entry, row, crm):
    note = entry(kind="note", body="Likes sailing")
    (made,) = edge.log(access, fields, [note])
    edge.log(access, fields, [entry(kind="note", body="Sails", external_id=made.external_id)])
    assert (row("annotation")["notetext"], row("annotation")["_objectid_value"]) == ("Sails", WHO)
    edge.remove(access, made.external_id)
    edge.remove(access, made.external_id)
    assert crm.store.books.of("annotation") == {}


def test_a_privilege_that_is_missing_is_named(crm, edge, access, fields, entry):
    crm.crm.switches.add("missing:prvCreateActivity")
    with pytest.raises(SignInNeeded, match="prvCreateActivity"):
        edge.log(access, fields, [entry()])
