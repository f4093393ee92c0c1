"""What the carrier's own list tells of texts whose webhooks were lost, and of texts in doubt."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from peewee import OperationalError

from backend.messaging import doubt, inbound, jobs, outbound, quarantining, reconcile
from backend.messaging.hand_over import HandOver
from backend.models import Message, OptOut, Outbox, Quarantine, Redaction, WebhookEvent
from backend.ports import CarrierError, CarrierText, Uncertain
from backend.rounds import Tally
from backend.store import conversations, messages
from backend.store.audit import Actor
from backend.store.rows import now
from tests.backend.world import ANA_NUMBER, THEIR_NUMBER

MAYA = "+14045550187"
MINUTE = 60_000
NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


class Listing:
    """A carrier that has this list, newest first as carriers give it."""

    def __init__(self, *texts):
        self.texts, self.asked = texts, []

    def sent_since(self, since):
        self.asked.append(since)
        return [text for text in self.texts if text.at >= since]


def arrived(sid, body, at=None, **more):
    told = {"status": "received", "sender": MAYA, "recipient": ANA_NUMBER, **more}
    return CarrierText(sid=sid, body=body, at=at or now(), inbound=True, **told)


@pytest.fixture
def reconcile_with(world):
    return lambda *texts: reconcile.reconcile(world.writer, Listing(*texts))


@pytest.fixture
def webhook(world):
    def come(sid, body, at=None, **more):
        text = inbound.Inbound(
            sid=sid, sender=MAYA, recipient=ANA_NUMBER, body=body, at=at or now(), **more
        )
        return world.writer(lambda tx: inbound.receive(tx, text, {"MessageSid": sid, **more}))

    return come


def test_lost_texts_are_filed_in_the_order_in_which_they_were_sent(world, reconcile_with):
    at = now() - MINUTE
    reconcile_with(
        arrived("SM3", "third", at + 1000),
        arrived("SM2", "second", at),
        arrived("SM1", "first", at),
    )
    assert [m.body for m in Message.select().order_by(Message.id)] == ["first", "second", "third"]


def test_a_lost_stop_after_a_lost_start_word_holds(world, reconcile_with):
    at = now() - MINUTE
    reconcile_with(arrived("SM2", "STOP", at), arrived("SM1", "yes", at))
    assert OptOut.get().mobile == MAYA


def test_the_order_holds_though_the_list_is_looked_at_in_pieces(
    world, webhook, reconcile_with, monkeypatch
):
    monkeypatch.setattr(messages, "SIDS_AT_ONCE", 2)
    at = now() - MINUTE
    webhook("SM2", "Hello", at)
    reconcile_with(
        *(arrived("SM4", "STOP", at + 2000), arrived("SM3", "Well", at + 1000)),
        *(arrived("SM2", "Hello", at), arrived("SM1", "yes", at - 1000), arrived("SM0", "Hi", at)),
    )
    bodies = [m.body for m in Message.select().order_by(Message.id)]
    assert bodies == ["Hello", "yes", "Hi", "Well", "STOP"]
    assert OptOut.get().mobile == MAYA


def test_a_lost_start_word_that_is_older_than_the_stop_changes_nothing(
    world, webhook, reconcile_with
):
    webhook("SM2", "STOP")
    reconcile_with(arrived("SM1", "yes", now() - MINUTE))
    assert OptOut.get().mobile == MAYA


def test_a_second_stop_counts_from_when_it_was_said(world, webhook, reconcile_with):
    webhook("SM1", "STOP", now() - 3 * MINUTE)
    webhook("SM3", "stop", now() - MINUTE)
    reconcile_with(arrived("SM2", "START", now() - 2 * MINUTE))
    assert OptOut.get().mobile == MAYA


def test_a_lost_start_after_a_lost_stop_ends_it(world, reconcile_with):
    at = now() - MINUTE
    reconcile_with(arrived("SM2", "START", at + 5000), arrived("SM1", "STOP", at))
    assert OptOut.select().count() == 0


def test_one_text_that_cannot_be_filed_is_kept_and_keeps_no_other_from_it(
    world, reconcile_with, no_twins
):
    at = now() - MINUTE
    listed = [arrived("SM3", "Bye", at + 2), arrived("SM2", "Hello", at + 1)]
    for _ in range(2):
        reconcile_with(*listed, arrived("SM1", "Hello", at))
    assert [m.body for m in Message.select()] == ["Hello", "Bye"]
    assert [(each.team, each.reason) for each in Quarantine.select()] == [(world.team, "failed")]
    no_twins()
    assert quarantining.retry(world.writer, Quarantine.get().id)
    assert Message.get(Message.carrier_sid == "SM2").at == at + 1


def test_a_text_that_could_not_even_be_kept_is_looked_for_again_however_old_it_is(world):
    class Locked:
        """The database is locked for the text and for keeping it, and free again after that."""

        left = 2

        def __call__(self, work, **options):
            if self.left:
                self.left -= 1
                raise OperationalError("database is locked")
            return world.writer(work, **options)

    with time_machine.travel(NOON, tick=False) as clock:
        reconcile.reconcile(world.writer, Listing())
        lost = arrived("SM1", "Hello", now() + 1)
        clock.shift(3 * 3600)
        reconcile.reconcile(Locked(), Listing(lost))
        assert Message.select().count() == 0
        clock.shift(60)
        reconcile.reconcile(world.writer, Listing(lost))
    assert Message.get().body == "Hello"


def test_what_was_dropped_from_quarantine_stays_away_and_goes_at_the_carrier_too(
    world, reconcile_with, no_twins
):
    listed = [arrived("SM2", "Hello", now()), arrived("SM1", "Hello", now() - MINUTE)]
    reconcile_with(*listed)
    world.writer(lambda tx: quarantining.drop(tx, None, Quarantine.get().id))
    no_twins()
    reconcile_with(*listed)
    assert [m.carrier_sid for m in Message.select()] == ["SM1"]
    assert Quarantine.select().count() == 0
    assert [each.sid for each in Redaction.select()] == ["SM2"]


def test_half_a_character_of_the_list_is_no_reason_to_lose_a_text(reconcile_with):
    reconcile_with(arrived("SM1", "Hello \ud83d"))
    assert Message.get().body == "Hello ?"


def test_texts_to_numbers_that_no_team_has_are_left_alone(reconcile_with):
    reconcile_with(arrived("SM1", "Hi", recipient="+14045559999"))
    assert (Message.select().count(), WebhookEvent.select().count()) == (0, 0)


def test_each_teams_lost_texts_are_its_own_and_are_counted_so(world):
    tally = Tally()
    listing = Listing(arrived("SM2", "To them", recipient=THEIR_NUMBER), arrived("SM1", "To us"))
    reconcile.reconcile(world.writer, listing, tally)
    found = {m.body: m.team for m in Message.select()}
    assert found == {"To us": world.team, "To them": world.others}
    assert {team: each[1:] for team, each in tally.by_team(0).items()} == {
        world.team.id: (1, 1),
        world.others.id: (1, 1),
    }


def test_a_webhook_behind_the_list_is_kept_whole_and_files_nothing_more(
    world, webhook, reconcile_with
):
    reconcile_with(arrived("SM1", "Look", media_count=2))
    assert webhook("SM1", "Look", media=("ME1", "ME2")) is None
    assert [m.media_count for m in Message.select()] == [2]
    kept = WebhookEvent.get(WebhookEvent.key == "inbound:SM1")
    assert "ME2" in kept.params
    assert kept.filed


def test_what_was_lost_while_the_backend_was_away_is_found_when_it_is_back(world):
    with time_machine.travel(NOON, tick=False) as clock:
        reconcile.reconcile(world.writer, Listing())
        clock.shift(60)
        lost = arrived("SM1", "STOP", now())
        clock.shift(3 * 3600)
        reconcile.reconcile(world.writer, Listing(lost))
    assert OptOut.get().mobile == MAYA
    assert Message.get().at == lost.at


def test_what_was_lost_is_found_though_the_clock_was_ahead_at_the_last_reading(world):
    with time_machine.travel(NOON, tick=False) as clock:
        clock.shift(6 * 3600)
        reconcile.reconcile(world.writer, Listing())
        clock.shift(-6 * 3600)
        lost = arrived("SM1", "Hello", now() + 1)
        clock.shift(3 * 3600)
        reconcile.reconcile(world.writer, Listing(lost))
    assert Message.get().body == "Hello"


def test_a_list_that_did_not_come_is_read_from_the_same_moment_when_it_comes(world):
    class Away(Listing):
        def sent_since(self, since):
            raise CarrierError("away")

    with time_machine.travel(NOON, tick=False) as clock:
        reconcile.reconcile(world.writer, Listing())
        lost = arrived("SM1", "Hello", now() + 1)
        for _ in range(3):
            clock.shift(3600)
            with pytest.raises(CarrierError):
                reconcile.reconcile(world.writer, Away())
        reconcile.reconcile(world.writer, Listing(lost))
    assert Message.get().body == "Hello"


def test_what_comes_while_the_list_is_read_is_for_the_next_reading(world):
    with time_machine.travel(NOON, tick=False) as clock:

        class Slow(Listing):
            def sent_since(self, since):
                clock.shift(3600)
                return []

        meanwhile = arrived("SM1", "Hello", now() + 60_000)
        reconcile.reconcile(world.writer, Slow())
        reconcile.reconcile(world.writer, Listing(meanwhile))
    assert Message.get().body == "Hello"


def test_what_the_carrier_lists_hours_late_is_found_by_night(world):
    with time_machine.travel(NOON, tick=False) as clock:
        lost = arrived("SM1", "STOP", now())
        clock.shift(20 * 3600)
        reconcile.reconcile(world.writer, Listing())
        reconcile.reconcile(world.writer, Listing(lost))
        assert Message.select().count() == 0
        reconcile.reconcile(world.writer, Listing(lost), back_ms=jobs.LATE_MS)
    assert (Message.get().at, OptOut.get().at) == (lost.at, lost.at)


def test_no_more_than_a_week_is_looked_back_on(world):
    listing = Listing()
    with time_machine.travel(NOON, tick=False) as clock:
        reconcile.reconcile(world.writer, listing)
        clock.shift(30 * 24 * 3600)
        reconcile.reconcile(world.writer, listing)
        week = now() - 7 * 24 * 60 * MINUTE
    assert week - 5 * MINUTE < listing.asked[-1] <= week


@pytest.mark.only_on("sqlite")
def test_thousands_of_texts_are_looked_up_though_a_query_takes_few(world, database, webhook):
    webhook("SM1007", "Hello")
    database.connection().setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)
    sids = [f"SM{each}" for each in range(2_000)]
    assert messages.known_sids(sids) == {"SM1007"}
    assert messages.known_sids([]) == set()


@pytest.fixture
def send(world):
    person = world.person(MAYA, "Maya")
    conversation = world.writer(
        lambda tx: conversations.open_for(tx, world.team.id, world.number.id, person.id, "opened")
    )

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


class Behind(Listing):
    """The list of a process that a second one overtakes while it waits for its answer."""

    def __init__(self, overtake, *texts):
        super().__init__(*texts)
        self.overtake = overtake

    def sent_since(self, since):
        self.overtake()
        return super().sent_since(since)


def test_two_processes_that_read_the_list_at_once_file_each_text_once(world, reconcile_with):
    lost = [arrived("SM2", "STOP"), arrived("SM1", "Hello", now() - MINUTE)]
    tally = Tally()
    behind = Behind(lambda: reconcile_with(*lost), *lost)
    reconcile.reconcile(world.writer, behind, tally)
    assert [m.carrier_sid for m in Message.select().order_by(Message.id)] == ["SM1", "SM2"]
    assert (OptOut.select().count(), tally.by_team(0)) == (1, {})


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
