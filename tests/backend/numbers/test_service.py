"""Numbers in a Messaging Service: what they send through it, and what arrives on them."""

import pytest

from backend.carrier.twilio import TwilioCarrier
from backend.messaging import inbound
from backend.messaging.status import CARRIER
from backend.ports import Text
from backend.store import outbox
from backend.store.rows import now
from simulator import registrations
from tests.backend.numbers.conftest import ACCOUNT, TOKEN
from tests.backend.world import ANA_NUMBER, BEN_NUMBER

MAYA = "+14045550187"


@pytest.fixture
def service(carrier):
    with carrier.state.change() as books:
        made = registrations.add_service(books, ACCOUNT, "Reps", carrier.carrier.now())
        made.webhook_on_number = True
        books.services[made.sid] = [BEN_NUMBER, ANA_NUMBER]
    return made.sid


@pytest.fixture
def taken(carrier):
    def taken(service):
        sender = TwilioCarrier(ACCOUNT, TOKEN, carrier.url, status_of=CARRIER)
        callback = "https://repline.example.com/status"
        sent = sender.send(Text(1, ANA_NUMBER, MAYA, "Hi", callback, service=service))
        with carrier.state.look() as books:
            return books.messages[sent.sid]

    return taken


def test_the_chosen_number_sends_and_not_the_first_of_the_pool(service, taken):
    text = taken(service)
    assert (text.from_, text.service_sid) == (ANA_NUMBER, service)


@pytest.mark.parametrize("left", ["MG" + "9" * 32, "empty"])
def test_a_number_that_has_left_its_service_sends_without_it(carrier, service, taken, left):
    if left == "empty":
        with carrier.state.change() as books:
            books.services[service] = [BEN_NUMBER]
    assert taken(service if left == "empty" else left).from_ == ANA_NUMBER
    with carrier.state.look() as books:
        assert len(books.ledger) == 1


def test_a_text_waits_with_the_service_of_its_number(world, synced, service):
    synced()
    person = world.person(MAYA)
    params = {"MessagingServiceSid": service, "To": ANA_NUMBER}
    came = inbound.Inbound("SM1", MAYA, ANA_NUMBER, "Hello", now())
    world.writer(lambda tx: inbound.receive(tx, came, params))
    assert person.id

    def queue(tx):
        tx.execute(
            "INSERT INTO message (team_id, conversation_id, direction, status, body, mobile, at,"
            " segments, media_count, revision) SELECT team_id, id, 'outbound', 'queued', 'Hi', ?,"
            " 1, 1, 0, 0 FROM conversation",
            (MAYA,),
        )
        (message,) = tx.execute("SELECT max(id) FROM message").fetchone()
        tx.execute(
            "INSERT INTO outbox (team_id, message_id, state, not_before, attempts)"
            " VALUES (?, ?, 'queued', 0, 0)",
            (world.team.id, message),
        )
        return outbox.get(message)

    assert world.writer(queue).service == service
