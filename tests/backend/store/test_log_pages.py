"""Pages of long logs: the same rows as a plain look through all of them, and never by a scan."""

import itertools
import random

import pytest

from backend.models import Audit, Decision
from backend.store import audit_pages, decision_pages, log_pages
from backend.store.rows import all_rows

ACTIONS = ("license.granted", "license.revoked", "session.started", "user.added")
REASONS = ("", "no_license", "opted_out", "quiet_hours")


@pytest.fixture
def logs(world, database):
    with database.atomic():
        _fill(world)
    return world


def _fill(world):
    dice = random.Random(7)
    users = [world.ana.id, world.ben.id, None]
    for n in range(300):
        team = world.team if n % 5 else world.others
        user, at = dice.choice(users), 1000 + dice.randrange(40)  # many at the same moment
        reason = dice.choice(REASONS)
        Audit.create(team=team, user=user, actor="a", action=dice.choice(ACTIONS), at=at)
        Decision.create(
            team=team, user=user, moment="compose", allowed=not reason, reason=reason, at=at
        )


def _through(read):
    after, seen = None, []
    while rows := read(after):
        seen += rows[:7]
        if len(rows) <= 7:
            break
        after = (seen[-1].at, seen[-1].id)
    return [row.id for row in seen]


@pytest.mark.parametrize("who", ["ana", None])
@pytest.mark.parametrize("until", [1020, None])
@pytest.mark.parametrize("kinds", [None, [""], ["no_license", "opted_out"], ["never"], []])
def test_pages_are_what_a_look_through_all_finds(logs, who, until, kinds):
    user = getattr(logs, who).id if who else None
    found = _through(
        lambda after: decision_pages.page(
            logs.team.id, user=user, reasons=kinds, until=until, after=after, limit=8
        )
    )
    expected = [
        row.id
        for row in Decision.select().order_by(Decision.at.desc(), Decision.id.desc())
        if row.team_id == logs.team.id
        and (user is None or row.user_id == user)
        and (until is None or row.at < until)
        and (kinds is None or row.reason in kinds)
    ]
    assert found == expected
    counted = decision_pages.count(logs.team.id, user=user, reasons=kinds, until=until)
    assert counted == len(expected)


def test_what_a_team_never_did_is_not_offered(logs):
    assert audit_pages.actions(logs.team.id) == sorted(ACTIONS)
    Audit.create(team=logs.others, actor="a", action="aaa.first", at=1)
    assert audit_pages.actions(logs.team.id) == sorted(ACTIONS)


def test_counting_stops(logs, monkeypatch):
    monkeypatch.setattr(log_pages, "COUNTED", 10)
    assert audit_pages.count(logs.team.id) == 11
    assert audit_pages.count(logs.team.id, actions=list(ACTIONS)) == 11


@pytest.mark.only_on("sqlite")
def test_no_page_scans_or_sorts_the_log(logs, monkeypatch):
    asked = []
    monkeypatch.setattr(
        log_pages,
        "all_rows",
        lambda sql, values: asked.append((sql, values)) or all_rows(sql, values),
    )
    team = logs.team.id
    for user, kinds, until, after in itertools.product(
        (None, logs.ana.id), (None, ["", "opted_out"]), (None, 1020), (None, (1010, 5))
    ):
        decision_pages.page(team, user=user, reasons=kinds, until=until, after=after, limit=8)
        audit_pages.page(team, user=user, actions=kinds, until=until, after=after, limit=8)
        decision_pages.count(team, user=user, reasons=kinds, until=until)
    for sql, values in asked:
        plan = " ".join(row[3] for row in all_rows("EXPLAIN QUERY PLAN " + sql, values))
        assert "SCAN decision" not in plan, sql
        assert "SCAN audit" not in plan, sql
        assert "TEMP B-TREE FOR ORDER BY" not in plan, (sql, plan)
