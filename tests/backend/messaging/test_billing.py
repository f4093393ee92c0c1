"""What a text costs: expected when it is handed over, put right by what the carrier bills, and
counted once whatever comes twice, late or out of order."""

import pytest

from backend.messaging import outbound, reconcile
from backend.messaging.callback import StatusCallback, receive
from backend.messaging.hand_over import HandOver
from backend.models import ErrorCount, Message, Outbox, Team, Usage, UsageTotal
from backend.ports import CarrierText, NotTaken, Rejected, Uncertain
from backend.store.rows import now
from tests.backend.world import ANA_NUMBER

MAYA = "+14045550187"
SEGMENT, MEDIA = 8300, 20000
"""The team's price list, as it is by default."""


class Carrier:
    """Answers with what it is told to: an exception, or the fields of its answer."""

    def __init__(self, *answers):
        self.answers, self.listed = list(answers), []

    def send(self, text):
        answer = self.answers.pop(0) if self.answers else {}
        if isinstance(answer, Exception):
            raise answer
        return as_carrier(text.body, **answer)

    def sent_since(self, since):
        return self.listed


def as_carrier(body, **more):
    return CarrierText(
        **{
            "sid": "SM1",
            "status": "sending",
            "sender": ANA_NUMBER,
            "recipient": MAYA,
            "body": body,
            "at": now(),
            **more,
        }
    )


@pytest.fixture
def sent(world):
    """Send a text and hand it over to this carrier; returns its id."""
    person = world.person(MAYA, "Maya")
    conversation = world.conversation(person)

    def send(carrier, body="Hi"):
        message = outbound.send(
            world.writer,
            team=world.team.id,
            user=world.ana.id,
            conversation=conversation,
            draft=outbound.Draft("ref-00000001", body),
            road="pane",
        ).message.id
        HandOver(world.writer, carrier, "{}".format)(message)
        return message

    return send


@pytest.fixture
def tell(world):
    """A status callback."""

    def callback(message, status, **more):
        told = StatusCallback(message, "SM1", status, ANA_NUMBER, MAYA, **more)
        return world.writer(lambda tx: receive(tx, told, {}))

    return callback


def usage(*names):
    row = Usage.select().dicts().get()
    return tuple(row[name] for name in names)


def cost(message):
    held = Message.get_by_id(message)
    return held.segments, held.cost


def test_before_the_carrier_has_billed_it_counts_as_expected_and_has_no_cost(sent):
    message = sent(Carrier(), "ж" * 80)
    assert cost(message) == (2, None)
    assert usage("sent", "segments", "cost") == (1, 2, 2 * SEGMENT)


def test_what_the_carrier_made_of_it_replaces_what_was_expected(sent):
    message = sent(Carrier({"segments": 3}), "ж" * 80)
    assert cost(message) == (3, 3 * SEGMENT)
    assert usage("sent", "segments", "cost") == (1, 3, 3 * SEGMENT)


def test_no_segments_are_not_yet_billed(sent):
    assert cost(sent(Carrier({"segments": 0}))) == (1, None)


def test_the_carriers_own_price_is_taken_where_the_list_tells_it(world, sent):
    carrier = Carrier({"segments": 1})
    message = sent(carrier)
    carrier.listed = [as_carrier("Hi", status="delivered", segments=1, price=7500)]
    events = len(world.events(world.ana))
    for _ in range(2):
        reconcile.reconcile(world.writer, carrier)
    assert cost(message) == (1, 7500)
    assert usage("sent", "segments", "cost") == (1, 1, 7500), "the budget goes by it too"
    assert {row.cost for row in UsageTotal.select()} == {7500}
    assert len(world.events(world.ana)) == events + 1, "the new cost is told, once"


def test_a_price_that_was_told_is_not_undone_by_a_later_callback(world, sent, tell):
    carrier = Carrier({"segments": 1, "price": 7500})
    message = sent(carrier)
    tell(message, "delivered")
    assert cost(message) == (1, 7500)


class Dearer(Carrier):
    """While it has the text, the team's admin sets other prices."""

    def send(self, text):
        Team.update(segment_price=9 * SEGMENT).execute()
        return super().send(text)


def test_a_text_costs_what_the_list_said_when_it_was_handed_over(sent):
    message = sent(Dearer({"segments": 2}), "ж" * 80)
    assert cost(message) == (2, 2 * SEGMENT)
    assert usage("segments", "cost") == (2, 2 * SEGMENT)


def test_what_was_not_taken_leaves_nothing_behind_though_prices_changed_meanwhile(sent):
    sent(Dearer(NotTaken("queue full", 21611)))
    assert usage("sent", "segments", "cost") == (0, 0, 0)
    assert {row.cost for row in UsageTotal.select()} == {0}


def test_what_is_billed_twice_with_other_prices_is_counted_with_the_last(world, sent, tell):
    carrier = Carrier({"segments": 1})
    message = sent(carrier)
    for price in (7500, 9900):
        carrier.listed = [as_carrier("Hi", status="delivered", segments=1, price=price)]
        reconcile.reconcile(world.writer, carrier)
        Team.update(segment_price=1).execute()
    assert cost(message) == (1, 9900)
    assert usage("cost") == (9900,)


@pytest.mark.parametrize("status", ["delivered", "undelivered", "failed"])
def test_each_outcome_is_counted_once_however_often_it_is_told(sent, tell, status):
    message = sent(Carrier())
    code = None if status == "delivered" else 30007
    for each in ("sent", status, "sent", status, "delivered"):
        tell(message, each, error_code=code)
    wanted = (1, 1, 0) if status == "delivered" else (1, 0, 1)
    assert usage("sent", "delivered", "undelivered") == wanted
    assert [(e.code, e.count) for e in ErrorCount.select()] == ([(30007, 1)] if code else [])


def test_what_the_carrier_refused_costs_nothing_and_its_code_is_counted(sent):
    sent(Carrier(Rejected("not a mobile", 21614)))
    assert usage("sent", "segments", "cost", "undelivered") == (0, 0, 0, 1)
    assert ErrorCount.get().code == 21614


def test_a_text_that_is_tried_again_counts_once(world, sent):
    carrier = Carrier(NotTaken("queue full", 21611))
    message = sent(carrier)
    assert usage("sent", "cost") == (0, 0)
    Outbox.update(not_before=0).execute()
    HandOver(world.writer, carrier, "{}".format)(message)
    assert usage("sent", "cost") == (1, SEGMENT)


def test_a_text_in_doubt_counts_as_sent(sent):
    sent(Carrier(Uncertain("timeout")))
    assert usage("sent", "cost") == (1, SEGMENT)
