"""Texts that wait for their time, over REST and over the socket."""

from datetime import UTC, datetime

import msgspec
import pytest
import time_machine

from backend.inbox import listing
from backend.models import Message, Outbox
from backend.store.rows import now
from backend.tokens import Identity
from backend.web.frames import Frames, Services
from shared import wire

HOUR = 3600_000


@pytest.fixture
def talk(api_) -> int:
    page = wire.PersonOnPage(mobile="404-555-0187", name="Pat Doe", crm_ref="demo:1")
    world = api_.world
    return listing.open_person(world.writer, world.team.id, world.ana.id, page).conversation.id


@pytest.fixture
def schedule(api_, talk):
    def one(at=None, ref="0b0e3b6c-text-1", body="Hello"):
        sent = {"ref": ref, "body": body, "at": at or now() + HOUR}
        return api_.call("POST", f"/conversations/{talk}/messages", sent, token=api_.token())

    return one


def test_a_scheduled_text_is_listed_changed_and_taken_back(api_, talk, schedule):
    token, at = api_.token(), now() + HOUR
    made = schedule(at)
    assert (made.status_code, made.json["status"], made.json["scheduled_for"]) == (
        202,
        "scheduled",
        at,
    )
    assert schedule(at).status_code == 200
    one = f"/scheduled/{made.json['id']}"
    listed = api_.call("GET", "/scheduled", token=token).json
    assert [each["id"] for each in listed["messages"]] == [made.json["id"]]
    later = now() + 2 * HOUR
    edited = api_.call("PATCH", one, {"at": later}, token=token)
    assert (edited.status_code, edited.json["body"], edited.json["scheduled_for"]) == (
        200,
        "Hello",
        later,
    )
    assert api_.call("PATCH", one, {"body": "Hi"}, token=token).json["body"] == "Hi"
    assert api_.call("POST", one + "/keep", token=token).json["hold"] == ""
    for _ in range(2):
        assert api_.call("DELETE", one, token=token).json["status"] == "canceled"
    assert api_.call("GET", "/scheduled", token=token).json["messages"] == []
    assert api_.call("PATCH", one, {"body": "Hi"}, token=token).status_code == 409
    assert Outbox.select().count() == 0


def test_pages_of_scheduled_texts_join_without_a_gap(api_, schedule):
    for number in range(5):
        schedule(now() + (5 - number) * HOUR // 2, ref=f"text-number-{number}", body=str(number))
    token, before, seen = api_.token(), "", []
    for _ in range(3):
        page = api_.call("GET", f"/scheduled?limit=2&before={before}", token=token).json
        seen += [each["body"] for each in page["messages"]]
        before = page["next"]
    assert (seen, before) == (["4", "3", "2", "1", "0"], "")


def test_what_is_wrong_with_a_time_is_said_of_the_field(api_, schedule):
    made = schedule(now() - HOUR)
    assert (made.status_code, made.json["field"]) == (400, "at")
    assert "has passed" in made.json["detail"]


def test_another_team_and_a_colleague_find_nothing(api_, schedule):
    one = f"/scheduled/{schedule().json['id']}"
    for email in ("eve@rivals.example", "ben@brightpath.example"):
        token = api_.token(email)
        assert api_.call("GET", "/scheduled", token=token).json["messages"] == []
        never = api_.call("DELETE", "/scheduled/999", token=token)
        for answer in (
            api_.call("PATCH", one, {"body": "x"}, token=token),
            api_.call("DELETE", one, token=token),
            api_.call("POST", one + "/keep", token=token),
        ):
            assert (answer.status_code, answer.data) == (404, never.data)
    assert Message.get().status == "scheduled"


def test_times_are_suggested_and_strangers_get_none(api_, talk):
    path = f"/conversations/{talk}/times"
    found = api_.call("GET", path, token=api_.token()).json
    assert found["zone"] == "America/New_York"
    assert found["times"]
    assert all(
        any(start <= each["at"] < end for start, end in found["windows"]) for each in found["times"]
    )
    assert api_.call("GET", path, token=api_.token("eve@rivals.example")).status_code == 404


class Socket:
    """A rep's socket that keeps what it was told."""

    def __init__(self, world, user):
        self.identity = Identity(user.id, world.team.id, 1, now() + HOUR)
        self.cursor = 0
        self.told = []

    def send(self, data):
        self.told.append(msgspec.json.decode(data))

    def close(self, code, reason=""):
        raise AssertionError(reason)


@pytest.fixture
def ask(api_):
    """Send a frame and return the answer."""
    world = api_.world
    nothing = lambda *_: None  # noqa: E731
    services = Services(world.writer, nothing, nothing, nothing)
    socket = Socket(world, world.ana)

    def frame(kind, **fields):
        if kind != "message.send":
            fields["request"] = "request-1"
        data = msgspec.json.encode({"type": kind, "v": 1, **fields})
        Frames(services).receive(socket, data)
        return socket.told[-1]

    return frame


def test_the_frames_do_the_same(ask, talk):
    at, ref = now() + HOUR, "ref-00000001"
    sent = ask("message.send", ref=ref, conversation=talk, body="Hi", at=at)
    assert (sent["type"], sent["message"]["status"]) == ("message.accepted", "scheduled")
    message = sent["message"]["id"]
    edited = ask("message.edit", message=message, body="Hello", at=at + 1000)
    assert (edited["type"], edited["message"]["body"]) == ("message.saved", "Hello")
    assert ask("message.keep", message=message)["message"]["scheduled_for"] == at + 1000
    suggested = ask("time.suggest", conversation=talk)
    assert (suggested["type"], suggested["zone"]) == ("time.suggested", "America/New_York")
    assert ask("message.cancel", message=message)["message"]["status"] == "canceled"
    refused = ask("message.edit", message=message, body="Hello", at=at)
    assert (refused["reason"], refused["text"]) == ("conflict", "This text has been canceled.")
    refused = ask("message.send", ref="ref-00000002", conversation=talk, body="Hi", at=1)
    assert (refused["reason"], refused["request"]) == ("malformed", "ref-00000002")
    assert ask("message.cancel", message=999)["reason"] == "not_found"


@time_machine.travel(datetime(2026, 11, 24, 17, 0, tzinfo=UTC), tick=False)
def test_quiet_hours_are_refused_with_the_first_moment_at_which_it_may_be_sent(ask, talk):
    refused = ask(
        "message.send", ref="ref-00000001", conversation=talk, body="Hi", at=now() + 10 * HOUR
    )
    assert (refused["reason"], refused["blocked"]["reason"]) == ("gate", "quiet_hours")
    until = refused["blocked"]["until"]
    sent = ask("message.send", ref="ref-00000001", conversation=talk, body="Hi", at=until)
    assert sent["message"]["scheduled_for"] == until
