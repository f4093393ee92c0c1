from itertools import permutations

import pytest

from backend.messaging.callback import StatusCallback, receive
from backend.messaging.status import CARRIER, RANK, advance, forward, wait
from backend.models import Message, Outbox
from backend.store import conversations, messages, outbox
from tests.backend.world import ANA_NUMBER

MAYA = "+14045550187"
FAR = 4_000_000_000_000


@pytest.fixture
def message(world):
    person = world.person(MAYA, "Maya")

    def work(tx):
        talk = conversations.open_for(tx, world.team.id, world.number.id, person.id, "opened")
        return messages.add_outbound(
            tx,
            world.team.id,
            talk,
            author=world.ana.id,
            ref="ref-00000001",
            body="Hi",
            mobile=MAYA,
            segments=1,
        )

    return world.writer(work)


def told(message, status, sid="SM1", **more):
    return StatusCallback(
        message=message,
        sid=sid,
        carrier_status=status,
        sender=ANA_NUMBER,
        recipient=MAYA,
        **more,
    )


def status_of(message):
    return Message.get_by_id(message).status


@pytest.mark.parametrize("order", list(permutations(["queued", "sending", "sent", "delivered"])))
def test_callbacks_in_any_order_end_delivered_and_never_step_back(world, message, order):
    ranks = []
    for status in order:
        world.writer(lambda tx, status=status: receive(tx, told(message, status), {}))
        ranks.append(RANK[status_of(message)])
    assert status_of(message) == "delivered"
    assert ranks == sorted(ranks)


def test_a_callback_that_comes_twice_changes_nothing_the_second_time(world, message):
    for expected in (True, False):
        assert world.writer(lambda tx: receive(tx, told(message, "sent"), {})) is expected
    assert len(world.events(world.ana)) == 1


def test_what_is_final_stays(world, message):
    world.writer(lambda tx: receive(tx, told(message, "failed", error_code=30007), {}))
    world.writer(lambda tx: receive(tx, told(message, "delivered"), {}))
    held = Message.get_by_id(message)
    assert (held.status, held.error_code) == ("failed", 30007)


def test_a_callback_attaches_its_sid_before_the_answer_to_the_hand_over(world, message):
    world.writer(lambda tx: receive(tx, told(message, "delivered", sid="SM7"), {}))
    assert Message.get_by_id(message).carrier_sid == "SM7"


def test_a_second_sid_for_the_same_text_is_not_believed(world, message):
    world.writer(lambda tx: receive(tx, told(message, "sent", sid="SM1"), {}))
    assert not world.writer(lambda tx: receive(tx, told(message, "failed", sid="SM2"), {}))
    assert (status_of(message), Message.get_by_id(message).carrier_sid) == ("sent", "SM1")


def test_a_callback_about_other_numbers_than_the_message_has_changes_nothing(world, message):
    wrong = StatusCallback(
        message=message, sid="SM1", carrier_status="failed", sender=ANA_NUMBER, recipient="+1"
    )
    assert not world.writer(lambda tx: receive(tx, wrong, {}))
    assert status_of(message) == "queued"


def test_every_status_of_the_carrier_is_one_of_ours():
    assert set(CARRIER.values()) <= set(RANK)
    assert not any(forward(each, each) for each in RANK)


@pytest.mark.parametrize("status", sorted(RANK))
def test_only_a_text_that_the_carrier_cannot_have_goes_back_to_waiting(world, message, status):
    """Whatever else waits again would be sent a second time."""
    world.writer(lambda tx: outbox.add(tx, world.team.id, message))
    world.writer(lambda tx: messages.set_status(tx, world.team.id, message, status))
    waits = world.writer(lambda tx: wait(tx, world.team.id, message, FAR))
    assert waits is (status in ("scheduled", "queued", "sending"))
    assert status_of(message) == ("scheduled" if waits else status)
    assert Outbox.get().state == ("scheduled" if waits else "queued")


def test_a_text_that_was_taken_under_a_sid_never_waits_again(world, message):
    world.writer(lambda tx: advance(tx, world.team.id, message, "sending", sid="SM1"))
    assert not world.writer(lambda tx: wait(tx, world.team.id, message, FAR))
    assert status_of(message) == "sending"


def test_no_text_of_another_team_is_made_to_wait(world, message):
    assert not world.writer(lambda tx: wait(tx, world.team.id + 1, message, FAR))
    assert status_of(message) == "queued"
