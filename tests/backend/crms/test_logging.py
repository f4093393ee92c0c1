"""Each text is one activity in the CRM, of the right person, in order; its bubble says so."""

from backend.connections import connecting
from backend.messaging import status
from backend.store import crm_logs, crm_users, people
from shared.wire import PersonOnPage
from tests.backend.crms.houses import MAYA

MOBILE = "+14045550187"


def test_a_sent_and_a_received_text_are_activities_of_the_person(office):
    maya = office.person(MAYA, MOBILE, "Maya Okonkwo")
    office.sends(maya, "Thursday at 2?")
    office.receives(maya, "Works for me")
    office.drain()
    assert [each.body for each in office.seen()] == ["Thursday at 2?", "Works for me"]
    assert {each.who for each in office.seen()} == {office.id_of(MAYA)}


def test_a_text_is_logged_once_it_has_left_and_not_before(office):
    maya = office.person(MAYA, MOBILE)
    message = office.writes(maya, "Hello")
    office.drain()
    assert office.seen() == []
    office.leaves(message)
    office.drain()
    assert office.bodies() == ["Hello"]


def test_a_text_that_never_left_is_not_logged(office):
    maya = office.person(MAYA, MOBILE)
    message = office.writes(maya, "Hello")
    office.world.writer(
        lambda tx: status.advance(tx, office.world.team.id, message, "failed", cause="Opted out.")
    )
    office.drain()
    assert office.seen() == []
    assert office.log(message).state == "skipped"


def test_draining_again_logs_nothing_again(office):
    maya = office.person(MAYA, MOBILE)
    office.receives(maya, "One")
    office.drain()
    office.drain()
    assert office.bodies() == ["One"]


def test_a_text_that_was_not_delivered_says_so_in_the_same_activity(office):
    maya = office.person(MAYA, MOBILE)
    message = office.sends(maya, "Hello")
    office.drain()
    office.leaves(message, "undelivered", 30005)
    office.drain()
    (seen,) = office.seen()
    assert seen.subject.startswith("Text not delivered")
    assert "not in use" in seen.body


def test_no_part_of_a_picture_goes_to_the_crm(office):
    maya = office.person(MAYA, MOBILE)
    office.receives(maya, "Look", media=2)
    office.drain()
    assert office.bodies() == ["Look\n<media attached>"]


def test_the_receipt_says_where_it_is_and_the_pane_is_told(office):
    maya = office.person(MAYA, MOBILE)
    message = office.receives(maya, "Hi")
    assert office.receipt(message).state == "waiting"
    office.drain()
    receipt = office.receipt(message)
    assert receipt.state == "logged"
    assert receipt.url.startswith(office.crm.url)
    assert b'"state":"logged"' in office.world.events(office.world.ana)[-1].frame


def test_what_happens_to_somebody_outside_of_the_crm_waits_until_they_are_linked(office):
    stranger = office.world.person(MOBILE)
    message = office.receives(stranger, "Who is this?")
    office.drain()
    assert office.receipt(message).state == "unlinked"
    assert office.seen() == []
    page = PersonOnPage(
        mobile=MOBILE, name="Maya Okonkwo", crm_ref=office.house.ref(MAYA), crm="CRM"
    )
    office.world.writer(lambda tx: people.from_page(tx, office.world.team.id, page, MOBILE))
    office.drain()
    assert office.bodies() == ["Who is this?"]


def test_the_texts_of_a_team_without_a_crm_have_no_receipt(unconnected):
    maya = unconnected.person(MAYA, MOBILE)
    message = unconnected.receives(maya, "Hi")
    assert crm_logs.of_message(unconnected.world.team.id, message) is None


def test_the_one_open_opportunity_gets_the_activity(office):
    maya = office.person(MAYA, MOBILE)
    office.sends(maya, "Hello")
    office.drain()
    (seen,) = office.seen()
    assert seen.what


def test_the_user_who_wrote_owns_the_activity(office):
    team, ana = office.world.team.id, office.world.ana
    theirs = crm_users.of_team(team, office.house.name)
    office.world.writer(
        lambda tx: connecting.choose_user(
            tx, office.admin, office.house.name, ana.id, theirs[-1].external_id
        )
    )
    maya = office.person(MAYA, MOBILE)
    office.sends(maya, "Hello")
    office.drain()
    assert [each.owner for each in office.seen()] == [theirs[-1].external_id]


def test_with_a_digest_a_day_of_texts_is_one_activity(office):
    office.configure(digest=True)
    maya = office.person(MAYA, MOBILE)
    office.sends(maya, "Thursday at 2?")
    office.drain()
    office.receives(maya, "Works for me")
    office.drain()
    (seen,) = office.seen()
    assert "Thursday at 2?" in seen.body
    assert "Works for me" in seen.body
    assert seen.body.index("Thursday") < seen.body.index("Works")


def test_a_page_of_a_crm_that_is_not_connected_takes_no_text_along(office):
    sam = office.world.person(MOBILE, "Sam")
    message = office.receives(sam, "Hi")
    office.world.writer(
        lambda tx: people.from_page(
            tx,
            office.world.team.id,
            PersonOnPage(mobile=MOBILE, name="Sam", crm="Demo", crm_ref="demo:contact:1"),
            MOBILE,
        )
    )
    assert office.receipt(message).state == "unlinked"
    assert office.log(message).crm == office.house.name


def test_a_text_of_somebody_unlinked_that_never_left_is_not_logged_when_they_are_linked(office):
    stranger = office.world.person(MOBILE)
    message = office.writes(stranger, "Hello")
    office.world.writer(
        lambda tx: status.advance(tx, office.world.team.id, message, "failed", cause="Opted out.")
    )
    assert office.log(message).state == "skipped"


def test_a_record_that_is_back_takes_what_failed_when_it_is_tried_again(office):
    maya = office.person(MAYA, MOBILE)
    office.house.delete(office.crm, MAYA)
    message = office.receives(maya, "Hi")
    office.drain()
    assert office.receipt(message).state == "failed"
    team = office.world.team.id
    office.house.edit(office.crm, MAYA, name="Okonkwo")
    office.world.writer(lambda tx: crm_logs.again(tx, team, office.log(message).id))
    office.drain()
    assert office.receipt(message).state == "logged"


def test_a_text_that_is_confirmed_later_is_no_longer_unconfirmed_in_the_crm(office):
    maya = office.person(MAYA, MOBILE)
    message = office.writes(maya, "Hello")
    office.leaves(message, "unknown")
    office.drain()
    assert ["not confirmed" in each.subject for each in office.seen()] == [True]
    office.leaves(message, "delivered")
    office.drain()
    assert ["not confirmed" in each.subject for each in office.seen()] == [False]
    assert office.bodies() == ["Hello"]


def test_a_text_that_arrives_after_it_was_sent_is_not_logged_again(office):
    maya = office.person(MAYA, MOBILE)
    message = office.sends(maya, "Hello")
    office.drain()
    office.world.committed.clear()
    office.leaves(message, "delivered")
    assert not office.world.woken("log_to_crm")
