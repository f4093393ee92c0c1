"""Opt-outs and restrictions over REST and over the socket: owner, colleague, admin, stranger."""

from typing import Any

import msgspec
import pytest

from backend.inbox import listing
from backend.messaging import inbound
from backend.models import Audit, OptOut, Restriction
from backend.store.rows import now
from backend.tokens import Identity
from backend.web.frames import Frames, Services
from shared import wire
from tests.backend.world import ANA_NUMBER

MAYA = "+14045550187"
ADMIN = "admin@brightpath.example"
BEN = "ben@brightpath.example"
EVE = "eve@rivals.example"


@pytest.fixture
def arrive(api_):
    def one(body: str) -> int:
        text = inbound.Inbound(f"SM{body[:20]}", MAYA, ANA_NUMBER, body, now())
        return api_.world.writer(lambda tx: inbound.receive(tx, text, {}))

    return one


@pytest.fixture
def talk(api_) -> int:
    world, page = api_.world, wire.PersonOnPage(mobile=MAYA, name="Maya")
    return listing.open_person(world.writer, world.team.id, world.ana.id, page).conversation.id


@pytest.fixture
def asked(api_, talk):
    """A frame of a signed-in user, and what it was answered."""
    frames = Frames(
        Services(
            api_.world.writer,
            lambda _: None,
            lambda *_: None,
            lambda *_: None,
        )
    )

    class Socket:
        cursor = 0

        def __init__(self, user):
            self.identity = Identity(user=user.id, team=user.team_id, session=1, expires_at=2**50)
            self.sent: list[Any] = []

        def send(self, data):
            self.sent.append(msgspec.json.decode(data))

    def ask(user, kind, **fields):
        socket = Socket(user)
        frame = {"type": kind, "v": 1, "request": "request-1", "conversation": talk, **fields}
        frames.receive(socket, msgspec.json.encode(frame))
        [answer] = socket.sent
        return answer

    return ask


def test_an_opt_out_is_added_listed_found_and_ended(api_):
    rep, admin = api_.token(), api_.token(ADMIN)
    body = {"mobile": "(404) 555-0187", "note": "Told Ana on the phone"}
    made = api_.call("POST", "/opt-outs", body, token=rep)
    assert (made.status_code, made.json["mobile"], made.json["cause"]) == (201, MAYA, "rep")
    assert api_.call("POST", "/opt-outs", body, token=rep).status_code == 200
    for search in ("", "?search=0187", "?search=404-555-0187", "?search=%2B14045550187"):
        found = api_.call("GET", f"/opt-outs{search}", token=rep).json["opt_outs"]
        assert [each["mobile_display"] for each in found] == ["(404) 555-0187"]
    assert api_.call("GET", "/opt-outs?search=9999", token=rep).json["opt_outs"] == []
    one = f"/opt-outs/{made.json['id']}?reason=Signed+again"
    refused = api_.call("DELETE", one, token=rep)
    assert (refused.status_code, OptOut.select().count()) == (403, 1)
    assert api_.call("DELETE", one, token=admin).json == {"text": ""}
    assert api_.call("DELETE", one, token=admin).status_code == 404
    events = api_.call("GET", "/consent-events?mobile=4045550187", token=rep).json["consent_events"]
    assert [(each["kind"], each["who"]) for each in events] == [
        ("opted_in", "Ada Admin"),
        ("opted_out", "Ana Ruiz"),
    ]
    assert "Signed again" in events[0]["text"]


def test_ending_what_a_stop_began_says_that_the_carrier_still_blocks(api_, arrive):
    arrive("STOP")
    one = f"/opt-outs/{OptOut.get().id}?reason=Signed+again"
    assert "START" in api_.call("DELETE", one, token=api_.token(ADMIN)).json["text"]


@pytest.mark.parametrize("query", ["", "?reason=", "?reason=ab", "?reason=%20%20%20%20"])
def test_an_opt_out_is_not_ended_without_a_reason(api_, arrive, query):
    arrive("STOP")
    answer = api_.call("DELETE", f"/opt-outs/{OptOut.get().id}{query}", token=api_.token(ADMIN))
    assert (answer.status_code, answer.json["field"]) == (400, "reason")
    assert OptOut.select().count() == 1


@pytest.mark.parametrize("path", ["/opt-outs", "/restrictions"])
@pytest.mark.parametrize("mobile", ["", "call me", "555-0187", "404-555-0187 ext. 3", "x" * 65])
def test_what_is_no_number_is_refused_and_names_the_field(api_, path, mobile):
    answer = api_.call("POST", path, {"mobile": mobile}, token=api_.token())
    assert (answer.status_code, answer.json["field"]) == (400, "mobile")
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("path", ["/opt-outs", "/restrictions"])
def test_pages_follow_each_other_without_gap_or_repeat(api_, path):
    token = api_.token()
    for number in range(5):
        api_.call("POST", path, {"mobile": f"404555010{number}"}, token=token)
    found, before = [], ""
    for _ in range(3):
        page = api_.call("GET", f"{path}?limit=2&before={before}", token=token).json
        found += [each["mobile"] for each in page[path[1:].replace("-", "_")]]
        before = page["next"]
    assert before == ""
    assert found == [f"+1404555010{number}" for number in reversed(range(5))]
    bad = api_.call("GET", f"{path}?before=x", token=token)
    assert (bad.status_code, bad.json["field"]) == (400, "before")


def test_another_team_sees_and_changes_nothing(api_, arrive):
    arrive("STOP")
    world, token = api_.world, api_.token(EVE)
    body = {"mobile": "404-555-0188"}
    held = api_.call("POST", "/restrictions", body, token=api_.token()).json["id"]
    for path in ("/opt-outs", "/restrictions", f"/consent-events?mobile=%2B{MAYA[1:]}"):
        [rows, *_] = api_.call("GET", path, token=token).json.values()
        assert rows == []
    world.stranger.role = "admin"
    world.stranger.save()
    token = api_.token(EVE)
    reason = f"/opt-outs/{OptOut.get().id}?reason=because"
    assert api_.call("DELETE", reason, token=token).status_code == 404
    assert api_.call("DELETE", f"/restrictions/{held}", token=token).status_code == 404
    assert OptOut.select().count() == Restriction.select().count() == 1


def test_a_restriction_is_ended_by_who_set_it_or_an_admin(api_):
    rep, body = api_.token(), {"mobile": MAYA, "kind": "do_not_contact", "note": "Asked by mail"}
    made = api_.call("POST", "/restrictions", body, token=rep)
    assert (made.status_code, made.json["who"], made.json["note"]) == (
        *(201, "Ana Ruiz"),
        "Asked by mail",
    )
    assert api_.call("POST", "/restrictions", body, token=api_.token(BEN)).status_code == 200
    one = f"/restrictions/{made.json['id']}"
    refused = api_.call("DELETE", one, token=api_.token(BEN))
    assert (refused.status_code, refused.json["detail"]) == (
        *(403, "Set by Ana Ruiz: only they or an admin can end it."),
    )
    assert api_.call("DELETE", one, token=api_.token(ADMIN)).status_code == 204
    assert api_.call("DELETE", one, token=rep).status_code == 404
    last = Audit.select().where(Audit.action == "restriction.ended").get()
    assert (last.actor, last.address, last.subject) == (ADMIN, "127.0.0.1", MAYA)


@pytest.mark.parametrize("opted_out", [True, False])
def test_a_suspected_text_is_answered_over_rest(api_, talk, arrive, opted_out):
    arrive("wrong number")
    token = api_.token()
    [held] = api_.call("GET", "/restrictions", token=token).json["restrictions"]
    assert (held["kind"], held["note"]) == ("suspected", "wrong number")
    one = f"/restrictions/{held['id']}"
    assert api_.call("DELETE", one, token=token).status_code == 403
    body = {"opted_out": opted_out}
    assert api_.call("POST", f"{one}/answer", body, token=token).status_code == 204
    assert api_.call("POST", f"{one}/answer", body, token=token).status_code == 404
    assert OptOut.select().count() == opted_out
    assert Restriction.select().count() == 0


def test_an_answer_over_rest_is_about_the_text_that_was_read(api_, talk, arrive):
    first, token = arrive("leave me alone"), api_.token()
    second = arrive("wrong number")
    one = f"/restrictions/{Restriction.get().id}/answer"
    late = api_.call("POST", one, {"opted_out": False, "message": first}, token=token)
    assert (late.status_code, Restriction.get().message_id) == (409, second)
    body = {"opted_out": False, "message": second}
    assert api_.call("POST", one, body, token=token).status_code == 204
    assert Restriction.select().count() == 0


def test_only_who_sees_a_conversation_with_them_says_what_their_text_meant(api_, talk, arrive):
    arrive("wrong number")
    one, body = f"/restrictions/{Restriction.get().id}/answer", {"opted_out": False}
    for stranger in (BEN, EVE):
        assert api_.call("POST", one, body, token=api_.token(stranger)).status_code == 404
    assert Restriction.select().count() == 1
    assert api_.call("POST", one, body, token=api_.token(ADMIN)).status_code == 204


def test_do_not_text_is_set_and_ended_over_the_socket(api_, asked):
    world = api_.world
    answer = asked(world.ana, "restriction.set", do_not_text=True, note="Asked at the fair")
    assert answer["type"] == "conversation.saved"
    assert answer["conversation"]["do_not_text"]
    assert answer["conversation"]["blocked"]["reason"] == "do_not_text"
    assert Restriction.get().note == "Asked at the fair"
    answer = asked(world.ana, "restriction.set", do_not_text=False)
    assert answer["conversation"]["blocked"] is None


def test_a_colleague_is_refused_in_words_and_a_stranger_finds_nothing(api_, asked):
    world = api_.world
    asked(world.admin, "restriction.set", do_not_text=True)
    refused = asked(world.ana, "restriction.set", do_not_text=False)
    assert (refused["type"], refused["reason"]) == ("frame.refused", "forbidden")
    assert refused["text"] == "Set by Ada Admin: only they or an admin can end it."
    for user in (world.ben, world.stranger):
        assert asked(user, "restriction.set", do_not_text=False)["reason"] == "not_found"
        assert asked(user, "suspicion.answer", opted_out=True)["reason"] == "not_found"
    assert Restriction.select().count() == 1


def test_an_answer_to_an_earlier_text_shows_the_later_one(api_, asked, arrive):
    first, ana = arrive("leave me alone"), api_.world.ana
    second = arrive("wrong number")
    answer = asked(ana, "suspicion.answer", opted_out=False, message=first)
    assert answer["conversation"]["suspicion"]["message"] == second
    answer = asked(ana, "suspicion.answer", opted_out=False, message=second)
    assert answer["conversation"]["suspicion"] is None


def test_a_suspicion_is_answered_with_one_click_and_a_second_click_shows_what_holds(
    api_, asked, arrive
):
    arrive("please stop texting me")
    ana = api_.world.ana
    answer = asked(ana, "suspicion.answer", opted_out=True)
    assert answer["conversation"]["suspicion"] is None
    assert answer["conversation"]["blocked"]["reason"] == "opted_out"
    again = asked(ana, "suspicion.answer", opted_out=False)
    assert again["conversation"]["blocked"]["reason"] == "opted_out"
