"""An erased person's way to the CRM is forgotten with them; retention takes logs along."""

from backend.inbox import activities
from backend.models import CrmDrift, CrmLog, CrmPerson
from backend.privacy import erasure, export
from backend.store import crm_receipts, drifts, erasing
from backend.store.rows import now
from tests.backend.crms.houses import MAYA

MOBILE = "+14045550187"


def test_nothing_about_an_erased_person_is_left_on_the_way_to_the_crm(office):
    maya = office.person(MAYA, MOBILE)
    office.receives(maya, "Hi")
    office.drain()
    office.receives(maya, "Not logged yet")
    team = office.world.team.id
    office.world.writer(lambda tx: drifts.add(tx, team, "carrier", None, MOBILE, "It knew."))
    erasure.erase(office.world.writer, lambda *_: None, office.admin, maya.id)
    assert CrmLog.select().count() == 0
    assert CrmPerson.select().count() == 0
    assert CrmDrift.select().count() == 0
    office.drain()
    assert office.bodies() == ["Hi"]


def test_texts_that_are_too_old_to_keep_take_their_logs_along(office):
    maya = office.person(MAYA, MOBILE)
    message = office.receives(maya, "Hi")
    office.drain()
    office.world.writer(lambda tx: erasing.drop_texts(tx, office.world.team.id, [message]))
    assert CrmLog.select().count() == 0


def test_notes_that_are_too_old_to_keep_take_their_logs_along(office):
    maya = office.person(MAYA, MOBILE)
    office.conversation(maya)
    team, ana = office.world.team.id, office.world.ana.id
    activities.add_note(office.world.writer, team, ana, maya.id, "Likes sailing")
    office.drain()
    assert office.bodies() == ["Likes sailing"]
    office.world.writer(lambda tx: erasing.drop_notes(tx, team, now() + 1))
    assert CrmLog.select().count() == 0


def test_an_export_holds_what_the_crm_says_of_a_person(office):
    maya = office.person(MAYA, MOBILE)
    office.reading(office.world.team.id, maya.id)
    exported = export.export(office.world.writer, office.admin, maya.id)
    assert exported.email == "maya@northwind.example"
    assert exported.crm is not None
    assert exported.crm.opportunities == ["Northwind, 40 seats"]
    assert "@" in exported.crm.owner_email


def test_an_export_holds_the_receipts_of_more_than_a_query_takes(office, monkeypatch):
    monkeypatch.setattr(crm_receipts, "AT_ONCE", 3)
    maya = office.person(MAYA, MOBILE)
    for n in range(8):
        office.receives(maya, f"Text {n}")
    office.drain()
    exported = export.export(office.world.writer, office.admin, maya.id)
    assert [each.receipt.state for each in exported.activities] == ["logged"] * 8
