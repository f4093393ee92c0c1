"""What stands in a file or a program's call as a CRM reference may name no record."""

import pytest

from backend.connections.drift import Comparing
from backend.rounds import Tally
from backend.store import restrictions
from tests.backend.crms.houses import MAYA

MOBILE, OTHER = "+14045550187", "+14045550188"
NO_IDS = ("garbage", "' OR Id LIKE '0", "1)/leads(2", "../../Account/001", "0" * 80)


@pytest.mark.parametrize("id", NO_IDS)
def test_a_person_whose_reference_names_no_record_holds_up_nobody(office, id):
    maya = office.person(MAYA, MOBILE)
    ref = f"{office.house.name}:contact:{id}"
    nobody = office.world.person(OTHER, "Nobody", crm_ref=ref, crm="")
    message = office.receives(nobody, "Who am I?")
    office.receives(maya, "Hi")
    office.drain()
    assert office.bodies() == ["Hi"]
    assert office.receipt(message).state == "failed"
    assert office.connection.cause == ""


def test_a_reference_that_names_no_record_hides_no_do_not_text_at_night(office):
    office.person(MAYA, MOBILE)
    good = office.house.ref(MAYA)
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    office.world.person(OTHER, "Nobody", crm_ref=wrong, crm="")
    office.house.edit(office.crm, MAYA, do_not_text=True)
    Comparing(office.world.writer, office.calling, None).compare(office.connection, Tally())
    assert restrictions.get(office.world.team.id, MOBILE, "do_not_text")
