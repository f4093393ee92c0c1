from datetime import UTC, datetime

from backend.messaging import inbound
from backend.models import ErrorCount, Team, Usage
from backend.store import usage
from backend.store.rows import now
from tests.backend.world import ANA_NUMBER


def at(day, hour):
    return int(datetime(2026, 11, day, hour, tzinfo=UTC).timestamp() * 1000)


def test_a_day_is_that_of_the_teams_zone():
    assert usage.day_of("America/Los_Angeles", at(25, 7)) == 20261124
    assert usage.day_of("America/New_York", at(25, 7)) == 20261125


def test_texts_count_for_their_user_their_team_their_day_and_their_month(world):
    team, ana, ben = world.team.id, world.ana.id, world.ben.id
    Team.update(segment_price=10, media_price=100).execute()

    def work(tx):
        usage.sent(tx, team, ana, segments=2, media=1, at=at(23, 18))
        usage.sent(tx, team, ana, segments=1, media=0, at=at(24, 18))
        usage.sent(tx, team, ben, segments=1, media=0, at=at(24, 18))
        usage.sent(tx, world.others.id, world.stranger.id, segments=7, media=0, at=at(24, 18))

    world.writer(work)
    assert usage.spent(team, ana, 20261124) == (1, 2, 140)
    assert usage.spent(team, None, 20261124) == (0, 2, 140)
    assert usage.spent(team, ana, 20261201) == (0, 0, 0)


def test_what_came_of_texts_is_counted_with_the_carriers_codes(world):
    team, ana = world.team.id, world.ana.id

    def work(tx):
        usage.outcome(tx, team, ana, "delivered", None, at(24, 18))
        usage.outcome(tx, team, ana, "undelivered", 30007, at(24, 18))
        usage.outcome(tx, team, ana, "failed", 30007, at(24, 18))

    world.writer(work)
    row = Usage.get()
    assert (row.day, row.delivered, row.undelivered) == (20261124, 1, 2)
    assert (ErrorCount.get().code, ErrorCount.get().count) == (30007, 2)


def test_a_text_that_comes_in_is_nobodys_and_costs_nothing(world):
    text = inbound.Inbound(
        sid="SM1", sender="+14045550187", recipient=ANA_NUMBER, body="Hello", at=now()
    )
    world.writer(lambda tx: inbound.receive(tx, text, {}))
    row = Usage.get()
    assert (row.user, row.received, row.cost) == (usage.NOBODY, 1, 0)
