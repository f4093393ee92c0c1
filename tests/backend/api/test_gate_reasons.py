"""Each reason why a text may not go out, from the API: refused, in words, kept, and nothing queued.

``empty`` and ``too_long`` are refused as bad bodies before they reach the gate, ``disabled`` by the
sign-in; the gate's own answers to them are in messaging/test_gate.py.
"""

import pytest

from backend.inbox import listing
from backend.messaging.gate import Request, look
from backend.models import (
    Decision,
    License,
    Lookup,
    Message,
    Number,
    NumberUser,
    OptOut,
    Outbox,
    Person,
    Restriction,
    Team,
    User,
)
from backend.store import usage
from backend.store.rows import now
from shared import wire
from tests.backend.conftest import NOON
from tests.backend.world import BEN_NUMBER

MAYA = "+14045550187"


@pytest.fixture
def talk(api_):
    page = wire.PersonOnPage(mobile=MAYA, name="Maya", time_zone="America/New_York")
    world = api_.world
    return listing.open_person(world.writer, world.team.id, world.ana.id, page).conversation.id


def team(**changes):
    return lambda world: Team.update(**changes).where(Team.id == world.team).execute()


def number(**changes):
    return lambda world: Number.update(**changes).where(Number.id == world.number).execute()


def mobile(written):
    return lambda world: Person.update(mobile=written).execute()


def unassigned(world):
    # An admin sees the conversation, and has no number.
    NumberUser.delete().execute()
    User.update(role="admin").where(User.id == world.ana).execute()


def restricted(kind):
    return lambda world: Restriction.create(
        team=world.team, mobile=MAYA, kind=kind, cause="rep", user=world.ben, note="wrong", at=1
    )


def refused_landline(world):
    Lookup.create(team=world.team, mobile=MAYA, line_type="landline", at=1)
    team(landlines="refuse")(world)


def spent(**changes):
    def spend(world):
        team(**changes)(world)
        world.writer(
            lambda tx: usage.sent(tx, world.team.id, world.ana.id, segments=1, media=0, at=now())
        )

    return spend


REASONS = {
    "messenger_off": (team(messenger_enabled=False), "admin can turn it on"),
    "paused": (team(paused_at=1), "sending is paused"),
    "no_license": (lambda world: License.delete().execute(), "Ask your admin for one"),
    "no_number": (unassigned, "Ask your admin"),
    "retired_number": (number(retired_at=1), "Text from another"),
    "local_presence": (number(local_presence=True), "Text from another"),
    "number_not_sms": (number(sms=False), "Text from another"),
    "no_mobile": (mobile(""), "no mobile number"),
    "extension": (mobile("+14045550187x12"), "extension"),
    "country": (mobile("+447700900123"), "US and Canadian"),
    "premium": (mobile("+19002345678"), "premium"),
    "toll_free": (mobile("+18002345678"), "toll-free"),
    "own_number": (mobile(BEN_NUMBER), "our own numbers"),
    "opted_out": (
        lambda world: OptOut.create(team=world.team, mobile=MAYA, cause="stop", at=1),
        "reply START",
    ),
    "do_not_text": (restricted("do_not_text"), "set by Ben Okafor"),
    "do_not_contact": (restricted("do_not_contact"), "Ben Okafor or an admin can end it"),
    "suspected": (restricted("suspected"), "“wrong”"),
    "landline": (refused_landline, "Look for a mobile"),
    "not_in_crm": (team(crm_required=True), "Add them there"),
    "a2p": (number(a2p="missing"), "not registered"),
    "budget": (spent(monthly_budget=8_300), "budget of $0.01"),
    "team_cap": (spent(team_daily_cap=1), "Schedule it"),
    "user_cap": (spent(user_daily_cap=1), "Schedule it"),
    "quiet_hours": (team(hours_from=13 * 60), "From 1:00 PM on Tuesday"),
}


@pytest.mark.parametrize("reason", REASONS)
def test_a_refusal_says_what_to_do_and_queues_nothing(api_, talk, reason):
    change, words = REASONS[reason]
    token = api_.token()
    change(api_.world)
    answer = api_.call(
        "POST", f"/conversations/{talk}/messages", {"ref": "ref-00000001", "body": "Hi"}, token
    )
    assert (answer.status_code, answer.json["type"]) == (403, f"urn:repline:gate:{reason}")
    assert words in answer.json["detail"]
    kept = Decision.get()
    assert (kept.reason, kept.allowed, kept.moment, kept.road) == (reason, False, "compose", "api")
    assert Message.select().count() == Outbox.select().count() == 0


def test_without_a_reason_to_refuse_it_is_taken(api_, talk):
    answer = api_.call(
        "POST",
        f"/conversations/{talk}/messages",
        {"ref": "ref-00000001", "body": "Hi"},
        api_.token(),
    )
    assert answer.status_code == 202
    assert Decision.get().message_id == answer.json["id"]


SHOWN = sorted(
    set(REASONS)
    # What holds for a user or a text alone is no property of the conversation.
    - {"messenger_off", "paused", "no_license", "no_number", "budget", "team_cap", "user_cap"}
)


@pytest.mark.parametrize("reason", SHOWN)
def test_the_conversation_says_it_before_anything_is_typed(api_, talk, reason):
    REASONS[reason][0](api_.world)
    world = api_.world
    seen = listing.open_conversation(world.team.id, world.ana.id, talk).conversation
    assert seen.blocked.reason == reason
    assert Decision.select().count() == 0


def test_the_conversation_shows_the_recipients_clock_and_what_a_rep_has_to_answer(api_, talk):
    world = api_.world

    def seen():
        return listing.open_conversation(world.team.id, world.ana.id, talk).conversation

    assert (seen().zone, seen().zone_certain, seen().do_not_text) == (
        "America/New_York",
        True,
        False,
    )
    Person.update(time_zone="").execute()
    assert (seen().zone, seen().zone_certain) == ("America/New_York", False)
    restricted("do_not_text")(world)
    assert seen().do_not_text
    text = Message.create(
        team=world.team,
        conversation=talk,
        direction="inbound",
        status="received",
        body="wrong number",
        mobile=MAYA,
        at=5,
    )
    Restriction.create(
        team=world.team,
        mobile=MAYA,
        kind="suspected",
        cause="text",
        message=text,
        note="wrong number",
        at=5,
    )
    assert seen().suspicion == wire.Suspicion(message=text.id, phrase="wrong number", at=5)


def test_quiet_hours_say_when_they_end(api_, talk):
    team(hours_from=13 * 60)(api_.world)
    world = api_.world
    seen = listing.open_conversation(world.team.id, world.ana.id, talk).conversation
    # The recipients' clock stands at noon in New York; the hour that is missing is real.
    assert abs(seen.blocked.until - now() - 3_600_000) < 60_000 + NOON.second
    asked = Request(world.team.id, world.ana.id, seen.person.id, seen.number.e164, MAYA, "")
    assert look(asked).blocked.reason == "quiet_hours"
