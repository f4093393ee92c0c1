"""A text in doubt is settled by the carrier's list, then by a person, and by nothing else."""

import json
import threading

import pytest

from backend.messaging import doubt, outbound
from backend.messaging.errors import SENT_AGAIN
from backend.messaging.hand_over import HandOver
from backend.models import Audit, Decision, License, Media, Message, OptOut, Outbox
from backend.ports import Uncertain
from backend.store import doubts, messages
from backend.store.audit import Actor
from backend.store.rows import now
from backend.store.writer import InlineWriter
from backend.team.faults import NotThere, Refused
from tests.security.frames import ask, socket_of

MAYA = "+14045550187"


@pytest.fixture
def admin(world):
    return Actor(world.team.id, world.admin.id, world.admin.email)


@pytest.fixture
def doubtful(world):
    """A text whose answer never came, and of which the list has told nothing."""

    class Silent:
        def send(self, text):
            raise Uncertain("timeout")

    person = world.person(MAYA, "Maya")
    conversation = world.conversation(person)
    draft = outbound.Draft("ref-00000001", "Hi Maya")
    message = outbound.send(
        *(world.writer,),
        team=world.team.id,
        user=world.ana.id,
        conversation=conversation,
        draft=draft,
        road="pane",
    ).message.id
    HandOver(world.writer, Silent(), "{}".format)(message)
    return message


@pytest.fixture
def looked_through(world, doubtful):
    world.writer(lambda tx: tx.execute("DELETE FROM outbox"))
    return doubtful


def status_of(message):
    return Message.get_by_id(message).status


def test_nobody_is_asked_while_the_list_may_still_tell(world, admin, doubtful):
    assert doubts.get(world.team.id, doubtful).looking
    assert messages.get(world.team.id, doubtful).doubt == "looking"
    for answer in ("sent", "not_sent", "again"):
        with pytest.raises(Refused, match="still looked through"):
            doubt.settle(world.writer, admin, doubtful, answer)
    assert (status_of(doubtful), Message.select().count()) == ("unknown", 1)


@pytest.mark.parametrize(("answer", "status"), [("sent", "sent"), ("not_sent", "failed")])
def test_a_person_says_what_became_of_it_once(world, admin, looked_through, answer, status):
    doubt.settle(world.writer, admin, looked_through, answer)
    assert status_of(looked_through) == status
    with pytest.raises(Refused, match="known by now"):
        doubt.settle(world.writer, admin, looked_through, "again")
    assert Outbox.select().count() == 0
    assert [(each.action, each.actor) for each in Audit.select()] == [
        ("message.settled", admin.name)
    ]
    assert doubts.page(world.team.id, before=None, limit=9) == []


def test_what_was_not_sent_says_so_and_is_not_counted(world, admin, looked_through):
    assert Message.get_by_id(looked_through).counted_at
    doubt.settle(world.writer, admin, looked_through, "not_sent")
    text = messages.get(world.team.id, looked_through)
    assert (text.error, Message.get_by_id(looked_through).counted_at) == (doubt.NOT_SENT, None)


def test_what_is_sent_again_is_another_text_of_the_same_author(world, admin, looked_through):
    Media.create(
        team=world.team,
        message=looked_through,
        user=world.ana,
        content_type="image/png",
        sha256="0" * 64,
        state="ready",
        created_at=now(),
    )
    doubt.settle(world.writer, admin, looked_through, "again")
    first, again = Message.select().order_by(Message.id)
    assert (first.status, first.cause) == ("failed", SENT_AGAIN)
    assert (again.body, again.mobile, again.author) == ("Hi Maya", MAYA, world.ana)
    assert (again.status, again.media_count) == ("queued", 1)
    assert [(m.message.id, m.sha256) for m in Media.select()] == [
        (first.id, "0" * 64),
        (again.id, "0" * 64),
    ]
    assert [wake.arguments for wake in world.just_woken("hand_over")] == [(again.id,)]
    decision = Decision.select().order_by(Decision.id.desc()).get()
    assert (decision.allowed, decision.moment, decision.message) == (True, "compose", again)


@pytest.mark.parametrize("by", ["opt_out", "license"])
def test_the_gate_is_asked_before_it_is_sent_again(world, admin, looked_through, by):
    if by == "opt_out":
        OptOut.create(team=world.team, mobile=MAYA, cause="stop", at=now())
    else:
        License.delete().where(License.user == world.ana).execute()
    with pytest.raises(Refused, match="can’t be sent again"):
        doubt.settle(world.writer, admin, looked_through, "again")
    assert (status_of(looked_through), Message.select().count()) == ("unknown", 1)
    assert not Decision.select().order_by(Decision.id.desc()).get().allowed


def test_what_repline_wrote_itself_is_not_sent_again(world, admin, looked_through):
    Message.update(author=None).execute()
    with pytest.raises(Refused, match="wrote it itself"):
        doubt.settle(world.writer, admin, looked_through, "again")
    doubt.settle(world.writer, admin, looked_through, "sent")


def test_two_who_send_it_again_at_once_send_it_once(world, admin, looked_through):
    ready, refused = threading.Barrier(2), []

    def again():
        writer = InlineWriter(lambda tx: None)
        ready.wait()
        try:
            doubt.settle(writer, admin, looked_through, "again")
        except Refused as error:
            refused.append(error)

    threads = [threading.Thread(target=again) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(refused) == 1
    assert Message.select().count() == 2


def test_another_team_neither_sees_nor_settles_it(world, looked_through):
    stranger = Actor(world.others.id, world.stranger.id, world.stranger.email)
    assert doubts.page(world.others.id, before=None, limit=9) == []
    with pytest.raises(NotThere):
        doubt.settle(world.writer, stranger, looked_through, "sent")
    with pytest.raises(NotThere):
        doubt.settle(world.writer, stranger, looked_through, "sent", user=world.stranger.id)


def test_who_is_not_on_its_number_does_not_settle_it(world, looked_through):
    ben = Actor(world.team.id, world.ben.id, world.ben.email)
    with pytest.raises(NotThere):
        doubt.settle(world.writer, ben, looked_through, "sent", user=world.ben.id)


def test_who_may_not_text_says_what_became_of_it_but_sends_nothing_again(world, looked_through):
    ana = Actor(world.team.id, world.ana.id, world.ana.email)
    License.delete().where(License.user == world.ana).execute()
    with pytest.raises(Refused, match="license"):
        doubt.settle(world.writer, ana, looked_through, "again", user=world.ana.id)
    doubt.settle(world.writer, ana, looked_through, "not_sent", user=world.ana.id)
    assert (status_of(looked_through), Message.select().count()) == ("failed", 1)


def test_a_callback_that_comes_after_a_person_said_sent_moves_it_on(world, admin, looked_through):
    doubt.settle(world.writer, admin, looked_through, "sent")
    world.writer(
        lambda tx: doubt.status.advance(tx, world.team.id, looked_through, "delivered", sid="SM1")
    )
    assert status_of(looked_through) == "delivered"


def ask_of(world, user, message, answer):
    frame = {"type": "message.settle", "v": 1, "request": "request-1"}
    return ask(world, socket_of(user), {**frame, "message": message, "answer": answer})


def test_a_rep_settles_it_from_the_pane(world, looked_through):
    assert messages.get(world.team.id, looked_through).doubt == "open"
    saved = ask_of(world, world.ana, looked_through, "sent")
    assert (saved["type"], saved["request"]) == ("message.saved", "request-1")
    assert (saved["message"]["status"], saved["message"]["doubt"]) == ("sent", "")
    (entry,) = Audit.select()
    assert (entry.action, entry.actor) == ("message.settled", world.ana.email)


def test_a_rep_sends_it_again_from_the_pane_as_another_text(world, looked_through):
    saved = ask_of(world, world.ana, looked_through, "again")
    assert (saved["message"]["status"], saved["message"]["error"]) == ("failed", SENT_AGAIN)
    assert saved["message"]["doubt"] == "again"
    kinds = [json.loads(event.frame)["type"] for event in world.events(world.ana)]
    assert kinds[-2:] == ["message.created", "message.updated"]
    assert ask_of(world, world.ana, looked_through, "again")["reason"] == "conflict"
    assert Message.select().count() == 2


@pytest.mark.parametrize("who", ["ben", "stranger"])
def test_whoever_does_not_see_the_conversation_finds_no_text_to_settle(world, looked_through, who):
    answer = ask_of(world, getattr(world, who), looked_through, "not_sent")
    assert (answer["type"], answer["reason"]) == ("frame.refused", "not_found")
    assert status_of(looked_through) == "unknown"


def test_the_pane_is_told_in_words_why_it_cannot_be_settled_yet(world, doubtful):
    answer = ask_of(world, world.ana, doubtful, "sent")
    assert (answer["reason"], status_of(doubtful)) == ("conflict", "unknown")
    assert "still looked through" in answer["text"]
