"""Which number a rep texts from, and which of a person's numbers is texted."""

import pytest

from backend.inbox import listing
from backend.messaging.outbound import GateRefused
from backend.models import Conversation, Number, NumberUser, Person
from backend.store.rows import now
from shared import wire

MOBILE, WORK, HOME = "+14045550187", "+14045550188", "+14045550189"
PAGE = {"mobile": "(404) 555-0187", "name": "Maya Chen", "crm_ref": "demo:contact:1"}


@pytest.fixture
def second(world):
    return world.rent(world.team, "+14045550177", world.ana)


@pytest.fixture
def open_(world):
    def open_(number=None, user=None, **page):
        shown = wire.PersonOnPage(**{**PAGE, **page})
        return listing.open_person(
            world.writer, world.team.id, (user or world.ana).id, shown, number
        ).conversation

    return open_


def texted(conversation, at=None):
    Conversation.update(last_message=1, last_at=at or now()).where(
        Conversation.id == conversation.id
    ).execute()


def test_the_first_number_is_the_default(world, second, open_):
    assert open_().number.id == world.number.id


def test_the_chosen_number_is_taken_and_sticks_once_there_was_a_text(world, second, open_):
    chosen = open_(second.id)
    assert chosen.number.id == second.id
    assert open_().number.id == world.number.id
    texted(chosen)
    assert open_().number.id == second.id
    texted(open_(world.number.id), now() + 1)
    assert open_().number.id == world.number.id


def test_another_persons_number_is_not_theirs_to_choose(world, second, open_):
    for stranger in (world.ben_number.id, world.their_number.id, 999):
        with pytest.raises(GateRefused) as caught:
            open_(stranger)
        assert caught.value.blocked.reason == "no_number"
    assert Person.select().count() == 0


@pytest.mark.parametrize("lost", [{"retired_at": 1}, {"sms": False}])
def test_a_number_that_cannot_send_is_neither_offered_nor_sticky(world, second, open_, lost):
    texted(open_(second.id))
    Number.update(lost).where(Number.id == second.id).execute()
    assert open_().number.id == world.number.id
    with pytest.raises(GateRefused):
        open_(second.id)


def test_a_number_that_was_taken_away_is_not_sticky(world, second, open_):
    texted(open_(second.id))
    NumberUser.delete().where(NumberUser.number == second).execute()
    assert open_().number.id == world.number.id


def numbers_of(conversation):
    return [(each.e164, each.label) for each in conversation.person.numbers]


def shown(*numbers):
    return [wire.NumberOnPage(number=number, label=label) for number, label in numbers]


def test_the_numbers_of_a_person_are_shown_with_the_crms_words(world, open_):
    page = shown(("(404) 555-0187", "Mobile"), ("404-555-0188", " Work\n 2 "), ("n/a", "Fax"))
    opened = open_(numbers=page)
    assert numbers_of(opened) == [(MOBILE, "Mobile"), (WORK, "Work 2")]
    listed, _ = listing.page(world.team.id, world.ana.id)
    assert listed == []
    texted(opened)
    (listed,), _ = listing.page(world.team.id, world.ana.id)
    assert numbers_of(listed) == [(MOBILE, "Mobile"), (WORK, "Work 2")]


def test_one_number_alone_is_no_choice(open_):
    assert numbers_of(open_(numbers=shown(("(404) 555-0187", "Mobile")))) == []


def test_choosing_another_number_keeps_the_conversation(open_):
    both = shown(("(404) 555-0187", "Mobile"), ("404-555-0188", "Work"))
    first = open_(numbers=both)
    second = open_(mobile="404-555-0188", numbers=both)
    assert (second.id, second.person.id) == (first.id, first.person.id)
    assert second.person.mobile == WORK


def test_without_a_reference_the_same_name_on_another_number_is_the_same_person(open_):
    both = shown(("(404) 555-0187", "Mobile"), ("404-555-0188", "Work"))
    first = open_(crm_ref="", numbers=both)
    assert open_(crm_ref="", mobile="404-555-0188", numbers=both).person.id == first.person.id
    other = open_(crm_ref="", mobile="404-555-0188", name="Sam Ortiz")
    assert other.person.id != first.person.id


def test_a_number_that_left_the_page_leaves_the_person(open_):
    open_(numbers=shown(("(404) 555-0187", "Mobile"), ("404-555-0188", "Work")))
    after = open_(numbers=shown(("(404) 555-0187", "Mobile"), ("404-555-0189", "Home")))
    assert numbers_of(after) == [(MOBILE, "Mobile"), (HOME, "Home")]


def test_a_page_that_shows_no_list_says_nothing_of_it(open_):
    open_(numbers=shown(("(404) 555-0187", "Mobile"), ("404-555-0188", "Work")))
    assert len(numbers_of(open_())) == 2


def test_opening_has_an_unknown_mobile_looked_up(world, open_):
    open_()
    assert (world.team.id, MOBILE) in [wake.arguments for wake in world.woken("look_up")]
