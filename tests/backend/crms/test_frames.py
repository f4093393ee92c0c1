"""What a rep's pane asks of receipts; another team's or rep's texts are not there."""

import json

import pytest

from backend.tokens import Identity
from backend.web.frames import Frames, Services
from tests.backend.crms.houses import JONAS, MAYA

MOBILE = "+14045550187"


class Socket:
    """Keeps what it is sent."""

    def __init__(self, identity):
        self.identity, self.cursor, self.sent = identity, 0, []

    def send(self, data):
        self.sent.append(json.loads(data))

    def close(self, code, reason=""):
        raise AssertionError(reason)


@pytest.fixture
def ask(office):
    def ask(user, type, **fields):
        identity = Identity(team=user.team_id, user=user.id, session=1, expires_at=2**53 - 1)
        socket = Socket(identity)
        services = Services(office.world.writer, None, None, None)
        frame = {"type": type, "v": 1, "request": "req_00000001", **fields}
        Frames(services).receive(socket, json.dumps(frame).encode())
        return socket.sent[0]

    return ask


def test_a_failed_text_is_tried_again(office, ask):
    maya = office.person(MAYA, MOBILE)
    office.house.delete(office.crm, MAYA)
    message = office.receives(maya, "Hi")
    office.drain()
    answer = ask(office.world.ana, "receipt.retry", message=message)
    assert answer["type"] == "message.saved"
    assert answer["message"]["receipt"]["state"] == "waiting"


def test_those_who_share_a_mobile_are_listed_without_the_one_who_has_it(office, ask):
    maya, jonas = office.person(MAYA, MOBILE, "Maya"), office.person(JONAS, MOBILE, "Jonas")
    answer = ask(office.world.ana, "person.list", conversation=office.conversation(maya))
    assert [each["id"] for each in answer["people"]] == [jonas.id]


def test_a_text_is_filed_under_another_person(office, ask):
    maya, jonas = office.person(MAYA, MOBILE, "Maya"), office.person(JONAS, MOBILE, "Jonas")
    message = office.sends(maya, "Hi")
    answer = ask(office.world.ana, "message.file", message=message, person=jonas.id)
    assert answer["type"] == "message.saved"
    assert answer["message"]["conversation"] == office.conversation(jonas)


def test_somebody_with_another_mobile_is_refused_in_words(office, ask):
    maya = office.person(MAYA, MOBILE)
    other = office.world.person("+14045550155", "Sam")
    message = office.sends(maya, "Hi")
    answer = ask(office.world.ana, "message.file", message=message, person=other.id)
    assert (answer["type"], answer["reason"]) == ("frame.refused", "conflict")
    assert "Sam" in answer["text"]


@pytest.mark.parametrize(
    ("type", "fields"),
    [
        ("receipt.retry", {}),
        ("receipt.link", {"opportunity": ""}),
        ("message.file", {"person": 1}),
    ],
)
@pytest.mark.parametrize("who", ["ben", "stranger"])
def test_whoever_does_not_see_the_text_finds_none(office, ask, type, fields, who):
    message = office.receives(office.person(MAYA, MOBILE), "Hi")
    answer = ask(getattr(office.world, who), type, message=message, **fields)
    assert (answer["type"], answer["reason"]) == ("frame.refused", "not_found")


def test_an_opportunity_that_is_not_open_is_refused(office, ask):
    message = office.receives(office.person(MAYA, MOBILE), "Hi")
    office.drain()
    answer = ask(office.world.ana, "receipt.link", message=message, opportunity="made-up")
    assert (answer["reason"], answer["type"]) == ("conflict", "frame.refused")
