"""Rounds, quarantine and texts in doubt, for programs."""

import pytest

from backend.messaging import inbound
from backend.models import Conversation, Message, Number, Quarantine
from backend.rounds import ROUNDS
from backend.store import findings, heartbeats
from backend.store.findings import Finding
from backend.store.rows import now
from tests.backend.api.conftest import ADMIN, EVE
from tests.backend.world import ANA_NUMBER

MAYA = "+14045550187"
ANA, BEN = "ana@brightpath.example", "ben@brightpath.example"


@pytest.fixture
def quarantined(api_):
    """A text that came before its number was our team's."""
    form = {"MessageSid": "SM1", "From": MAYA, "To": ANA_NUMBER, "Body": "Hello"}
    text = inbound.Inbound("SM1", MAYA, ANA_NUMBER, "Hello", now())
    Number.update(e164="+14045550100").where(Number.e164 == ANA_NUMBER).execute()
    api_.world.writer(lambda tx: inbound.receive(tx, text, form))
    Quarantine.update(team=api_.world.team).execute()
    return Quarantine.get().id


@pytest.fixture
def doubtful(api_):
    world = api_.world
    talk = Conversation.create(
        team=world.team, number=world.number, person=world.person(MAYA, "Maya"), last_at=now()
    )
    more = {"direction": "outbound", "status": "unknown", "mobile": MAYA, "at": now()}
    text = Message.create(team=world.team, conversation=talk, author=world.ana, body="Hi", **more)
    return text.id


def test_rounds_are_told_with_what_they_found_of_the_team(api_):
    def done(tx):
        heartbeats.tried(tx, "statuses", 1000, "")
        heartbeats.tried(tx, "statuses", 2000, "HTTP 503")
        findings.put(tx, api_.world.team.id, "statuses", Finding(1000, 3, 2))

    api_.world.writer(done)
    told = {each["name"]: each for each in api_.ask("GET", "/rounds").json["rounds"]}
    assert list(told) == list(ROUNDS)
    found = told["statuses"]
    assert (found["done_at"], found["tried_at"], found["cause"]) == (1000, 2000, "HTTP 503")
    assert (found["found_at"], found["found"], found["mended"]) == (1000, 3, 2)
    assert found["next_at"] > now()
    assert (told["drift"]["done_at"], told["drift"]["found_at"]) == (None, None)


def test_a_round_is_run_when_a_program_asks(api_):
    token = api_.token(ADMIN)
    assert api_.call("POST", "/rounds", {"round": "drift"}, token).status_code == 202
    assert len(api_.world.woken("round_drift")) == 1
    assert api_.call("POST", "/rounds", {"round": "fetch"}, token).status_code == 404


def test_what_is_in_quarantine_is_listed_filed_and_dropped(api_, quarantined):
    token = api_.token(ADMIN)
    (held,) = api_.ask("GET", "/quarantine").json["quarantine"]
    assert (held["id"], held["reason"], held["mobile"]) == (quarantined, "no_number", MAYA)
    assert "Hello" not in str(held)
    again = f"/quarantine/{quarantined}/retry"
    assert api_.call("POST", again, None, token).json == {"filed": False}
    Number.update(e164=ANA_NUMBER).where(Number.e164 == "+14045550100").execute()
    assert api_.call("POST", again, None, token).json == {"filed": True}
    assert Message.get().body == "Hello"
    for method, path in (("POST", again), ("DELETE", f"/quarantine/{quarantined}")):
        assert api_.call(method, path, None, token).status_code == 404


def test_a_rep_settles_a_text_in_doubt_of_their_own_number_alone(api_, doubtful):
    path = f"/messages/{doubtful}/doubt"
    for other in (BEN, EVE):
        answer = api_.call("POST", path, {"answer": "sent"}, api_.token(other))
        assert answer.status_code == 404
    assert api_.ask("GET", "/doubts", who=ANA).status_code == 403
    (held,) = api_.ask("GET", "/doubts").json["texts"]
    assert (held["id"], held["body"], held["looking"]) == (doubtful, "Hi", False)
    token = api_.token(ANA)
    assert api_.call("POST", path, {"answer": "maybe"}, token).status_code == 400
    assert api_.call("POST", path, {"answer": "sent"}, token).status_code == 204
    refused = api_.call("POST", path, {"answer": "again"}, token)
    assert (refused.status_code, refused.json["type"]) == (409, "urn:repline:refused")
    assert Message.get().status == "sent"
