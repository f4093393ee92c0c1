"""The CRM's own record wins over what a page shows."""

from backend.inbox import listing
from backend.messaging import gate
from backend.messaging.gate import Request
from backend.store import crm_people, people, restrictions
from shared.wire import NumberOnPage, PersonOnPage
from tests.backend.crms.houses import MAYA

MOBILE, STALE = "+14045550187", "+14045550199"


def opened(office, mobile=MOBILE, **more):
    page = PersonOnPage(mobile=mobile, crm_ref=office.house.ref(MAYA), crm="CRM", **more)
    world = office.world
    return listing.open_person(world.writer, world.team.id, world.ana.id, page).conversation.person


def read(office, person):
    office.reading(office.world.team.id, person)
    found = people.get(office.world.team.id, person)
    assert found is not None
    return found


def test_opening_a_persons_page_has_their_record_read(office):
    opened(office)
    assert office.world.woken("read_record")


def test_the_records_typed_mobile_wins_over_the_pages_number(office):
    person = opened(office, STALE, name="Maya (page)")
    assert person.mobile == STALE
    found = read(office, person.id)
    assert found.mobile == MOBILE
    assert found.name == "Maya Okonkwo"
    assert opened(office, STALE).mobile == MOBILE  # a page that is still stale changes nothing


def test_a_rep_may_still_choose_another_number_of_the_record(office):
    office.house.edit(office.crm, MAYA, phone="(404) 555-0190")
    person = opened(office)
    read(office, person.id)
    chosen = opened(office, "+14045550190", numbers=[NumberOnPage(number="(404) 555-0190")])
    assert chosen.mobile == "+14045550190"


def test_account_owner_and_opportunities_are_the_records(office):
    person = opened(office)
    found = read(office, person.id)
    assert found.account == "Northwind Logistics"
    kept = crm_people.get(office.world.team.id, person.id)
    assert "@" in kept.owner_email
    assert [each.name for each in kept.opportunities] == ["Northwind, 40 seats"]


def test_do_not_text_in_the_crm_is_heeded_at_the_gate(office):
    person = opened(office)
    office.house.edit(office.crm, MAYA, do_not_text=True)
    read(office, person.id)
    world = office.world
    request = Request(world.team.id, world.ana.id, person.id, world.number.e164, MOBILE, "Hi")
    assert gate.look(request).blocked.reason == "do_not_text"


def test_a_flag_that_the_crm_takes_back_ends_what_it_began(office, clock):
    person = opened(office)
    office.house.edit(office.crm, MAYA, do_not_text=True)
    read(office, person.id)
    office.house.edit(office.crm, MAYA, do_not_text=False)
    clock.shift(61)
    read(office, person.id)
    assert restrictions.get(office.world.team.id, MOBILE, "do_not_text") is None


def test_a_flag_that_is_not_set_ends_nothing_that_a_user_has_set(office):
    world, person = office.world, opened(office)
    world.writer(
        lambda tx: restrictions.add(tx, world.team.id, MOBILE, "do_not_text", "rep", user=1)
    )
    read(office, person.id)
    assert restrictions.get(world.team.id, MOBILE, "do_not_text")


def test_a_deleted_record_leaves_what_is_known(office):
    person = opened(office, name="Maya Okonkwo")
    office.house.delete(office.crm, MAYA)
    assert read(office, person.id).name == "Maya Okonkwo"
    assert crm_people.get(office.world.team.id, person.id).gone


def test_a_crm_that_cannot_be_had_leaves_what_is_known(office):
    person = opened(office, name="Maya (page)")
    office.crm.fault("down", times=None)
    assert read(office, person.id).name == "Maya (page)"


def test_a_name_that_is_html_is_a_name_and_a_long_one_is_cut(office):
    person = opened(office)
    office.house.edit(office.crm, MAYA, name="<img src=x onerror=alert(1)>" + "x" * 400)
    found = read(office, person.id)
    assert "<img src=x onerror=alert(1)>xxx" in found.name
    assert len(found.name) == 200
