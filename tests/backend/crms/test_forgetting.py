"""An erased person's way to the CRM is forgotten with them; retention takes logs along."""

from backend.inbox import activities
from backend.models import CrmDrift, CrmLog, CrmPerson
from backend.privacy import erasure
from backend.store import drifts, erasing
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
