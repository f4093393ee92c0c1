"""No text is handed over once a STOP was acknowledged, however many threads are sending."""

import threading
import time
from itertools import count

import pytest
from flask import Flask

from backend.messaging import outbound
from backend.messaging.hand_over import HandOver
from backend.messaging.in_flight import InFlight
from backend.messaging.reconcile import LEASE_MS
from backend.models import Message, OptOut, Outbox
from backend.ports import CarrierText
from backend.store.rows import now
from backend.store.writer import InlineWriter
from backend.web import twilio
from tests.backend.web.test_webhooks import CONFIG, FORM, post
from tests.waiting import until

MAYA = FORM["From"]
_refs = count(1)


class Slow:
    """A carrier that notes when each call begins, and answers when it is let."""

    def __init__(self):
        self.begun, self.entered, self.answer = [], threading.Event(), threading.Event()

    def send(self, text):
        self.begun.append((time.monotonic(), text.body))
        self.entered.set()
        assert self.answer.wait(20)
        return CarrierText(
            sid=f"SM{text.message}",
            status="sent",
            sender=text.sender,
            recipient=text.recipient,
            body=text.body,
            at=now(),
        )


@pytest.fixture
def flights(world):
    made = InFlight()
    world.writer = InlineWriter(made.committed)
    return made


@pytest.fixture
def client(world, flights):
    return webhooks(world, flights)


@pytest.fixture
def hasty(world, flights):
    """Webhooks that hardly wait."""
    return webhooks(world, InFlight(0))


def webhooks(world, flights):
    app = Flask("test")
    twilio.register(app, CONFIG, world.writer, lambda _: None, flights)
    return app.test_client()


@pytest.fixture
def talk(world):
    person = world.person(MAYA, "Maya")
    return world.conversation(person)


@pytest.fixture
def send(world, talk):
    def one(body="Hi", conversation=None, writer=None):
        return outbound.send(
            writer or world.writer,
            team=world.team.id,
            user=world.ana.id,
            conversation=conversation or talk,
            draft=outbound.Draft(f"ref-{next(_refs):08}", body),
            road="pane",
        ).message.id

    return one


@pytest.fixture
def hand(world):
    def over(carrier, message, writer=None, url="https://repline.example/?message={}".format):
        HandOver(writer or world.writer, carrier, url)(message)

    return over


def started(work, *arguments):
    thread = threading.Thread(target=work, args=arguments)
    thread.start()
    return thread


def stop(client, answers, sid="SM" + "9" * 32, body="STOP"):
    def ask():
        answer = post(client, {**FORM, "MessageSid": sid, "Body": body})
        answers.append((time.monotonic(), answer.status_code))

    return started(ask)


def opted_out():
    return OptOut.select().count() == 1


@pytest.mark.parametrize("body", ["STOP", "please stop texting me"])
def test_a_stop_is_acknowledged_only_when_what_was_on_its_way_has_landed(client, send, hand, body):
    carrier, answers = Slow(), []
    sender = started(hand, carrier, send())
    assert carrier.entered.wait(5)
    asking = stop(client, answers, body=body)
    assert until(lambda: Message.select().where(Message.body == body).count() == 1, 10)
    assert answers == []
    assert Outbox.get().state == "sending"
    let = time.monotonic()
    carrier.answer.set()
    sender.join()
    landed = time.monotonic()
    asking.join()
    [(acknowledged, code)] = answers
    assert code == 200
    assert let <= acknowledged < landed + 1


def test_a_text_that_is_claimed_but_not_begun_goes_out_before_the_stop_is_acknowledged(
    client, send, hand
):
    carrier, answers = Slow(), []
    claimed, go = threading.Event(), threading.Event()
    carrier.answer.set()

    def url(_message):
        claimed.set()
        assert go.wait(10)
        return "https://repline.example/"

    sender = threading.Thread(target=hand, args=(carrier, send()), kwargs={"url": url})
    sender.start()
    assert claimed.wait(5)
    asking = stop(client, answers)
    assert until(opted_out, 10)
    go.set()
    sender.join()
    asking.join()
    [(begun, _)], [(acknowledged, code)] = carrier.begun, answers
    assert (code, begun <= acknowledged) == (200, True)


def test_an_ordinary_text_waits_for_nothing(client, send, hand):
    carrier = Slow()
    sender = started(hand, carrier, send())
    assert carrier.entered.wait(5)
    assert post(client, {**FORM, "Body": "Sounds good"}).status_code == 200
    assert Outbox.get().state == "sending"
    carrier.answer.set()
    sender.join()


def test_what_is_on_its_way_to_others_or_from_another_team_holds_up_nobody(
    world, client, send, hand
):
    other = world.person("+14045550188", "Somebody else")
    talk = world.conversation(other)
    carrier = Slow()
    sender = started(hand, carrier, send(conversation=talk))
    assert carrier.entered.wait(5)
    assert post(client, {**FORM, "Body": "STOP"}).status_code == 200
    carrier.answer.set()
    sender.join()


def test_a_redelivered_stop_waits_too(client, send, hand):
    carrier, answers = Slow(), []
    sender = started(hand, carrier, send())
    assert carrier.entered.wait(5)
    asking = [stop(client, answers), stop(client, answers)]
    assert until(opted_out, 10)
    assert answers == []
    carrier.answer.set()
    for each in (sender, *asking):
        each.join()
    assert [code for _, code in answers] == [200, 200]


def test_a_carrier_that_takes_too_long_leaves_the_stop_heeded_but_not_acknowledged(
    client, hasty, send, hand
):
    carrier = Slow()
    sender = started(hand, carrier, send())
    assert carrier.entered.wait(5)
    for _ in range(2):
        answer = post(hasty, {**FORM, "Body": "STOP"})
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert opted_out()
    carrier.answer.set()
    sender.join()
    assert post(client, {**FORM, "Body": "STOP"}).status_code == 200
    assert Message.select().where(Message.body == "STOP").count() == 1


def test_a_claim_whose_process_died_holds_up_nobody(client, send):
    send()
    Outbox.update(state="sending", claimed_at=now() - LEASE_MS - 1).execute()
    assert post(client, {**FORM, "Body": "STOP"}).status_code == 200


@pytest.mark.parametrize("round_", range(3))
def test_of_many_senders_none_begins_to_hand_over_after_the_stop_was_acknowledged(
    world, client, send, hand, round_
):
    carrier, answers = Slow(), []
    carrier.answer.set()
    enough = threading.Event()

    def after_a_while(_message):
        """Between a claim and its call lies what a busy machine puts there."""
        enough.wait(0.004)
        return "https://repline.example/"

    def keep_sending():
        while not enough.is_set():
            try:
                hand(carrier, send(body=f"text {next(_refs)}"), url=after_a_while)
            except outbound.GateRefused:
                return

    senders = [started(keep_sending) for _ in range(6)]
    assert until(lambda: len(carrier.begun) > 10 + 5 * round_, 10)
    asking = stop(client, answers)
    asking.join()
    for each in senders:
        each.join(10)
    enough.set()
    [(acknowledged, code)] = answers
    assert code == 200
    assert all(begun <= acknowledged for begun, _ in carrier.begun)
    assert opted_out()
