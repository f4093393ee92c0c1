"""The carrier's list and single texts, read with the real library from the simulator: what their
webhooks should have told is found, and what stays silent is asked for and given up visibly."""

from datetime import UTC, datetime

import pytest
import requests
import time_machine

from backend.carrier.twilio import TwilioCarrier
from backend.messaging import reconcile, silent
from backend.messaging.status import CARRIER
from backend.models import Media, Message, OptOut, StatusAsk
from backend.ports import CarrierError
from backend.rounds import Tally
from backend.store import messages, status_asks
from simulator.records import Media as TheirMedia
from simulator.records import Message as Theirs
from tests.backend.world import ANA_NUMBER, THEIR_NUMBER

ACCOUNT = "AC" + "0" * 32
MAYA = "+14045550187"
NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def twilio(carrier):
    return TwilioCarrier(ACCOUNT, "token", carrier.url, CARRIER)


@pytest.fixture
def theirs(carrier):
    """What the carrier has of a text; call it anew to change that."""

    def put(sid, status="received", *, ours=ANA_NUMBER, body="Hi", media=0, **more):
        inbound = status == "received"
        at = datetime.now(UTC)
        text = Theirs(
            sid=sid,
            account_sid=ACCOUNT,
            to=ours if inbound else MAYA,
            from_=MAYA if inbound else ours,
            body=body,
            direction="inbound" if inbound else "outbound-api",
            status=status,
            segments=1,
            media_count=media,
            **{"created": at, "updated": at, "sent": at, **more},
        )
        with carrier.state.change() as books:
            books.messages[sid] = text
            for each in range(media):
                name = f"ME{sid[2:]}{each:02}"
                books.media[name] = TheirMedia(name, text.account_sid, sid, "image/png", b"-", at)

    return put


@pytest.fixture
def fault(carrier):
    def arm(kind, **more):
        requests.post(
            f"{carrier.url}/simulator/faults", json={"kind": kind, **more}, timeout=5
        ).raise_for_status()

    return arm


@pytest.fixture
def sent(world):
    """A text that the carrier has taken, and of which nothing was heard since."""
    person = world.person(MAYA, "Maya")
    conversation = world.conversation(person)

    def one(sid, status="sent"):
        def work(tx):
            more = {"author": world.ana.id, "ref": f"ref-{sid}", "body": "Hi", "mobile": MAYA}
            text = messages.add_outbound(tx, world.team.id, conversation, segments=1, **more)
            messages.set_status(tx, world.team.id, text, status, sid=sid)
            return text

        return world.writer(work)

    return one


@pytest.fixture
def read(world, twilio):
    def once():
        tally = Tally()
        reconcile.reconcile(world.writer, twilio, tally)
        return {team: each[1:] for team, each in tally.by_team(0).items()}

    return once


@pytest.fixture
def ask(world, twilio):
    def once():
        tally = Tally()
        silent.ask(world.writer, twilio, tally)
        return {team: each[1:] for team, each in tally.by_team(0).items()}

    return once


def status_of(message):
    return Message.get_by_id(message).status


def test_lost_texts_of_several_teams_come_from_the_list_with_their_media(world, theirs, read):
    theirs("SM" + "1" * 32, body="Look", media=2)
    theirs("SM" + "2" * 32, body="To them", ours=THEIR_NUMBER)
    assert read() == {world.team.id: (1, 1), world.others.id: (1, 1)}
    look = Message.get(Message.body == "Look")
    assert (look.team, look.media_count) == (world.team, 2)
    assert [(m.state, m.message) for m in Media.select()] == [("pending", look)] * 2
    assert [wake.arguments for wake in world.woken("fetch")] == [(1,), (2,)]
    assert read() == {}


def test_a_status_whose_callback_was_lost_comes_from_the_list(world, theirs, sent, read):
    arrived, refused = sent("SM1"), sent("SM2")
    theirs("SM1", "delivered")
    theirs("SM2", "failed", error_code=30003)  # of which nothing else is new: it costs nothing
    assert read() == {world.team.id: (2, 2)}
    assert (status_of(arrived), status_of(refused)) == ("delivered", "failed")
    assert Message.get_by_id(refused).error_code == 30003
    assert read() == {}


def test_the_list_takes_no_status_back(theirs, sent, read):
    message = sent("SM1", "delivered")
    theirs("SM1", "sent")
    assert read() == {}
    assert status_of(message) == "delivered"


def test_an_opt_out_that_only_the_list_tells_is_believed(theirs, sent, read):
    sent("SM1")
    theirs("SM1", "failed", error_code=21610)
    read()
    assert [(each.mobile, each.cause) for each in OptOut.select()] == [(MAYA, "carrier")]


def test_a_list_that_breaks_off_between_two_pages_is_no_short_list(
    world, theirs, twilio, read, fault
):
    for each in range(501):
        theirs(f"SM{each}", body=f"Text {each}")
    listed = iter(twilio.sent_since(0))
    next(listed)
    fault("http_5xx_before", on="list")
    with pytest.raises(CarrierError):
        list(listed)
    assert read() == {world.team.id: (501, 501)}


def test_a_text_that_is_silent_is_asked_for_until_it_is_final(world, clock, theirs, sent, ask):
    message = sent("SM1")
    theirs("SM1", "sent")
    assert ask() == {}
    clock.shift(31 * 60)
    assert ask() == {world.team.id: (1, 0)}
    theirs("SM1", "delivered")
    assert ask() == {}  # once for each interval
    clock.shift(31 * 60)
    assert ask() == {world.team.id: (1, 1)}
    assert (status_of(message), StatusAsk.select().count()) == ("delivered", 0)


def test_a_text_that_stays_silent_is_given_up_visibly(world, clock, theirs, sent, ask):
    message = sent("SM1")
    theirs("SM1", "sent")
    asks = 0
    for _ in range(3 * 48):
        clock.shift(30 * 60 + 1)
        asks += len(ask())
    assert asks == silent.MOST_ASKS
    (shown,) = status_asks.given_up(world.team.id, before=None, limit=9)
    assert (shown.message, shown.name, shown.cause) == (message, "Maya", silent.NO_WORD)
    assert status_asks.given_up(world.others.id, before=None, limit=9) == []
    assert status_of(message) == "sent"


def test_a_text_that_the_carrier_has_no_more_is_given_up_at_once(world, clock, sent, ask):
    sent("SM1")
    clock.shift(31 * 60)
    assert ask() == {world.team.id: (1, 0)}
    assert StatusAsk.get().cause == silent.GONE


def test_a_carrier_that_is_away_uses_up_no_question(clock, theirs, sent, ask, fault):
    sent("SM1")
    theirs("SM1", "sent")
    clock.shift(31 * 60)
    for _ in range(2 * silent.MOST_ASKS):
        fault("http_5xx_before", on="fetch")
        with pytest.raises(CarrierError):
            ask()
        clock.shift(31 * 60)
    ask()
    assert (StatusAsk.get().asks, StatusAsk.get().given_up_at) == (1, None)


def test_a_text_whose_callback_comes_after_all_is_asked_for_no_more(
    world, clock, theirs, sent, ask
):
    message = sent("SM1")
    theirs("SM1", "sent")
    clock.shift(31 * 60)
    ask()
    world.writer(lambda tx: messages.set_status(tx, world.team.id, message, "delivered"))
    clock.shift(31 * 60)
    assert ask() == {}
    assert StatusAsk.select().count() == 0


def test_two_processes_ask_for_a_text_once(world, clock, theirs, sent, twilio):
    sent("SM1")
    theirs("SM1", "sent")
    clock.shift(31 * 60)
    asked = []

    class Counting:
        """Asks the carrier, and lets a second process look while it waits for the answer."""

        def text(self, sid):
            asked.append(sid)
            silent.ask(world.writer, self, Tally())
            return twilio.text(sid)

    silent.ask(world.writer, Counting(), Tally())
    assert asked == ["SM1"]
