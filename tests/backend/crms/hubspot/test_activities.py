"""A text is one communication: found by its key, of one person, shown as it was written."""

from dataclasses import replace

import pytest
import requests

from backend.crm_port import Logged, Misconfigured, Refused
from simulator.crms.hubspot.seeding import id_of
from tests.backend.crms.houses import JONAS
from tests.backend.crms.hubspot.conftest import DEAL, KEYS, WHO

OTHER = id_of("contacts", JONAS)


def test_markup_in_a_text_is_shown_and_is_none(edge, access, fields, entry, kept):
    edge.log(access, fields, [entry(body="<img src=x onerror=alert(1)>\n5 > 3 & so on")])
    (made,) = kept()
    assert made["hs_communication_body"] == (
        "Text sent<br>&lt;img src=x onerror=alert(1)&gt;<br>5 &gt; 3 &amp; so on"
    )


def test_a_body_is_cut_between_its_signs(edge, access, fields, entry, kept):
    (outcome,) = edge.log(access, fields, [entry(body="&" * 30_000)])
    assert isinstance(outcome, Logged)
    body = kept()[0]["hs_communication_body"]
    assert len(body) <= 60_000
    assert body.endswith("&amp;")


def test_what_may_be_there_is_found_by_its_key_and_never_searched(
    crm, edge, access, fields, entry, kept
):
    one, other = (
        edge.log(access, fields, [entry(tried=tried)])[0].external_id for tried in (False, True)
    )
    assert one == other
    assert len(kept()) == 1
    assert not [each for each in crm.store.books.requests if "search" in each]


def test_a_key_that_another_worker_has_used_meanwhile_is_there(edge, access, fields, entry, kept):
    first = edge.log(access, fields, [entry()])
    again = edge.log(access, fields, [entry(body="Hello again")])
    assert first[0].external_id == again[0].external_id
    assert [each["hs_communication_body"] for each in kept()] == ["Text sent<br>Hello again"]


@pytest.mark.parametrize("kind", ["lost", "truncated", "missing", "huge"])
def test_without_the_property_a_text_is_found_among_the_persons_own(
    crm, edge, access, fields, entry, kept, kind
):
    without = replace(fields, key="")
    crm.fault(kind, method="POST")
    with pytest.raises(Exception, match="did not answer"):
        edge.log(access, without, [entry()])
    (outcome,) = edge.log(
        access, without, [entry(tried=True, subject="Text not delivered", body="Hello\n(Off)")]
    )
    assert isinstance(outcome, Logged)
    assert [each["hs_communication_body"] for each in kept()] == [
        "Text not delivered<br>Hello<br>(Off)"
    ]


def test_without_the_property_another_text_of_the_same_moment_is_another(
    edge, access, fields, entry, kept
):
    without = replace(fields, key="")
    edge.log(access, without, [entry(body="One")])
    edge.log(access, without, [entry(body="Two", key=KEYS[1], tried=True)])
    assert len(kept()) == 2


def test_an_activity_that_moves_belongs_to_the_other_person_and_deal_alone(
    edge, access, fields, entry, linked
):
    (made,) = edge.log(access, fields, [entry(what_id=DEAL)])
    edge.log(access, fields, [entry(who_id=OTHER, external_id=made.external_id)])
    assert (linked("contacts"), linked("deals")) == ([OTHER], [])


def test_an_activity_of_a_contact_that_was_merged_stays_with_the_one_that_is_left(
    crm, edge, access, fields, entry, linked
):
    (made,) = edge.log(access, fields, [entry()])
    merge(crm, access, OTHER, WHO)
    assert linked("contacts") == [OTHER]
    (outcome,) = edge.log(access, fields, [entry(external_id=made.external_id, body="Hi")])
    assert isinstance(outcome, Logged)
    assert linked("contacts") == [OTHER]


def test_an_activity_that_somebody_deleted_there_is_made_again(
    crm, edge, access, fields, entry, kept
):
    (made,) = edge.log(access, fields, [entry()])
    crm.crm.remove("communications", made.external_id)
    (again,) = edge.log(access, fields, [entry(external_id=made.external_id)])
    assert again.external_id != made.external_id
    assert len(kept()) == 1


def test_a_deal_that_is_gone_is_left_out_and_said(crm, edge, access, fields, entry, linked):
    crm.crm.remove("deals", DEAL)
    (outcome,) = edge.log(access, fields, [entry(what_id=DEAL)])
    assert "the opportunity" in outcome.note
    assert linked("contacts") == [WHO]


def test_an_owner_whom_the_org_rejects_is_left_out_and_said(crm, edge, access, fields, entry, kept):
    crm.fault("reject_fields", fields=["hubspot_owner_id"])
    (outcome,) = edge.log(access, fields, [entry(owner_id="102")])
    assert "its owner" in outcome.note
    assert "hubspot_owner_id" not in kept()[0]


def test_an_activity_of_a_deleted_person_is_refused(crm, edge, access, fields, entry):
    crm.crm.remove("contacts", WHO)
    (outcome,) = edge.log(access, fields, [entry()])
    assert outcome == Refused("The person's record is deleted in HubSpot.")


@pytest.mark.parametrize("tried", [False, True])
def test_a_key_that_somebody_deleted_there_is_said_to_be_missing(
    crm, edge, access, fields, entry, tried
):
    crm.crm.remove("properties", "communications.repline_key")
    with pytest.raises(Misconfigured, match="repline_key"):
        edge.log(access, fields, [entry(tried=tried)])
    assert any(each.use == "key" for each in edge.prepare(access))
    assert isinstance(edge.log(access, fields, [entry(tried=tried)])[0], Logged)


def test_a_lead_has_no_activities(edge, access, fields, entry, kept):
    (outcome,) = edge.log(access, fields, [entry(who_type="lead")])
    assert isinstance(outcome, Refused)
    assert kept() == []


def test_a_note_is_a_note_and_is_removed_as_one(edge, access, fields, entry, kept):
    (made,) = edge.log(access, fields, [entry(kind="note", body="Likes sailing")])
    assert [each["hs_note_body"] for each in kept("notes")] == ["Likes sailing"]
    assert kept() == []
    edge.remove(access, made.external_id)
    edge.remove(access, made.external_id)
    assert kept("notes") == []


def merge(crm, access, left, gone):
    """As a user of HubSpot does."""
    answer = requests.post(
        f"{crm.url}/crm/v3/objects/contacts/merge",
        json={"primaryObjectId": left, "objectIdToMerge": gone},
        headers={"Authorization": f"Bearer {access.token}"},
        timeout=5,
    )
    assert answer.ok, answer.text
