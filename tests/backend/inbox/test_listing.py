"""Opening the person on a page, and noting what has been read."""

import msgspec
import pytest

from backend.inbox import listing
from backend.messaging import inbound
from backend.models import Conversation, NumberUser, Person
from backend.store.rows import now
from shared import wire
from tests.backend.world import ANA_NUMBER

MAYA = "+14045550187"


@pytest.fixture
def arrive(world):
    count = 0

    def text(body="Hello"):
        nonlocal count
        count += 1
        came = inbound.Inbound(
            sid=f"SM{count}", sender=MAYA, recipient=ANA_NUMBER, body=body, at=now()
        )
        return world.writer(lambda tx: inbound.receive(tx, came, {}))

    return text


@pytest.fixture
def open_page(world):
    def opened(user=None, **said):
        page = wire.PersonOnPage(
            mobile=MAYA, **{"name": "Maya", "crm_ref": "demo:contact:1", **said}
        )
        return listing.open_person(world.writer, world.team.id, (user or world.ana).id, page)

    return opened


def frames(world, user):
    return [msgspec.json.decode(event.frame) for event in world.events(user)]


@pytest.mark.parametrize("beyond", [0, 1, 2**53 - 1])
def test_reading_further_than_there_are_texts_does_not_swallow_the_next_one(world, arrive, beyond):
    message = arrive()
    talk = Conversation.get().id
    listing.read(world.writer, world.team.id, world.ana.id, talk, message + beyond)
    assert Conversation.get().unread == 0
    message = arrive()
    assert Conversation.get().unread == 1
    listing.read(world.writer, world.team.id, world.ana.id, talk, message)
    assert Conversation.get().unread == 0


def test_what_a_page_says_anew_of_a_person_is_told_to_all_who_talk_with_them(
    world, arrive, open_page
):
    open_page()
    arrive()
    before = len(world.events(world.ana))
    open_page(world.ben, name="Maya Okonkwo")
    [told] = frames(world, world.ana)[before:]
    assert told["type"] == "conversation.updated"
    assert told["conversation"]["person"]["name"] == "Maya Okonkwo"


def test_opening_a_page_that_says_nothing_new_changes_nothing(world, arrive, open_page):
    open_page(title="VP")
    arrive()
    before = (len(world.events(world.ana)), Conversation.get().revision)
    open_page(title="VP")
    assert (len(world.events(world.ana)), Conversation.get().revision) == before


def test_a_nameless_sender_becomes_the_person_on_the_page_who_has_their_mobile(
    world, arrive, open_page
):
    arrive()
    assert open_page().conversation.person.name == "Maya"
    assert Person.select().count() == 1


def test_two_people_with_one_mobile_stay_two(world, open_page):
    first = open_page().conversation
    second = open_page(name="Sam", crm_ref="demo:contact:2").conversation
    assert first.person.id != second.person.id
    assert second.match_others == ["Maya"]


def test_a_user_without_a_number_is_told_whom_to_ask(world, open_page):
    NumberUser.delete().where(NumberUser.user == world.ana).execute()
    with pytest.raises(listing.GateRefused) as refused:
        open_page()
    assert refused.value.blocked.reason == "no_number"


def test_a_stranger_sees_none_of_it(world, arrive):
    message = arrive()
    talk = Conversation.get().id
    team, user = world.others.id, world.stranger.id
    assert listing.page(team, user) == ([], "")
    with pytest.raises(listing.NotFound):
        listing.open_conversation(team, user, talk)
    with pytest.raises(listing.NotFound):
        listing.read(world.writer, team, user, talk, message)
    with pytest.raises(listing.NotFound):
        listing.name(world.writer, team, user, Person.get().id, "Mine")
    assert Conversation.get().unread == 1


def test_a_page_that_leaves_a_field_out_erases_nothing(open_page):
    open_page(title="VP Operations", account="Northwind", time_zone="America/New_York")
    person = open_page(title="").conversation.person
    assert (person.title, person.account) == ("VP Operations", "Northwind")
    assert person.time_zone == "America/New_York"
