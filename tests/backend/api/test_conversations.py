"""Conversations over REST: one's own, once, and never another team's."""

import msgspec
import pytest

from backend.inbox import listing
from backend.models import Message, Outbox
from backend.store import messages
from shared import wire

REF = "0b0e3b6c-text-1"


@pytest.fixture
def talk(api_) -> int:
    page = wire.PersonOnPage(mobile="404-555-0187", name="Pat Doe", crm_ref="demo:1")
    world = api_.world
    return listing.open_person(world.writer, world.team.id, world.ana.id, page).conversation.id


def send(api_, talk: int, body: str = "Hello", ref: str = REF, **more):
    token = more.pop("token", None) or api_.token()
    return api_.call(
        "POST", f"/conversations/{talk}/messages", {"ref": ref, "body": body}, token=token
    )


def test_a_text_is_taken_once_however_often_it_is_sent(api_, talk):
    first, again = send(api_, talk), send(api_, talk)
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json["id"] == again.json["id"]
    assert first.json["status"] == "queued"
    assert Message.select().count() == Outbox.select().count() == 1


def test_a_ref_names_one_text(api_, talk):
    send(api_, talk)
    answer = send(api_, talk, body="Something else")
    assert answer.status_code == 409
    assert answer.json["field"] == "ref"
    assert Message.select().count() == 1


def test_what_the_gate_refuses_says_why(api_, talk):
    api_.world.writer(
        lambda tx: tx.execute("DELETE FROM license WHERE user_id = ?", (api_.world.ana.id,))
    )
    answer = send(api_, talk)
    assert answer.status_code == 403
    assert answer.json["type"] == "urn:repline:gate:no_license"
    assert Outbox.select().count() == 0


@pytest.mark.parametrize("body", ["", "x" * 1601, "a\x00b"])
def test_a_text_that_cannot_be_one_changes_nothing(api_, talk, body):
    assert send(api_, talk, body=body).status_code == 400
    assert Message.select().count() == 0


@pytest.mark.parametrize("ref", ["short", "x" * 65, "has spaces in it", "new\nline-ref"])
def test_a_ref_has_to_be_one(api_, talk, ref):
    assert send(api_, talk, ref=ref).json["field"] == "ref"


def test_pages_of_messages_join_without_a_gap(api_, talk):
    token = api_.token()
    for number in range(5):
        assert send(api_, talk, f"Text {number}", f"text-number-{number}", token=token)
    path = f"/conversations/{talk}/messages"
    latest = api_.call("GET", f"{path}?limit=3", token=token).json
    oldest = api_.call("GET", f"{path}?before={latest['messages'][0]['id']}", token=token).json
    bodies = [each["body"] for each in oldest["messages"] + latest["messages"]]
    assert bodies == [f"Text {number}" for number in range(5)]
    assert (latest["more"], oldest["more"]) == (True, False)


def test_pages_of_conversations_join_without_a_gap(api_):
    world = api_.world
    for number in range(5):
        page = wire.PersonOnPage(
            mobile=f"404-555-010{number}", name=f"P{number}", crm_ref=f"{number}:"
        )
        opened = listing.open_person(world.writer, world.team.id, world.ana.id, page)
        send(api_, opened.conversation.id, ref=f"text-number-{number}")
    token, before, seen = api_.token(), "", []
    for _ in range(3):
        page = api_.call("GET", f"/conversations?limit=2&before={before}", token=token).json
        msgspec.convert(page, wire.ConversationResults)
        seen += [each["person"]["name"] for each in page["conversations"]]
        before = page["next"]
    assert before == ""
    assert sorted(seen) == [f"P{number}" for number in range(5)]


def test_conversations_are_found_by_name(api_, talk):
    send(api_, talk)

    def found(search: str) -> int:
        answer = api_.call("GET", f"/conversations?search={search}", token=api_.token())
        return len(answer.json["conversations"])

    assert (found("pat"), found("%25"), found("nobody")) == (1, 0, 0)


def test_another_team_sees_nothing_and_changes_nothing(api_, talk):
    send(api_, talk)
    eve = api_.token("eve@rivals.example")
    assert api_.call("GET", "/conversations", token=eve).json["conversations"] == []
    theirs = api_.call("GET", f"/conversations/{talk}/messages", token=eve)
    never = api_.call("GET", "/conversations/999/messages", token=eve)
    assert theirs.status_code == never.status_code == 404
    assert theirs.data == never.data
    assert send(api_, talk, ref="another-ref", token=eve).status_code == 404
    # Nor is it told that the ref is in use elsewhere.
    assert send(api_, talk, token=eve).status_code == 404
    assert Message.select().count() == 1


def test_a_colleague_does_not_see_the_conversations_of_my_number(api_, talk):
    ben = api_.token("ben@brightpath.example")
    assert api_.call("GET", f"/conversations/{talk}/messages", token=ben).status_code == 404
    assert send(api_, talk, token=ben).status_code == 404


def test_both_teams_may_use_the_same_ref(api_, talk):
    world = api_.world
    page = wire.PersonOnPage(mobile="404-555-0187", name="Pat Doe")
    theirs = listing.open_person(world.writer, world.others.id, world.stranger.id, page)
    eve = api_.token("eve@rivals.example")
    assert send(api_, talk).status_code == 202
    assert send(api_, theirs.conversation.id, token=eve).status_code == 202
    assert messages.by_ref(world.team.id, REF) != messages.by_ref(world.others.id, REF)
