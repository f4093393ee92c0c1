"""A token that is not good opens nothing, by whichever road it comes: REST, media, sockets, pages.

What of a token is wrong, one by one, at the one function that reads them: api/test_tokens.py.
"""

import jwt
import pytest

from backend.models import Session
from backend.store import users
from backend.store.rows import now
from shared import wire
from tests.security.frames import Socket, frames, golden
from tests.security.tokens import bad_tokens

SIGNED_OUT = 4401
ANA = "ana@brightpath.example"


@pytest.fixture
def good(api_) -> str:
    api_.ask("GET", "/me", who=ANA)
    return api_.tokens[ANA]


def by_rest(api_, token: str) -> bool:
    return api_.call("GET", "/me", token=token).status_code == 200


def by_media(api_, token: str) -> bool:
    """Nobody's media: whoever is let in hears 404."""
    answer = api_.client.get("/media/1", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code in (401, 404)
    return answer.status_code == 404


def by_socket(api_, token: str) -> bool:
    socket = Socket(None)
    send(api_, socket, wire.SessionStart, token)
    return socket.closed is None and socket.sent[0]["type"] == "session.ready"


def by_renewal(api_, token: str) -> bool:
    socket = Socket(api_.sessions.read(api_.tokens[ANA]))
    send(api_, socket, wire.SessionRenew, token)
    return socket.closed is None and socket.sent[0]["type"] == "session.renewed"


def send(api_, socket, kind, token: str) -> None:
    frame = {**golden(kind), "token": token, "since": None}
    if kind is wire.SessionRenew:
        del frame["since"]
    frames(api_.world, api_.sessions.read).receive(socket, wire.encode(frame))


ROADS = [by_rest, by_media, by_socket, by_renewal]


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_only_the_token_that_was_given_is_good(api_, config, good, road):
    assert road(api_, good)
    for what, token in bad_tokens(config, good).items():
        assert not road(api_, token), what


@pytest.mark.parametrize("road", [by_rest, by_media, by_socket], ids=lambda road: road.__name__)
@pytest.mark.parametrize("end", ["disabled", "ended", "over"])
def test_a_good_token_of_a_sign_in_that_has_ended_is_none(api_, good, road, end):
    world = api_.world
    if end == "disabled":
        world.writer(lambda tx: users.disable(tx, world.team.id, world.ana.id))
    else:
        Session.update({"ended_at" if end == "ended" else "expires_at": now()}).execute()
    assert not road(api_, good)


def test_a_socket_whose_token_is_refused_is_closed_with_the_reason_that_it_is_signed_out(api_):
    socket = Socket(None)
    send(api_, socket, wire.SessionStart, "x.y.z")
    assert (socket.closed, socket.sent) == (SIGNED_OUT, [])


def test_a_token_is_good_for_what_it_was_made_for_alone(api_, good):
    """A refresh token calls nothing, an access token refreshes nothing, and neither opens pages."""
    given = api_.sign_in().json
    key = api_.key("read")
    for road in (by_rest, by_media, by_socket):
        assert not road(api_, given["refresh_token"])
    assert not by_socket(api_, key), "sockets are for people"
    for token in (good, key, jwt.encode({}, "x" * 32)):
        answer = api_.call("POST", "/session/refresh", {"refresh_token": token})
        assert answer.status_code in (400, 401)


def test_a_cookie_takes_nothing_but_what_was_put_into_it(api_, config, pages):
    given = api_.sign_in("admin@brightpath.example").json
    tokens = bad_tokens(config, given["access_token"])
    others = {"access": given["access_token"], "refresh": given["refresh_token"]}
    hashed = {"its hash": Session.select().order_by(Session.id.desc()).get().token_hash}
    right = pages.admin()
    assert right.get("/users").status_code == 200
    for what, token in {**tokens, **others, **hashed, "a key": api_.key("admin")}.items():
        thief = pages.browser()
        thief.hold(token)
        assert thief.get("/users").status_code == 303, what
    # Nor is what a browser holds good anywhere else.
    assert not by_rest(api_, right.held)
    assert not by_socket(api_, right.held)
