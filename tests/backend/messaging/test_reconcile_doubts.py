"""What the carrier's list says of texts of which nobody knows whether they were sent."""

import json
from datetime import timedelta

import pytest
import time_machine

from backend.messaging import doubt, jobs, outbound, reconcile
from backend.messaging.hand_over import HandOver
from backend.models import Message, Outbox
from backend.ports import CarrierText, Uncertain
from backend.rounds import Tally
from backend.store.audit import Actor
from backend.store.rows import now
from tests.backend.messaging.listing import MAYA, NOON, Behind, Listing
from tests.backend.world import ANA_NUMBER


@pytest.fixture
def send(world):
    person = world.person(MAYA, "Maya")
    conversation = world.conversation(person)

    def one(ref):
        return outbound.send(
            world.writer,
            team=world.team.id,
            user=world.ana.id,
            conversation=conversation,
            draft=outbound.Draft(ref, "Hi"),
            road="pane",
        ).message.id

    return one


def test_a_text_in_doubt_does_not_take_what_the_carrier_has_of_an_equal_one_in_flight(world, send):
    class Sweeps:
        """The list is asked for while the carrier has the second text and has not answered."""

        def send(self, text):
            if text.message == doubtful:
                raise Uncertain("timeout")
            taken = CarrierText(
                sid="SM2",
                status="sent",
                sender=text.sender,
                recipient=text.recipient,
                body=text.body,
                at=now(),
            )
            reconcile.reconcile(world.writer, Listing(taken))
            return taken

    hand_over = HandOver(world.writer, Sweeps(), "https://repline.example/?{}".format)
    doubtful = send("ref-00000001")
    hand_over(doubtful)
    again = send("ref-00000002")
    hand_over(again)
    assert Message.get_by_id(doubtful).status == "unknown"
    assert (Message.get_by_id(again).status, Message.get_by_id(again).carrier_sid) == (
        "sent",
        "SM2",
    )


class Silent:
    """Never answers, and may have taken it."""

    def send(self, text):
        raise Uncertain("timeout")


def told_of(events):
    """What panes were told of texts that changed."""
    frames = [json.loads(event.frame) for event in events]
    return [frame["message"] for frame in frames if frame["type"] == "message.updated"]


def test_what_the_carrier_lists_after_it_was_left_to_a_person_settles_it_by_night(
    world, send, reconcile_with
):
    with time_machine.travel(NOON, tick=False) as clock:
        message = send("ref-00000001")
        HandOver(world.writer, Silent(), "https://repline.example/?{}".format)(message)
        taken = {"sender": ANA_NUMBER, "recipient": MAYA, "body": "Hi", "at": now()}
        clock.shift(20 * 60)
        reconcile_with()
        assert Outbox.select().count() == 0
        told = [text for text in told_of(world.events(world.ana)) if text["doubt"]]
        assert [text["doubt"] for text in told] == ["looking", "open"]
        assert told[0]["revision"] < told[1]["revision"]
        clock.shift(10 * 3600)
        tally, listing = Tally(), Listing(CarrierText("SM1", "delivered", **taken))
        for _ in range(2):
            reconcile.reconcile(world.writer, listing, tally, back_ms=jobs.LATE_MS)
    found = Message.get_by_id(message)
    assert (found.status, found.carrier_sid) == ("delivered", "SM1")
    assert tally.by_team(0)[world.team.id][1:] == (1, 1)


@pytest.mark.parametrize("seen", [timedelta(0), timedelta(minutes=20)])
def test_what_was_sent_while_the_clock_was_ahead_is_settled_once_it_is_right(world, send, seen):
    """``seen``: how long the list was read under the wrong clock; after that a person was asked."""
    with time_machine.travel(NOON, tick=False) as clock:
        taken = {"sender": ANA_NUMBER, "recipient": MAYA, "body": "Hi", "at": now()}
        clock.shift(timedelta(hours=1))
        message = send("ref-00000001")
        HandOver(world.writer, Silent(), "https://repline.example/?{}".format)(message)
        clock.shift(seen)
        reconcile.reconcile(world.writer, Listing())
        clock.shift(-timedelta(hours=1))
        listing = Listing(CarrierText("SM1", "delivered", **taken))
        reconcile.reconcile(world.writer, listing)
    found = Message.get_by_id(message)
    assert (found.status, found.carrier_sid) == ("delivered", "SM1")


def test_a_person_may_decide_a_quarter_of_an_hour_after_a_clock_a_day_ahead_was_set_right(
    world, send
):
    with time_machine.travel(NOON, tick=False) as clock:
        clock.shift(timedelta(days=1))
        HandOver(world.writer, Silent(), "https://repline.example/?{}".format)(send("ref-00000001"))
        clock.shift(-timedelta(days=1))
        reconcile.reconcile(world.writer, Listing())
        assert Outbox.select().count() == 1
        clock.shift(timedelta(minutes=16))
        reconcile.reconcile(world.writer, Listing())
    assert Outbox.select().count() == 0


def test_what_a_person_has_settled_takes_no_text_of_the_list(world, send):
    with time_machine.travel(NOON, tick=False) as clock:
        message = send("ref-00000001")
        HandOver(world.writer, Silent(), "https://repline.example/?{}".format)(message)
        taken = {"sender": ANA_NUMBER, "recipient": MAYA, "body": "Hi", "at": now()}
        clock.shift(20 * 60)
        reconcile.reconcile(world.writer, Listing())
        admin = Actor(world.team.id, world.admin.id, world.admin.email)
        doubt.settle(world.writer, admin, message, "not_sent")
        listing = Listing(CarrierText("SM1", "delivered", **taken))
        reconcile.reconcile(world.writer, listing, back_ms=jobs.LATE_MS)
    assert Message.get_by_id(message).status == "failed"


def test_what_another_process_has_settled_takes_no_second_text_of_the_list(
    world, send, reconcile_with
):
    hand_over = HandOver(world.writer, Silent(), "https://repline.example/?{}".format)
    first, second = send("ref-00000001"), send("ref-00000002")
    hand_over(first)
    hand_over(second)
    more = {"sender": ANA_NUMBER, "recipient": MAYA, "body": "Hi", "at": now()}
    of_first = CarrierText("SM1", "sent", **more)
    of_second = CarrierText("SM2", "undelivered", **more)
    behind = Behind(lambda: reconcile_with(of_first), of_second, of_first)
    reconcile.reconcile(world.writer, behind)
    found = {m.id: (m.carrier_sid, m.status) for m in Message.select()}
    assert found == {first: ("SM1", "sent"), second: ("SM2", "undelivered")}
