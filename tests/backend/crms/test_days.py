"""A day in one activity, or each text in its own: whatever the team switches to, each is there
once, and what is filed elsewhere leaves nothing behind."""

from datetime import timedelta

import pytest

from backend.crm_logs import filing
from tests.backend.crms.houses import JONAS, MAYA

MOBILE = "+14045550187"


@pytest.fixture
def maya(office):
    return office.person(MAYA, MOBILE, "Maya")


def times(office, *words: str) -> list[int]:
    """How often each stands in the CRM."""
    return [sum(body.count(each) for body in office.bodies()) for each in words]


def file_under(office, message, person):
    world = office.world
    filing.file_under(world.writer, office.admin, world.ana.id, message, person.id)


def test_what_is_there_by_itself_is_no_part_of_the_day_as_well(office, maya):
    first = office.sends(maya, "One")
    office.receives(maya, "Two")
    office.drain()
    office.configure(digest=True)
    office.receives(maya, "Three")
    office.drain()
    office.leaves(first, "undelivered", 30005)
    office.drain()
    assert times(office, "One", "Two", "Three") == [1, 1, 1]
    assert len(office.seen()) == 3


def test_what_is_there_in_a_day_stays_in_it_with_the_others(office, maya):
    office.configure(digest=True)
    first = office.sends(maya, "One")
    office.receives(maya, "Two")
    office.drain()
    office.configure(digest=False)
    office.receives(maya, "Three")
    office.drain()
    office.leaves(first, "undelivered", 30005)
    office.drain()
    assert times(office, "One", "Two", "Three", "not in use") == [1, 1, 1, 1]
    assert len(office.seen()) == 2


def test_a_day_whose_answer_was_lost_keeps_all_of_its_texts(office, clock, maya):
    office.configure(digest=True)
    office.receives(maya, "One")
    office.drain()
    office.crm.fault("lost", method="POST|PATCH|PUT")
    office.receives(maya, "Two")
    office.drain()
    office.configure(digest=False)
    for _ in range(5):
        clock.shift(timedelta(minutes=1))
        office.drain()
    assert times(office, "One", "Two") == [1, 1]


def test_a_record_that_is_merged_during_the_day_makes_no_second_day(office, maya):
    office.configure(digest=True)
    office.receives(maya, "One")
    office.drain()
    office.world.writer(
        lambda tx: tx.execute(
            "UPDATE person SET crm_ref = ? WHERE id = ?", (office.house.ref(JONAS), maya.id)
        )
    )
    office.receives(maya, "Two")
    office.drain()
    (seen,) = office.seen()
    assert times(office, "One", "Two") == [1, 1]
    assert seen.who == office.id_of(JONAS)


@pytest.mark.parametrize("digest", [True, False])
def test_a_text_of_a_day_is_filed_elsewhere_whatever_is_switched_to(office, maya, digest):
    jonas = office.person(JONAS, MOBILE, "Jonas")
    office.configure(digest=not digest)
    office.receives(maya, "One")
    message = office.receives(maya, "Two")
    office.drain()
    former = office.log(message).person
    office.configure(digest=digest)
    file_under(office, message, jonas if former == maya.id else maya)
    office.drain()
    assert times(office, "One", "Two") == [1, 1]
    assert len({each.who for each in office.seen()}) == 2


def test_a_day_that_could_not_be_removed_is_removed_later(office, clock, maya):
    jonas = office.person(JONAS, MOBILE, "Jonas")
    office.configure(digest=True)
    message = office.receives(maya, "One")
    office.drain()
    former = office.log(message).person
    office.crm.fault("down", times=2, method="DELETE")
    file_under(office, message, jonas if former == maya.id else maya)
    office.drain()
    assert office.receipt(message).state == "retrying"
    for _ in range(5):
        clock.shift(timedelta(minutes=1))
        office.drain()
    assert times(office, "One") == [1]
    assert office.receipt(message).state == "logged"


def test_a_key_that_is_chosen_later_makes_nothing_twice(office, maya):
    jonas = office.person(JONAS, MOBILE, "Jonas")
    key = office.connection.fields.key
    office.configure(key="")
    message = office.receives(maya, "One")
    office.drain()
    former = office.log(message).person
    office.configure(key=key)
    file_under(office, message, jonas if former == maya.id else maya)
    office.drain()
    assert times(office, "One") == [1]
    assert office.receipt(message).state == "logged"
