"""No text reaches the carrier without a stored yes of the gate, given when its turn came, and none
while anything forbids it, whatever happens in between and however often it is handed over."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.compliance import simulation
from backend.messaging import hand_over, inbound, outbound
from backend.models import (
    Decision,
    License,
    Message,
    Number,
    OptOut,
    Outbox,
    Person,
    Restriction,
    Team,
    Usage,
    UsageTotal,
)
from backend.ports import CarrierText, NotTaken, Rejected, Uncertain
from backend.store import conversations
from backend.store.rows import now
from tests.backend.world import ANA_NUMBER
from tests.databases import kind

HOUR = 3_600_000
NOON = int(datetime(2026, 11, 24, 17, 30, tzinfo=UTC).timestamp() * 1000)
FORBIDS = ("opt_out", "do_not_text", "suspected", "license", "switch", "pause", "cap", "sms", "a2p")

changes = st.one_of(
    st.tuples(st.sampled_from(FORBIDS), st.booleans()),
    st.tuples(st.just("clock"), st.integers(0, 23)),
    st.tuples(st.just("carrier"), st.sampled_from([NotTaken, Rejected, Uncertain])),
    st.just(("reply",)),
    st.just(("wait",)),
)
rounds = st.tuples(
    # Between the writing and the hand-over is when the world moves.
    st.lists(changes, max_size=2),
    st.just([("write",)]),
    st.lists(changes, max_size=2),
    st.integers(0, 3).map(lambda latest: [("hand", latest)]),
)
steps = st.lists(rounds, min_size=3, max_size=8).map(
    lambda found: [step for whole in found for part in whole for step in part]
)


class House:
    """The world with one conversation, what forbids texts in it, and a carrier that looks."""

    def __init__(self, world, mobile):
        self.world, self.mobile = world, mobile
        self.hour, self.forbidden, self.answer = 0, set(), None
        self.taken, self.sent, self.wrote_at = [], [], None
        self.hand_over = hand_over.HandOver(world.writer, self, "{}".format)
        self.person = world.person(mobile, "Maya")
        self.talk = world.writer(
            lambda tx: conversations.open_for(
                tx, world.team.id, world.number.id, self.person.id, "opened"
            )
        )

    def send(self, text):
        """The carrier's end: nothing comes here without a yes that is on disk."""
        yes = Decision.select().where(
            Decision.message == text.message, Decision.moment == "hand_over", Decision.allowed
        )
        handed = self.taken.count(text.message) + 1
        assert yes.count() == handed, "each hand-over has a yes of its own"
        latest = Decision.select().where(Decision.message == text.message)
        assert latest.order_by(Decision.id.desc()).get().allowed
        assert not self.forbidden, f"a text went out in spite of {self.forbidden}"
        assert 9 <= (12 + self.hour) % 24 < 20 or self.just_wrote(), "a text went out at night"
        self.taken.append(text.message)
        if self.answer:
            raised, self.answer = self.answer, None
            raise raised("the carrier's answer")
        return CarrierText(
            sid=f"SM{self.mobile}-{text.message}-{len(self.taken)}",
            status="sent",
            sender=text.sender,
            recipient=text.recipient,
            body=text.body,
            at=now(),
        )

    def just_wrote(self):
        return self.wrote_at is not None and now() - self.wrote_at < HOUR // 2

    def do(self, step, *given):
        if step == "write":
            self.write()
        elif step == "reply":
            self.reply()
        elif step == "wait":
            Outbox.update(not_before=0).execute()
        elif step == "hand":
            for message in self.sent[-1 - given[0] :]:
                self.hand_over(message)
        elif step == "clock":
            self.hour = given[0]
        elif step == "carrier":
            self.answer = given[0]
        else:
            self.forbid(step, on=given[0])

    def write(self):
        draft = outbound.Draft(f"ref-{self.mobile[1:]}-{len(self.sent):04}", "Hi")
        team, user = self.world.team.id, self.world.ana.id
        try:
            sent = outbound.send(
                self.world.writer,
                team=team,
                user=user,
                conversation=self.talk,
                draft=draft,
                road="pane",
            )
        except outbound.GateRefused:
            return
        self.sent.append(sent.message.id)

    def reply(self):
        sid = f"SM{self.mobile}-in-{now()}-{Message.select().count()}"
        text = inbound.Inbound(
            sid=sid, sender=self.mobile, recipient=ANA_NUMBER, body="Hello", at=now()
        )
        self.world.writer(lambda tx: inbound.receive(tx, text, {}))
        self.wrote_at = now()

    def forbid(self, what, *, on):
        team, ana = self.world.team, self.world.ana
        (self.forbidden.add if on else self.forbidden.discard)(what)
        table = {"opt_out": OptOut, "license": License}.get(what)
        if what == "opt_out":
            OptOut.delete().execute()
            if on:
                OptOut.create(team=team, mobile=self.mobile, cause="stop", at=now())
        elif what in ("do_not_text", "suspected"):
            Restriction.delete().where(Restriction.kind == what).execute()
            if on:
                Restriction.create(team=team, mobile=self.mobile, kind=what, cause="rep", at=now())
        elif table is License:
            License.delete().where(License.user == ana).execute()
            if not on:
                License.create(team=team, user=ana, kind="messenger", granted_at=now())
        elif what in ("sms", "a2p"):
            changes = {"sms": {"sms": not on}, "a2p": {"a2p": "missing" if on else "approved"}}
            Number.update(changes[what]).where(Number.id == self.world.number).execute()
        else:
            changes = {
                "switch": {"messenger_enabled": not on},
                "pause": {"paused_at": now() if on else None},
                "cap": {"user_daily_cap": 0 if on else 500},
            }
            Team.update(changes[what]).where(Team.id == team).execute()


@pytest.fixture
def clock(monkeypatch):
    """The hour after noon that the recipients' clock shows; ``clock.house`` says which."""

    class Clock:
        house = None

        def ahead(self):
            return NOON + (self.house.hour if self.house else 0) * HOUR - now()

    made = Clock()
    monkeypatch.setattr(simulation, "shown_at", lambda at: at + made.ahead())
    monkeypatch.setattr(simulation, "real", lambda shown: shown - made.ahead())
    return made


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps)
def test_nothing_reaches_the_carrier_without_a_stored_yes(database, world, clock, steps):
    if kind() == "sqlite":
        database.execute_sql("PRAGMA synchronous = off")  # nothing is killed here
    house = House(world, f"+1404{2_345_678 + Person.select().count()}")
    clock.house = house
    for what in FORBIDS:
        house.forbid(what, on=False)
    for step in [*steps, ("wait",), ("hand", 30)]:
        house.do(*step)
    known = Decision.select().where(Decision.mobile == house.mobile).count()
    assert known >= len(house.taken)
    for table in (Usage, UsageTotal):
        assert all(row.sent >= 0 for row in table.select())


@pytest.mark.parametrize("what", FORBIDS)
def test_what_is_forbidden_after_the_writing_stops_the_hand_over(world, clock, what):
    house = House(world, "+14045550187")
    clock.house = house
    for each in FORBIDS:
        house.forbid(each, on=False)
    house.write()
    house.forbid(what, on=True)
    house.do("hand", 0)
    refusal = Decision.select().order_by(Decision.id.desc()).get()
    assert (refusal.moment, refusal.allowed) == ("hand_over", False)
    assert house.taken == []
    house.forbid(what, on=False)
    house.write()
    house.do("hand", 0)
    assert house.taken == house.sent[-1:]


def test_one_place_alone_calls_the_carrier():
    backend = Path(hand_over.__file__).parents[1]
    callers = set()
    for path in backend.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("carrier.send"):
                callers.add(str(path.relative_to(backend)))
    assert callers == {"messaging/hand_over.py"}


def handed_over_at(house, hour):
    house.hour = hour
    for message in house.sent:
        house.hand_over(message)


def test_a_backlog_that_drains_past_the_edge_of_the_day_stops_there(world, clock):
    house = House(world, "+14045550187")
    clock.house = house
    house.hour = 7
    for _ in range(3):
        house.write()
    house.hand_over(house.sent[0])
    house.hour = 8  # twenty hundred
    for message in house.sent[1:]:
        house.hand_over(message)
    assert house.taken == house.sent[:1]
    assert {row.reason for row in Decision.select().where(~Decision.allowed)} == {"quiet_hours"}
    waiting = Outbox.select().where(Outbox.message.in_(house.sent[1:]))
    assert {row.not_before - now() > 12 * HOUR for row in waiting} == {True}


def test_a_clock_that_steps_back_into_the_day_is_believed_at_the_next_hand_over(world, clock):
    house = House(world, "+14045550187")
    clock.house = house
    house.write()
    handed_over_at(house, 8)
    assert house.taken == []
    house.do("wait")
    handed_over_at(house, 7)
    assert house.taken == house.sent


def test_an_answer_within_half_an_hour_passes_at_night_and_the_decision_says_so(world, clock):
    house = House(world, "+14045550187")
    clock.house = house
    house.hour = 10
    house.write()
    assert house.sent == []
    house.reply()
    house.write()
    handed_over_at(house, 10)
    assert house.taken == house.sent != []
    kept = Decision.select().where(Decision.moment == "hand_over").get()
    assert kept.detail.startswith("quiet_hours: answer to a text of ")
    Message.update(at=now() - 31 * 60_000).where(Message.direction == "inbound").execute()
    house.write()
    assert len(house.sent) == 1


def test_a_reply_from_the_future_of_a_stepped_clock_is_no_excuse(world, clock):
    house = House(world, "+14045550187")
    clock.house = house
    house.hour = 10
    house.reply()
    Message.update(at=now() + 5 * HOUR).execute()
    house.write()
    assert house.sent == []
