"""A person is erased: gone from every table, emptied at the carrier, an opt-out kept as a hash."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from huey import MemoryHuey

from backend.messaging import inbound, outbound, quarantining, reconcile
from backend.models import TABLES, Conversation, FeedEvent, Person, Quarantine, Redaction
from backend.ports import CarrierError, CarrierText, Missing
from backend.privacy import erasure, export, jobs
from backend.privacy.retention import DAY_MS, Retention
from backend.queue import Queue
from backend.store import (
    activities,
    drifts,
    feed,
    media,
    outbox,
    pseudonym,
    redactions,
    settings,
    status_asks,
)
from backend.store.audit import Actor
from backend.store.rows import all_rows, now, one_row
from tests.backend.world import ANA_NUMBER, THEIR_NUMBER

MAYA = "+14045550187"
SECRET_WORDS = (
    "Maya Okonkwo",
    MAYA,
    "5550187",
    "the merger is off",
    "likes sailing",
    "photo of me",
)


class Carrier:
    """Notes what it is asked to empty; ``wrong`` is what it answers instead."""

    def __init__(self):
        self.emptied, self.deleted, self.wrong = [], [], None

    def media_of(self, sid):
        if self.wrong:
            raise self.wrong
        return [f"ME-{sid}"]

    def delete_media(self, sid, media_sid):
        self.deleted.append((sid, media_sid))

    def redact(self, sid):
        self.emptied.append(sid)


@pytest.fixture
def removed():
    return []


@pytest.fixture
def admin(world):
    return Actor(world.team.id, world.admin.id, world.admin.email)


@pytest.fixture
def erase(world, admin, removed):
    def one(person, actor=admin):
        return erasure.erase(
            world.writer, lambda team, files: removed.append((team, files)), actor, person
        )

    return one


def arrive(world, sid, body, sender=MAYA, road="inbound"):
    text = inbound.Inbound(sid=sid, sender=sender, recipient=ANA_NUMBER, body=body, at=now())
    return world.writer(lambda tx: inbound.receive(tx, text, {"Body": body, "From": sender}, road))


@pytest.fixture
def maya(world):
    """Somebody with texts in both directions, a note, a picture, another number and a STOP."""
    person = world.person(MAYA, "Maya Okonkwo", account="Northwind")
    message = arrive(world, "SM1", "the merger is off")
    conversation = Conversation.get(person=person).id
    draft = outbound.Draft("ref-00000001", "photo of me")
    outbound.send(
        world.writer,
        team=world.team.id,
        user=world.ana.id,
        conversation=conversation,
        draft=draft,
        road="pane",
    )

    def more(tx):
        team = world.team.id
        tx.execute("DELETE FROM outbox")
        activities.add(tx, team, person.id, "note", user=world.ana.id, text="likes sailing")
        tx.execute(
            "INSERT INTO media (team_id, message_id, name, sha256, created_at)"
            " VALUES (?, ?, 'photo of me.png', 'abc', 1)",
            (team, message),
        )
        tx.execute("UPDATE message SET media_count = 1 WHERE id = ?", (message,))
        tx.execute(
            "INSERT INTO person_number (team_id, person_id, e164, label) VALUES (?, ?, ?, 'Home')",
            (team, person.id, MAYA),
        )
        drifts.add(tx, team, "carrier", None, MAYA, "The carrier knew of an opt-out.")
        # One that could not be read, one that could not be filed, and one that fell silent.
        unread = {"From": MAYA, "To": ANA_NUMBER, "Body": "likes sailing"}
        quarantining.keep_unread(tx, unread, "MessageSid is missing.")
        status_asks.add(tx, team, message)

    world.writer(more)
    lost = inbound.Inbound("SM99", MAYA, ANA_NUMBER, "the merger is off", now())
    form = {"MessageSid": "SM99", "From": MAYA, "To": ANA_NUMBER, "Body": lost.body}
    quarantining.keep_text(world.writer, lost, form, ValueError())
    arrive(world, "SM2", "STOP")
    return person.id


def everything() -> str:
    """All that the database holds, as one text."""
    return "\n".join(str(all_rows(f'SELECT * FROM "{table._meta.table_name}"')) for table in TABLES)


def test_nothing_of_them_is_left_in_any_table(world, maya, erase):
    before = everything()
    assert all(words in before for words in SECRET_WORDS)
    erase(maya)
    after = everything()
    assert [words for words in SECRET_WORDS if words in after] == []


def test_what_could_not_be_filed_of_them_does_not_come_back_from_the_carriers_list(
    world, maya, erase
):
    class Listing:
        def sent_since(self, since):
            words = {"sender": MAYA, "recipient": ANA_NUMBER, "body": "the merger is off"}
            return [CarrierText("SM99", "received", at=now(), inbound=True, **words)]

    erase(maya)
    reconcile.reconcile(world.writer, Listing())
    assert Person.select().count() == 0
    assert [words for words in SECRET_WORDS if words in everything()] == []
    assert "SM99" in {each.sid for each in Redaction.select()}


@pytest.mark.only_on("sqlite")
def test_nothing_of_them_is_left_in_the_databases_files(world, maya, erase, tmp_path):
    """Also not in SQLite's log, which a backup of files takes along."""
    files = list(tmp_path.glob("repline.sqlite3*"))
    assert any(b"the merger is off" in each.read_bytes() for each in files)
    erase(maya)
    left = [each.name for each in files if each.exists() and b"merger is off" in each.read_bytes()]
    assert left == []


def test_the_opt_out_outlives_them_and_holds_when_they_come_back(world, maya, erase):
    erase(maya)
    assert one_row("SELECT mobile FROM opt_out") == (pseudonym.of(world.team.id, MAYA),)
    person = world.person(MAYA, "Maya O.")
    conversation = Conversation.create(
        team=world.team, number=world.number, person=person, last_at=1
    )
    with pytest.raises(outbound.GateRefused) as refused:
        outbound.send(
            world.writer,
            team=world.team.id,
            user=world.ana.id,
            conversation=conversation.id,
            draft=outbound.Draft("ref-00000002", "Hello again"),
            road="pane",
        )
    assert refused.value.blocked.reason == "opted_out"


def test_everybody_who_held_the_conversation_is_told_to_forget_it(world, maya, erase):
    conversation = Conversation.get().id
    erase(maya)
    for user in (world.ana, world.ben, world.admin):
        (event,) = FeedEvent.select().where(FeedEvent.user == user)
        assert b"person.erased" in bytes(event.frame)
        assert f'"conversations":[{conversation}]'.encode() in bytes(event.frame)


def test_a_browser_that_was_away_starts_afresh(world, maya, erase):
    erase(maya)

    assert not feed.can_replay(world.ana.id, 0)


def redact(world, carrier):
    """What the next minute does."""
    queue = Queue(lambda lane: MemoryHuey(lane, immediate=True))
    jobs.tasks(queue, world.writer, Retention(world.writer, carrier, lambda team, files: None))
    queue.sweep()


def test_a_copy_is_emptied_once_however_many_jobs_are_at_it(world, maya, erase):
    erase(maya)
    carrier = Carrier()
    retention = Retention(world.writer, carrier, lambda team, files: None)
    carrier.media_of = lambda sid: [retention.redact(each) for each in redactions.due()] and []
    for each in redactions.due():
        retention.redact(each)
    assert sorted(carrier.emptied) == ["SM1", "SM2", "SM99"]


def test_the_carrier_empties_its_copies(world, maya, erase):
    erase(maya)
    carrier = Carrier()
    redact(world, carrier)
    assert carrier.emptied == ["SM1", "SM2", "SM99"]
    assert carrier.deleted == [("SM1", "ME-SM1"), ("SM2", "ME-SM2"), ("SM99", "ME-SM99")]
    redact(world, carrier)
    assert carrier.emptied == ["SM1", "SM2", "SM99"]


@pytest.mark.parametrize(("wrong", "left"), [(CarrierError("HTTP 500"), 3), (Missing("gone"), 0)])
def test_a_carrier_that_fails_is_asked_again_and_one_that_has_nothing_is_not(
    world, maya, erase, wrong, left
):
    erase(maya)
    carrier = Carrier()
    carrier.wrong = wrong
    redact(world, carrier)
    assert one_row("SELECT count(*) FROM redaction WHERE done_at IS NULL") == (left,)


def test_an_erased_text_is_not_filed_again_by_the_carriers_list_or_a_late_webhook(
    world, maya, erase
):
    erase(maya)
    for road in ("inbound", "list"):
        assert arrive(world, "SM1", "the merger is off", road=road) is None
    assert Person.select().count() == 0


def test_files_that_nobody_needs_are_handed_on(world, maya, erase, removed):
    assert erase(maya).files == ["abc"]
    assert removed == [(world.team.id, ["abc"])]


def test_nobody_else_is_ever_given_their_ids(world, maya, erase):
    """A browser that was away may still hold a text for the conversation that is gone."""
    latest = "SELECT max(person.id), max(conversation.id), max(message.id)"
    latest += " FROM person, conversation, message"
    before = one_row(latest)
    erase(maya)
    arrive(world, "SM9", "Hello, who is this?", sender="+12125550177")
    after = one_row(latest)
    assert all(new > old for new, old in zip(after, before, strict=True)), (before, after)


def test_somebody_else_with_the_same_mobile_keeps_everything(world, maya, erase):
    other = world.person(MAYA, "Jonas")
    erase(maya)
    assert Person.get().id == other.id
    assert one_row("SELECT mobile FROM opt_out") == (MAYA,)


def test_a_person_with_a_text_at_the_carrier_is_not_erased_yet(world, maya, erase):
    message = one_row("SELECT id FROM message WHERE direction = 'outbound'")[0]
    world.writer(lambda tx: outbox.add(tx, world.team.id, message))
    world.writer(lambda tx: outbox.claim(tx, message))
    with pytest.raises(erasure.OnItsWay):
        erase(maya)
    assert Person.select().count() == 1


def test_another_teams_admin_erases_nobody(world, maya, erase):
    with pytest.raises(erasure.NoSuchPerson):
        erase(maya, Actor(world.others.id, world.stranger.id, "eve@rivals.example"))
    assert Person.select().count() == 1


def test_the_audit_log_says_that_somebody_was_erased_and_by_whom_but_not_who(world, maya, erase):
    erase(maya)
    row = one_row("SELECT actor, subject FROM audit WHERE action = 'person.erased'")
    assert row == ("admin@brightpath.example", f"person {maya}")


def test_an_export_holds_texts_notes_and_the_history_of_consent(world, maya, admin):
    found = export.export(world.writer, admin, maya)
    assert [each.body for each in found.messages] == ["the merger is off", "photo of me", "STOP"]
    assert "likes sailing" in [each.text for each in found.activities]
    assert [each.kind for each in found.consent] == ["opted_out"]
    packed = io.BytesIO()
    export.archive(found, lambda media: b"bytes", packed)
    with zipfile.ZipFile(packed) as read:
        assert read.read("media/1") == b"bytes"
        assert b"the merger is off" in read.read("export.json")


def test_texts_older_than_the_teams_period_go_and_others_stay(world, maya):
    old = one_row("SELECT id FROM message ORDER BY id")[0]
    world.writer(lambda tx: settings.change(tx, world.team.id, retention_days=30))
    world.writer(
        lambda tx: tx.execute("UPDATE message SET at = ? WHERE id = ?", (now() - 31 * DAY_MS, old))
    )
    gone = []
    retention = Retention(world.writer, Carrier(), lambda team, files: gone.extend(files))
    assert retention.expire() == 1
    assert one_row("SELECT count(*) FROM message") == (2,)
    assert gone == ["abc"]
    assert "the merger is off" not in str(all_rows("SELECT body FROM message"))
    assert retention.expire() == 0


def test_teams_without_a_period_keep_everything(world, maya):
    world.writer(lambda tx: tx.execute("UPDATE message SET at = 0"))
    assert Retention(world.writer, Carrier(), lambda team, files: None).expire() == 0


def test_media_of_an_erased_text_are_no_longer_served(world, maya, erase):
    erase(maya)
    assert media.get(world.team.id, 1) is None


def test_what_is_kept_too_long_goes_from_quarantine_too(world, admin):
    world.writer(lambda tx: settings.change(tx, world.team.id, retention_days=7))
    with time_machine.travel(datetime.now(UTC) - timedelta(days=8)):
        for number in (ANA_NUMBER, THEIR_NUMBER):
            form = {"From": MAYA, "To": number, "Body": "the merger is off"}
            world.writer(lambda tx, form=form: quarantining.keep_unread(tx, form, ""))
    Retention(world.writer, Carrier(), lambda team, files: None).expire()
    assert [each.team for each in Quarantine.select()] == [world.others]
    assert everything().count("the merger is off") == 1
