"""The logs over REST: paged, narrowed, and of one's own team alone."""

import pytest

from backend.inbox import listing
from backend.models import Decision
from backend.store import audit, pseudonym
from backend.store.audit import Actor
from shared import wire

MAYA = "+14045550187"


@pytest.fixture
def decided(api_):
    """Decisions on texts of both reps, and one of the other team."""
    world = api_.world

    def one(user, reason="", at=1, **more):
        allowed = not reason
        fields = {"moment": "compose", "mobile": MAYA, "road": "api", **more}
        team = user.team_id
        Decision.create(team=team, user=user, allowed=allowed, reason=reason, at=at, **fields)

    for n in range(5):
        one(world.ana, at=10 + n)
    one(world.ana, "opted_out", at=20)
    one(world.ben, "quiet_hours", at=30, detail="Until 9 AM.")
    one(world.stranger, "budget", at=40, mobile="+12125550199")
    return one


def test_decisions_are_listed_latest_first_and_of_ones_own_team(api_, decided):
    found = api_.ask("GET", "/decisions").json["decisions"]
    assert [each["at"] for each in found] == [30, 20, 14, 13, 12, 11, 10]
    latest = found[0]
    assert (latest["allowed"], latest["reason"]) == (False, "quiet_hours")
    assert (latest["detail"], latest["road"]) == ("Until 9 AM.", "api")
    assert (latest["mobile"], latest["mobile_display"]) == (MAYA, "(404) 555-0187")


@pytest.mark.parametrize(
    ("query", "times"),
    [
        ("reason=allowed", [14, 13, 12, 11, 10]),
        ("reason=refused", [30, 20]),
        ("reason=opted_out", [20]),
        ("reason=budget", []),
        ("until=14&reason=allowed", [13, 12, 11, 10]),
        ("user={ben}", [30]),
        ("user={eve}", []),
        ("user={ana}&reason=refused", [20]),
    ],
)
def test_decisions_are_narrowed(api_, decided, query, times):
    world = api_.world
    ids = {"ana": world.ana.id, "ben": world.ben.id, "eve": world.stranger.id}
    found = api_.ask("GET", f"/decisions?{query.format(**ids)}").json["decisions"]
    assert [each["at"] for each in found] == times


@pytest.mark.parametrize("path", ["/decisions", "/audit"])
def test_logs_are_paged_without_missing_any(api_, decided, path):
    world = api_.world
    actor = Actor(world.team.id, world.admin.id, world.admin.email)
    for n in range(7):
        world.writer(lambda tx, n=n: audit.add(tx, actor, "team.added", str(n)))
    noun = path.strip("/")
    everything = api_.ask("GET", f"{path}?limit=100").json[noun]
    seen, before = [], ""
    while before is not None:
        page = api_.ask("GET", f"{path}?limit=2&before={before}").json
        seen += page[noun]
        before = page["next"] or None
    assert seen == everything
    assert len(seen) >= 7


def test_a_decision_names_whom_the_text_was_for(api_):
    world, page = api_.world, wire.PersonOnPage(mobile=MAYA, name="Maya")
    talk = listing.open_person(world.writer, world.team.id, world.ana.id, page).conversation
    body = {"ref": "text-of-the-test", "body": "Hello"}
    api_.ask("POST", f"/conversations/{talk.id}/messages", body, who="ana@brightpath.example")
    (found,) = api_.ask("GET", "/decisions").json["decisions"]
    assert (found["allowed"], found["moment"], found["road"]) == (True, "compose", "api")
    assert (found["person"], found["mobile"]) == (talk.person.id, MAYA)
    assert found["message"]


def test_an_erased_persons_mobile_is_not_told(api_, decided):
    decided(api_.world.ana, "opted_out", at=50, mobile=pseudonym.of(api_.world.team.id, MAYA))
    (found,) = api_.ask("GET", "/decisions?limit=1").json["decisions"]
    assert (found["mobile"], found["mobile_display"]) == ("", "Erased person")


def test_the_audit_log_says_what_was_before_and_after(api_):
    api_.ask("PATCH", "/settings", {"user_daily_cap": 77})
    (entry,) = api_.ask("GET", "/audit?noun=settings").json["audit"]
    assert entry["action"] == "settings.changed"
    assert (entry["before"], entry["after"]) == ({"user_daily_cap": 500}, {"user_daily_cap": 77})
    assert (entry["actor"], entry["address"]) == ("admin@brightpath.example", "127.0.0.1")
    assert entry["user"] == api_.world.admin.id


def test_the_audit_log_is_narrowed_and_of_ones_own_team(api_):
    world = api_.world
    api_.token("ana@brightpath.example")
    api_.token("eve@rivals.example")
    signed = api_.ask("GET", "/audit?noun=session").json["audit"]
    assert {each["actor"] for each in signed} == {"ana@brightpath.example", world.admin.email}
    (own,) = api_.ask("GET", f"/audit?user={world.ana.id}").json["audit"]
    assert own["action"] == "session.started"
    assert api_.ask("GET", f"/audit?user={world.stranger.id}").json["audit"] == []
    assert api_.ask("GET", "/audit?noun=nothing").json["audit"] == []
    assert api_.ask("GET", f"/audit?until={own['at']}").json["audit"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [("user=0", "user"), ("user=x", "user"), ("until=-1", "until"), ("before=x", "before")],
)
def test_a_query_that_makes_no_sense_is_refused_at_its_field(api_, query, field):
    for path in ("/audit", "/decisions"):
        answer = api_.ask("GET", f"{path}?{query}")
        assert (answer.status_code, answer.json["field"]) == (400, field)
