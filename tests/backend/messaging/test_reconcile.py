"""What the carrier's own list tells of texts whose webhooks were lost."""

import sqlite3

import pytest
import time_machine
from peewee import OperationalError

from backend.messaging import inbound, jobs, quarantining, reconcile
from backend.models import Message, OptOut, Quarantine, Redaction, WebhookEvent
from backend.ports import CarrierError
from backend.rounds import Tally
from backend.store import messages
from backend.store.rows import now
from tests.backend.messaging.listing import MAYA, NOON, Behind, Listing, arrived
from tests.backend.world import ANA_NUMBER, THEIR_NUMBER

MINUTE = 60_000


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


def test_two_processes_that_read_the_list_at_once_file_each_text_once(world, reconcile_with):
    lost = [arrived("SM2", "STOP"), arrived("SM1", "Hello", now() - MINUTE)]
    tally = Tally()
    behind = Behind(lambda: reconcile_with(*lost), *lost)
    reconcile.reconcile(world.writer, behind, tally)
    assert [m.carrier_sid for m in Message.select().order_by(Message.id)] == ["SM1", "SM2"]
    assert (OptOut.select().count(), tally.by_team(0)) == (1, {})
