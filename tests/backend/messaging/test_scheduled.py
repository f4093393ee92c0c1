"""Texts that wait for their time: what is promised of them at each moment until they are sent."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import msgspec
import pytest
import time_machine

from backend.messaging import inbound, outbound, scheduled
from backend.messaging.hand_over import HandOver
from backend.models import (
    Activity,
    Conversation,
    Decision,
    License,
    Message,
    NumberUser,
    Outbox,
    Team,
)
from backend.ports import CarrierText
from backend.store import conversations, outbox
from backend.store import scheduled as rows
from backend.store.rows import now
from backend.store.writer import InlineWriter
from shared import wire
from tests.backend.world import ANA_NUMBER

MAYA = "+14045550187"
NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
HOUR = 3600_000
DAY = 24 * HOUR


class Takes:
    """A carrier that takes every text."""

    def __init__(self):
        self.taken = []

    def send(self, text):
        self.taken.append(text.body)
        return CarrierText(
            sid=f"SM{text.message}",
            status="sent",
            sender=text.sender,
            recipient=text.recipient,
            body=text.body,
            at=now(),
        )


@pytest.fixture
def clock():
    """Stands still until it is moved: noon for Maya, on a Tuesday."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def carrier():
    return Takes()


@pytest.fixture
def talk(world):
    person = world.person(MAYA, "Maya")
    return world.conversation(person)


@pytest.fixture
def send(world, talk):
    def one(body="Hi", at=None, ref="ref-00000001", **more):
        draft = outbound.Draft(ref, body, at=at, **more)
        return outbound.send(
            world.writer,
            team=world.team.id,
            user=world.ana.id,
            conversation=talk,
            draft=draft,
            road="pane",
        ).message

    return one


@pytest.fixture
def change(world):
    def of(message, user=None, team=None):
        who = user or world.ana
        return scheduled.Change((team or world.team).id, who.id, message, "pane")

    return of


@pytest.fixture
def hand(world, carrier):
    """What the sweep does: hand over whatever is due."""
    over = HandOver(world.writer, carrier, "https://repline.example/?message={}".format)

    def due():
        for message, wait in outbox.due():
            assert wait == 0
            over(message)

    return due


@pytest.fixture
def reply(world):
    def one(body="Sure", sid="SM-in"):
        text = inbound.Inbound(sid=sid, sender=MAYA, recipient=ANA_NUMBER, body=body, at=now())
        world.writer(lambda tx: inbound.receive(tx, text, {}))

    return one


def row(message):
    return Message.get_by_id(message.id if isinstance(message, wire.Message) else message)


def frames(world, user):
    return [msgspec.json.decode(event.frame) for event in world.events(user)]


def counted(world, talk):
    return conversations.get(world.team.id, talk).conversation.scheduled


def test_a_text_with_a_time_waits_for_it_and_moves_nothing_until_it_is_sent(
    world, clock, send, hand, carrier, talk
):
    at = now() + HOUR
    text = send(at=at)
    assert (text.status, text.scheduled_for) == ("scheduled", at)
    hand()
    found = conversations.get(world.team.id, talk).conversation
    assert (found.preview, found.last_message, found.scheduled) == ("", None, 1)
    assert Activity.select().count() == 0
    clock.move_to((at - 1) / 1000)
    hand()
    assert carrier.taken == []
    clock.move_to(at / 1000)
    hand()
    hand()
    assert carrier.taken == ["Hi"]
    found = conversations.get(world.team.id, talk).conversation
    assert (found.preview, found.last_message, found.scheduled) == ("Hi", text.id, 0)
    assert (row(text).status, row(text).at) == ("sent", at)
    assert [each.at for each in Activity.select()] == [at]


def test_the_users_of_the_number_hear_of_each_step(world, clock, send, hand, talk):
    send(at=now() + HOUR)
    clock.shift(3600)
    hand()
    told = [
        (f["type"], f.get("message", {}).get("status"), f.get("conversation", {}).get("scheduled"))
        for f in frames(world, world.ana)
    ]
    assert told[0] == ("message.created", "scheduled", 1)
    assert ("message.updated", "sending", None) in told
    assert ("conversation.updated", None, 0) in told
    assert told[-1] == ("message.updated", "sent", None)
    assert frames(world, world.ben) == []


def test_a_text_that_goes_out_behind_later_ones_leaves_reading_intact(
    world, clock, send, hand, reply, talk, change
):
    text = send(at=now() + HOUR)
    reply()
    newest = Message.select().order_by(Message.id.desc()).get().id
    scheduled.keep(world.writer, change(text.id))
    clock.shift(3600)
    hand()
    assert conversations.get(world.team.id, talk).conversation.last_message == newest
    assert world.writer(lambda tx: conversations.mark_read(tx, world.team.id, talk, newest))
    assert Conversation.get().unread == 0


@pytest.mark.parametrize(
    ("away", "said"), [(-HOUR, "has passed"), (60 * DAY + HOUR, "60 days"), (2**52, "60 days")]
)
def test_a_time_in_the_past_or_too_far_off_is_refused_in_words(clock, send, away, said):
    with pytest.raises(outbound.BadTime, match=said):
        send(at=now() + away)
    assert Message.select().count() == 0


def test_a_time_that_has_just_passed_is_now(clock, send, hand, carrier):
    assert send(at=now() - 1000).status == "queued"
    hand()
    assert carrier.taken == ["Hi"]


def test_the_same_ref_is_one_text_with_its_time_also_after_an_edit_and_when_the_time_has_passed(
    world, clock, send, hand, change
):
    at = now() + HOUR
    text = send(at=at)
    scheduled.edit(world.writer, change(text.id), "Hello", at + HOUR)
    assert send(at=at).id == text.id
    for other in ({"at": at + 1}, {"at": None}, {"at": at, "body": "Hello"}):
        with pytest.raises(outbound.RefTaken):
            send(**{"body": "Hi", **other})
    clock.shift(3 * 3600)
    hand()
    assert send(at=at).id == text.id
    assert Message.select().count() == 1


def test_quiet_hours_are_judged_at_the_time_and_everything_else_now(world, clock, send):
    with pytest.raises(outbound.GateRefused) as refused:
        send(at=now() + 10 * HOUR)  # ten at night there
    assert refused.value.blocked.reason == "quiet_hours"
    until = refused.value.blocked.until
    assert send(at=until).status == "scheduled"
    License.delete().where(License.user == world.ana).execute()
    with pytest.raises(outbound.GateRefused) as refused:
        send(at=until, ref="ref-00000002")
    assert refused.value.blocked.reason == "no_license"


def test_the_gate_is_asked_again_and_its_reason_stands_under_the_text(
    world, clock, send, hand, carrier, talk
):
    text = send(at=now() + HOUR)
    License.delete().where(License.user == world.ana).execute()
    clock.shift(3600)
    hand()
    assert (row(text).status, carrier.taken, counted(world, talk)) == ("failed", [], 0)
    last = [f for f in frames(world, world.ana) if f["type"] == "message.updated"][-1]
    assert "license" in last["message"]["error"]
    assert [(d.moment, d.road, d.reason) for d in Decision.select()] == [
        ("compose", "pane", ""),
        ("hand_over", "scheduled", "no_license"),
    ]


@pytest.mark.parametrize("cap", ["user_daily_cap", "team_daily_cap"])
def test_a_text_that_finds_the_day_used_up_waits_for_the_next(
    world, clock, send, hand, carrier, talk, cap
):
    """Midnight there is in quiet hours, whose end it waits for then."""
    text = send(at=now() + HOUR)
    Team.update({cap: 0}).execute()
    clock.shift(3600)
    hand()
    midnight = int(datetime(2026, 11, 25, 5, tzinfo=UTC).timestamp() * 1000)
    held = row(text)
    assert (held.status, held.hold, held.scheduled_for) == ("scheduled", "", midnight)
    assert (carrier.taken, counted(world, talk)) == ([], 1)
    Team.update({cap: 1}).execute()
    for hours in (11, 10):
        clock.shift(hours * 3600)
        hand()
    assert (row(text).status, carrier.taken) == ("sent", ["Hi"])


@pytest.mark.parametrize(("day", "becomes"), [(24, "failed"), (30, "scheduled")])
def test_a_text_waits_for_the_next_months_budget_when_that_is_tomorrows(
    world, clock, send, hand, carrier, day, becomes
):
    clock.move_to(datetime(2026, 11, day, 17, tzinfo=UTC))
    text = send(at=now() + HOUR)
    Team.update(monthly_budget=0).execute()
    clock.shift(3600)
    hand()
    assert (row(text).status, carrier.taken) == (becomes, [])


def test_what_was_to_go_at_once_is_not_sent_tomorrow_because_the_day_is_used_up(
    clock, send, hand, carrier
):
    text = send()
    Team.update(user_daily_cap=0).execute()
    hand()
    assert (row(text).status, carrier.taken) == ("failed", [])


def test_a_number_that_was_taken_from_the_author_meanwhile_sends_nothing(
    world, clock, send, hand, carrier
):
    text = send(at=now() + HOUR)
    NumberUser.update(number=world.ben_number).where(NumberUser.user == world.ana).execute()
    clock.shift(3600)
    hand()
    assert (row(text).status, carrier.taken) == ("failed", [])
    assert "not yours any more" in row(text).cause


@pytest.mark.parametrize("at", [None, 7 * HOUR])
def test_what_comes_late_into_quiet_hours_waits_for_their_end(
    world, clock, send, hand, carrier, talk, at
):
    """The backend was away from before its turn until half past ten at night there."""
    text = send(at=now() + at if at else None)
    clock.shift(10.5 * 3600)
    hand()
    held = row(text)
    assert (held.status, held.hold, carrier.taken) == ("scheduled", "quiet_hours", [])
    assert held.scheduled_for > now()
    assert counted(world, talk) == 1
    clock.move_to((held.scheduled_for - 1) / 1000)
    hand()
    assert carrier.taken == []
    clock.shift(0.001)
    hand()
    assert (row(text).status, row(text).hold, carrier.taken) == ("sent", "", ["Hi"])
    assert Activity.select().count() == 1


def test_a_clock_that_steps_back_sends_nothing_twice_and_nothing_early(clock, send, hand, carrier):
    send(at=now() + HOUR)
    clock.shift(3600)
    hand()
    send("Second", at=now() + HOUR, ref="ref-00000002")
    clock.shift(-2 * 3600)
    hand()
    assert carrier.taken == ["Hi"]
    clock.shift(3 * 3600)
    hand()
    assert carrier.taken == ["Hi", "Second"]


def test_a_reply_in_between_holds_the_text_until_a_person_says_keep(
    world, clock, send, hand, reply, carrier, change
):
    at = now() + HOUR
    text = send(at=at)
    reply()
    assert row(text).hold == "reply"
    told = [f for f in frames(world, world.ana) if f["type"] == "message.updated"]
    assert told[-1]["message"]["hold"] == "reply"
    clock.shift(2 * 3600)
    hand()
    assert carrier.taken == []
    kept = scheduled.keep(world.writer, change(text.id))
    assert (kept.hold, kept.scheduled_for) == ("", now())
    hand()
    assert carrier.taken == ["Hi"]


def test_a_kept_text_keeps_its_time_while_that_is_to_come(
    world, clock, send, hand, reply, carrier, change
):
    at = now() + HOUR
    text = send(at=at)
    reply()
    assert scheduled.keep(world.writer, change(text.id)).scheduled_for == at
    hand()
    assert carrier.taken == []
    clock.shift(3600)
    hand()
    assert carrier.taken == ["Hi"]


def test_a_text_kept_in_quiet_hours_waits_for_their_end(world, clock, send, reply, change):
    text = send(at=now() + HOUR)
    reply()
    clock.shift(11 * 3600)
    kept = scheduled.keep(world.writer, change(text.id))
    assert (kept.status, kept.hold) == ("scheduled", "quiet_hours")
    assert kept.scheduled_for > now()


def test_a_reply_to_somebody_else_holds_nothing(world, clock, send):
    text = send(at=now() + HOUR)
    other = inbound.Inbound(
        sid="SM9", sender="+14045550188", recipient=ANA_NUMBER, body="Hi", at=now()
    )
    world.writer(lambda tx: inbound.receive(tx, other, {}))
    assert row(text).hold == ""


def test_an_edit_changes_words_and_time_and_ends_a_hold(
    world, clock, send, hand, reply, carrier, change
):
    text = send(at=now() + HOUR)
    reply()
    at = now() + 2 * HOUR
    saved = scheduled.edit(world.writer, change(text.id), "Hello ’", at)
    assert (saved.body, saved.scheduled_for, saved.hold) == ("Hello ’", at, "")
    clock.shift(3600)
    hand()
    assert carrier.taken == []
    clock.shift(3600)
    hand()
    assert carrier.taken == ["Hello ’"]


def test_an_edit_to_now_sends_at_once(world, clock, send, hand, carrier, change):
    text = send(at=now() + HOUR)
    scheduled.edit(world.writer, change(text.id), "Now", now() - 500)
    hand()
    assert carrier.taken == ["Now"]


def test_what_the_gate_refuses_of_an_edit_changes_nothing(world, clock, send, change):
    at = now() + HOUR
    text = send(at=at)
    for body, when in (("Hello", now() + 10 * HOUR), (" ", at)):
        with pytest.raises(outbound.GateRefused):
            scheduled.edit(world.writer, change(text.id), body, when)
    with pytest.raises(outbound.BadTime):
        scheduled.edit(world.writer, change(text.id), "Hello", now() - HOUR)
    assert (row(text).body, row(text).scheduled_for) == ("Hi", at)


def test_a_canceled_text_never_goes_out_and_canceling_again_is_no_error(
    world, clock, send, hand, carrier, change, talk
):
    text = send(at=now() + HOUR)
    for _ in range(2):
        assert scheduled.cancel(world.writer, change(text.id)).status == "canceled"
    assert Outbox.select().count() == 0
    assert counted(world, talk) == 0
    clock.shift(3600)
    hand()
    assert carrier.taken == []


def test_what_was_sent_already_is_neither_edited_nor_canceled_nor_kept(
    world, clock, send, hand, change
):
    text = send(at=now() + HOUR)
    clock.shift(3600)
    hand()
    for attempt in (
        lambda: scheduled.edit(world.writer, change(text.id), "No", now() + HOUR),
        lambda: scheduled.cancel(world.writer, change(text.id)),
        lambda: scheduled.keep(world.writer, change(text.id)),
    ):
        with pytest.raises(scheduled.TooLate, match="sent already"):
            attempt()


def test_the_author_and_an_admin_may_and_nobody_else(world, clock, send, change):
    text = send(at=now() + HOUR)
    with pytest.raises(outbound.NotFound):
        scheduled.cancel(world.writer, change(text.id, world.ben))
    with pytest.raises(outbound.NotFound):
        scheduled.cancel(world.writer, change(text.id, world.stranger, world.others))
    world.writer(
        lambda tx: tx.execute(
            "INSERT INTO number_user (team_id, number_id, user_id) VALUES (?, ?, ?)",
            (world.team.id, world.number.id, world.ben.id),
        )
    )
    with pytest.raises(scheduled.NotYours):
        scheduled.cancel(world.writer, change(text.id, world.ben))
    assert scheduled.cancel(world.writer, change(text.id, world.admin)).status == "canceled"


def test_an_opt_out_cancels_what_waits_for_that_mobile_and_says_so(world, clock, send, reply, talk):
    text = send(at=now() + HOUR)
    reply("STOP")
    assert (row(text).status, counted(world, talk)) == ("canceled", 0)
    told = [f for f in frames(world, world.ana) if f["type"] == "message.updated"]
    assert "opted out" in told[-1]["message"]["error"]
    assert Outbox.select().count() == 0


def test_the_list_holds_what_the_user_sees_the_next_one_first(world, clock, send):
    first, second = now() + 2 * HOUR, now() + HOUR
    later = send("Later", at=first)
    sooner = send("Sooner", at=second, ref="ref-00000002")
    ids = lambda user, **more: [  # noqa: E731
        each.id for each in rows.page(world.team.id, user.id, before=None, limit=9, **more)
    ]
    assert ids(world.ana) == ids(world.admin) == [sooner.id, later.id]
    assert ids(world.ben) == []
    behind = rows.page(world.team.id, world.ana.id, before=(second, sooner.id), limit=9)
    assert [each.id for each in behind] == [later.id]


@pytest.mark.parametrize("_round", range(8))
def test_a_change_and_the_promotion_never_both_win(world, send, carrier, change, _round):
    text = send(at=now() + HOUR)
    world.writer(lambda tx: tx.execute("UPDATE outbox SET not_before = 1"))
    together = threading.Barrier(3)
    # Each with a writer of its own, as two processes have: SQLite alone decides.
    over = HandOver(InlineWriter(lambda tx: None), carrier, "{}".format)

    def promote():
        together.wait()
        over(text.id)

    def cancel():
        together.wait()
        try:
            scheduled.cancel(InlineWriter(lambda tx: None), change(text.id))
        except scheduled.TooLate:
            return False
        return True

    with ThreadPoolExecutor(3) as pool:
        canceled = pool.submit(cancel)
        others = [pool.submit(promote) for _ in range(2)]
        for each in others:
            each.result()
    assert len(carrier.taken) == (0 if canceled.result() else 1)
    assert row(text).status == ("canceled" if canceled.result() else "sent")
