"""Short codes answer for themselves: once, in the standard words, and nothing else gets out."""

import pytest
import time_machine

from backend.compliance.confirmations import HELPED, STARTED, STOPPED
from backend.messaging import gate, inbound, outbound, quarantining
from backend.messaging.gate import Request
from backend.messaging.hand_over import HandOver
from backend.models import (
    ConsentEvent,
    Decision,
    Message,
    Number,
    NumberUser,
    OptOut,
    Outbox,
    Quarantine,
)
from backend.ports import CarrierText
from backend.store import conversations, outbox
from backend.store.rows import now
from tests.backend.conftest import NOON
from tests.backend.world import ANA_NUMBER

MAYA = "+14045550187"
CODE = "72345"
TOLL_FREE = "+18885550123"


class Takes:
    def __init__(self):
        self.taken = []

    def send(self, text):
        self.taken.append((text.sender, text.recipient, text.body))
        return CarrierText(f"SM{text.message}", "sent", text.sender, text.recipient, text.body, 1)


@pytest.fixture
def carrier():
    return Takes()


@pytest.fixture
def short_code(world):
    number = Number.create(team=world.team, e164=CODE, kind="short_code", created_at=now())
    NumberUser.create(team=world.team, number=number, user=world.ana)
    return number


@pytest.fixture
def arrive(world, short_code, carrier):
    """A text to one of our numbers, and then whatever waits in the outbox is handed over."""
    count = 0

    def send(body, recipient=CODE, **more):
        nonlocal count
        count += 1
        text = inbound.Inbound(f"SM{count}in", MAYA, recipient, body, now(), **more)
        filed = world.writer(lambda tx: inbound.receive(tx, text, {}))
        url = "https://repline.example/?message={}".format
        for message, _ in outbox.due():
            HandOver(world.writer, carrier, url)(message)
        return filed

    return send


def test_a_stop_is_confirmed_once_though_nothing_else_may_follow_it(arrive, carrier):
    arrive("STOP")
    arrive("stop")
    arrive("Stop!!")
    assert carrier.taken == [(CODE, MAYA, STOPPED)]
    decision = Decision.get()
    assert (decision.allowed, decision.road) == (True, "system")
    assert "may follow an opt-out" in decision.detail


def test_each_opt_out_is_confirmed_once_and_so_is_each_return(arrive, carrier):
    for word in ("STOP", "START", "START", "YES", "quit", "yes", "Yes"):
        arrive(word)
    assert [body for *_, body in carrier.taken] == [STOPPED, STARTED, STOPPED, STARTED]


@pytest.fixture
def kept(world, short_code):
    """A text to the short code that could not be filed when it came; returns its entry."""

    def one(body):
        form = {"MessageSid": "SM0", "From": MAYA, "To": CODE, "Body": body}
        text = inbound.Inbound("SM0", MAYA, CODE, body, now())
        quarantining.keep_text(world.writer, text, form, ValueError())
        return Quarantine.get().id

    return one


def test_a_stop_that_could_not_be_filed_is_confirmed_once_it_is(world, kept, arrive, carrier):
    entry = kept("STOP")
    assert quarantining.retry(world.writer, entry)
    arrive("stop")
    assert carrier.taken == [(CODE, MAYA, STOPPED)]
    assert ConsentEvent.get().message == Message.get(Message.carrier_sid == "SM0")


def test_a_stop_that_could_not_be_filed_is_confirmed_once_though_another_one_is_filed_first(
    world, kept, arrive, carrier
):
    entry = kept("STOP")
    arrive("stop")
    assert quarantining.retry(world.writer, entry)
    arrive("stop")
    assert carrier.taken == [(CODE, MAYA, STOPPED)]


def test_a_stop_that_is_filed_after_they_came_back_is_confirmed_no_more(
    world, kept, arrive, carrier
):
    with time_machine.travel(NOON, tick=False) as clock:
        entry = kept("STOP")
        clock.shift(60)
        arrive("START")
        assert quarantining.retry(world.writer, entry)
        arrive("Hello")
    assert [body for *_, body in carrier.taken] == [STARTED]


def test_help_is_answered_also_after_an_opt_out(arrive, carrier):
    arrive("STOP")
    arrive("HELP")
    arrive("info")
    assert [body for *_, body in carrier.taken] == [STOPPED, HELPED, HELPED]


def test_the_confirmation_is_a_message_that_reps_see_and_nobody_wrote(arrive):
    arrive("STOP")
    message = Message.select().where(Message.direction == "outbound").get()
    assert (message.author_id, message.status) == (None, "sent")


@pytest.mark.parametrize("word", ["STOP", "START", "HELP", "YES"])
@pytest.mark.parametrize("number", [ANA_NUMBER, TOLL_FREE])
def test_where_twilio_answers_itself_we_do_not(world, arrive, carrier, number, word):
    Number.get_or_create(e164=number, defaults={"team": world.team, "created_at": now()})
    OptOut.create(team=world.team, mobile=MAYA, cause="stop", at=1)
    arrive(word, recipient=number)
    assert carrier.taken == []


def test_on_toll_free_numbers_a_yes_does_not_start_again(world, arrive):
    Number.create(team=world.team, e164=TOLL_FREE, kind="toll_free", created_at=now())
    arrive("STOP", recipient=TOLL_FREE)
    arrive("YES", recipient=TOLL_FREE)
    assert OptOut.select().count() == 1
    arrive("UNSTOP", recipient=TOLL_FREE)
    assert OptOut.select().count() == 0


def test_advanced_opt_out_answers_itself_also_on_short_codes(arrive, carrier):
    arrive("ARRET", opt_out_type="STOP")
    assert OptOut.get().cause == "stop"
    arrive("HALLO", opt_out_type="START")
    assert OptOut.select().count() == 0
    assert carrier.taken == []


def test_a_wish_in_a_sentence_is_answered_by_nobody(arrive, carrier):
    arrive("please stop texting me")
    assert carrier.taken == []


def ask(world, **change):
    fields = {
        "team": world.team.id,
        "user": None,
        "person": 1,
        "sender": CODE,
        "recipient": MAYA,
        "body": STOPPED,
        "road": "system",
        **change,
    }
    return world.writer(lambda tx: gate.ask(tx, Request(**fields), "hand_over")).blocked


def test_the_gates_door_for_the_system_lets_nothing_else_pass(world, short_code):
    OptOut.create(team=world.team, mobile=MAYA, cause="stop", at=1)
    assert ask(world) is None
    assert ask(world, body=STOPPED + " Sale!").reason == "not_standard"
    assert ask(world, media=1).reason == "not_standard"
    assert ask(world, sender=ANA_NUMBER).reason == "not_standard"
    assert ask(world, sender="54321").reason == "no_number"
    assert ask(world, team=world.others.id).reason == "no_number"
    assert ask(world, recipient="+19005550100").reason == "premium"
    assert ask(world, road="pane").reason == "opted_out"


def test_a_rep_who_writes_the_same_words_goes_through_the_usual_door(world, arrive, carrier):
    arrive("STOP")
    person = Message.select().where(Message.direction == "inbound").get().conversation.person_id
    talk = world.writer(
        lambda tx: conversations.open_for(
            tx, world.team.id, Number.get(e164=CODE).id, person, "opened"
        )
    )
    with pytest.raises(outbound.GateRefused):
        outbound.send(
            world.writer,
            team=world.team.id,
            user=world.ana.id,
            conversation=talk,
            draft=outbound.Draft("system-1-1-1", STOPPED),
            road="pane",
        )
    assert len(carrier.taken) == 1
    assert Outbox.select().count() == 0
