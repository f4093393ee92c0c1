"""What the gate answers and what it keeps of its answers; a test per reason is in the API's."""

import pytest

from backend.compliance import simulation
from backend.messaging import gate, outbound
from backend.messaging.gate import Request
from backend.models import Decision, Lookup, Number, NumberUser, Restriction, Team, UsageTotal
from backend.store import usage
from backend.store.rows import now
from tests.backend.world import ANA_NUMBER, BEN_NUMBER

MAYA = "+14045550187"


@pytest.fixture
def maya(world):
    return world.person(MAYA, "Maya")


@pytest.fixture
def ask(world, maya):
    def asked(**more):
        base = {"sender": ANA_NUMBER, "recipient": MAYA, "body": "Hi", "user": world.ana.id}
        request = Request(team=world.team.id, person=maya.id, **{**base, **more})
        return world.writer(lambda tx: gate.ask(tx, request, "compose")).blocked

    return asked


def reason(blocked):
    return blocked and blocked.reason


def kept():
    return Decision.select().order_by(Decision.id.desc()).get()


def test_a_yes_is_kept_with_whom_it_was_given_for_and_by_which_road(world, ask):
    assert ask(road="api") is None
    found = kept()
    assert (found.allowed, found.reason, found.mobile, found.road) == (True, "", MAYA, "api")
    assert found.user == world.ana


def test_the_decision_names_the_text_that_it_let_pass(world, maya):
    talk = world.conversation(maya)
    sent = outbound.send(
        world.writer,
        team=world.team.id,
        user=world.ana.id,
        conversation=talk,
        draft=outbound.Draft("ref-00000001", "Hi"),
        road="pane",
    )
    assert kept().message_id == sent.message.id


def test_what_the_rep_can_mend_comes_before_what_time_mends(world, ask, maya):
    Team.update(user_daily_cap=0, messenger_enabled=False).execute()
    Restriction.create(team=world.team, mobile=MAYA, kind="do_not_text", cause="rep", at=1)
    assert reason(ask()) == "messenger_off"
    Team.update(messenger_enabled=True).execute()
    assert reason(ask()) == "do_not_text"
    Restriction.delete().execute()
    assert reason(ask()) == "user_cap"


@pytest.mark.parametrize("body", ["", " \n\t", "\u3000"])
def test_nothing_is_no_text(ask, body):
    assert reason(ask(body=body)) == "empty"
    assert ask(body=body, media=1) is None


def test_a_text_of_1600_characters_is_the_longest(ask):
    assert ask(body="x" * 1600) is None
    assert reason(ask(body="x" * 1601)) == "too_long"
    assert "1601" in ask(body="x" * 1601).text


def test_example_numbers_reach_the_simulator_alone(world, maya):
    request = Request(world.team.id, world.ana.id, maya.id, ANA_NUMBER, MAYA, "Hi")
    simulation.configure(fictitious=False)
    asked = world.writer(lambda tx: gate.ask(tx, request, "hand_over"))
    assert asked.blocked.reason == "fictitious"


def test_a_text_that_no_person_wrote_goes_by_the_team(world, ask):
    assert ask(user=None) is None
    Team.update(paused_at=now()).execute()
    assert reason(ask(user=None)) == "paused"


def test_another_teams_number_is_nobodys(world, ask):
    assert reason(ask(sender=world.their_number.e164)) == "no_number"


def test_a_landline_is_warned_of_and_the_decision_says_why_it_passed(world, ask, maya):
    Lookup.create(team=world.team, mobile=MAYA, line_type="landline", at=now())
    assert ask() is None
    assert "landline" in kept().detail
    seen = gate.look(Request(world.team.id, world.ana.id, maya.id, ANA_NUMBER, MAYA, ""))
    assert (seen.blocked, seen.warning.reason) == (None, "landline")
    assert "voice call" in seen.warning.text


def test_looking_stores_nothing_and_says_what_asking_says(world, ask, maya):
    def look(user):
        return reason(
            gate.look(Request(world.team.id, user, maya.id, ANA_NUMBER, MAYA, "")).blocked
        )

    assert look(world.ana.id) is None
    Number.update(a2p="pending").execute()
    assert look(world.ana.id) == look(None) == "a2p"
    assert Decision.select().count() == 0
    assert reason(ask()) == "a2p"
    Team.update(messenger_enabled=False).execute()
    # What holds for one user alone is told with their session, not with the conversation.
    assert (look(world.ana.id), look(None)) == ("messenger_off", "a2p")


def test_registration_is_for_texts_to_the_us_from_long_codes(world, ask):
    Number.update(a2p="missing").execute()
    assert reason(ask()) == "a2p"
    assert ask(recipient="+14165550187") is None
    Number.update(kind="toll_free").execute()
    assert ask() is None


@pytest.mark.parametrize("read", ["", "approved", "not_needed"])
def test_a_number_whose_registration_is_not_known_to_lack_anything_passes(ask, read):
    Number.update(a2p=read).execute()
    assert ask() is None


def test_a_number_is_for_those_who_have_it_for_admins_and_for_what_nobody_wrote(world, ask):
    assert reason(ask(user=world.ben.id)) == "no_number"
    assert reason(ask(user=world.stranger.id)) == "disabled"
    assert ask(user=None) is None
    NumberUser.create(team=world.team, number=world.ben_number, user=world.admin)
    assert ask(user=world.admin.id) is None


def count(world, user, times):
    for _ in range(times):
        world.writer(lambda tx: usage.sent(tx, world.team.id, user, segments=1, media=0, at=now()))


def test_the_cap_of_a_day_ends_at_the_teams_midnight(world, ask):
    Team.update(user_daily_cap=2, time_zone="America/Denver").execute()
    count(world, world.ana.id, 1)
    assert ask() is None
    count(world, world.ana.id, 1)
    blocked = ask()
    assert blocked.reason == "user_cap"
    assert usage.day_of("America/Denver", blocked.until - 1) == usage.day_of(
        "America/Denver", now()
    )
    assert usage.day_of("America/Denver", blocked.until) > usage.day_of("America/Denver", now())
    # Somebody else's day, and one that is still to come.
    assert ask(user=world.ben.id, sender=BEN_NUMBER) is None
    assert ask(at=now() + 24 * 3_600_000) is None


def test_what_the_carrier_did_not_take_is_given_back(world, ask):
    Team.update(team_daily_cap=1).execute()
    count(world, world.ben.id, 1)
    assert reason(ask()) == "team_cap"
    world.writer(
        lambda tx: usage.not_sent(
            tx, world.team.id, world.ben.id, segments=1, media=0, cost=8_300, at=now()
        )
    )
    assert ask() is None


def test_the_budget_is_the_months_and_counts_what_this_text_will_cost(world, ask):
    Team.update(segment_price=10_000, media_price=50_000, monthly_budget=35_000).execute()
    count(world, world.ana.id, 2)
    assert ask() is None
    assert reason(ask(body="x" * 161)) == "budget"
    assert reason(ask(media=1)) == "budget"
    count(world, world.ana.id, 1)
    assert reason(ask()) == "budget"
    # The carrier billed less than was expected.
    world.writer(
        lambda tx: usage.billed(
            tx, world.team.id, world.ana.id, segments=-1, cost=-10_000, at=now()
        )
    )
    assert ask() is None
    assert {row.sent for row in UsageTotal.select()} == {3}


def test_a_budget_for_one_team_is_not_anothers(world, ask):
    Team.update(monthly_budget=8_300).execute()
    world.writer(
        lambda tx: usage.sent(tx, world.others.id, world.stranger.id, segments=9, media=0, at=now())
    )
    assert ask() is None


@pytest.mark.parametrize("body", ["\u200b", "\u2060 \u200d\n", "\u3164", "\ufe0f", "\u2800"])
def test_a_text_that_shows_nothing_is_empty(ask, body):
    assert reason(ask(body=body)) == "empty"


def test_a_single_emoji_says_something(ask):
    assert ask(body="👍🏽") is None
