"""Who may call, from where, and what every answer carries."""

import re

import pytest

from backend.tokens import Tokens
from backend.web.api import ROUTES
from tests.backend.api.conftest import ORIGIN

GUARDED = [route for route in ROUTES if route.signed_in]


HEADERS = [None, "", "Bearer", "Bearer ", "Basic YTpi", "Bearer not.a.token", "bearer x y"]
HEADERS += ["Bearer rpl_", "Bearer rpl_" + "a" * 43]


def path_of(route) -> str:
    return re.sub(r"<[^>]+>", "1", route.path)


@pytest.mark.parametrize("header", HEADERS)
def test_nobody_passes_without_a_token(api_, header):
    headers = {} if header is None else {"Authorization": header}
    for route in GUARDED:
        answer = api_.call(route.method, path_of(route), headers=headers)
        assert answer.status_code == 401, route.name
        assert answer.content_type == "application/problem+json"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_what_is_for_admins_is_refused_to_reps_before_anything_is_looked_at(api_):
    token = api_.token()
    for route in (each for each in GUARDED if each.admin):
        answer = api_.call(route.method, path_of(route), token=token)
        assert answer.json["type"] == "urn:repline:admins_only", route.name


def test_a_token_of_a_session_that_never_was_is_refused(api_):
    world = api_.world
    token, _ = Tokens(api_.config).issue(world.ana.id, world.team.id, 77)
    assert api_.call("GET", "/me", token=token).status_code == 401


def test_a_token_that_names_another_team_is_refused(api_):
    world = api_.world
    own = Tokens(api_.config).read(api_.token())
    token, _ = Tokens(api_.config).issue(own.user, world.others.id, own.session)
    assert api_.call("GET", "/me", token=token).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "", 404),
        ("GET", "/nothing", 404),
        ("GET", "/session", 405),
        ("PATCH", "/me", 405),
        ("GET", "/conversations/0/messages", 404),
        ("GET", f"/conversations/{2**53}/messages", 404),
        ("GET", f"/conversations/{'9' * 400}/messages", 404),
        ("GET", "/conversations/-1/messages", 404),
        ("GET", "/conversations/1;DROP/messages", 404),
    ],
)
def test_addresses_that_are_none_are_answered_with_problems(api_, method, path, status):
    answer = api_.call(method, path, token=api_.token(), headers={"Origin": ORIGIN})
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    if status == 405:
        assert answer.headers["Allow"]


def test_an_error_of_ours_says_nothing_of_what_went_wrong(api_, monkeypatch):
    def broken(_token):
        raise RuntimeError("SELECT secret FROM vault")

    monkeypatch.setattr(api_.sessions, "read", broken)
    answer = api_.call("GET", "/me", token="x")
    assert answer.status_code == 500
    assert answer.json["type"] == "urn:repline:failed"
    assert b"vault" not in answer.data


def test_every_answer_is_for_the_caller_alone(api_):
    for answer in (
        api_.sign_in(),
        api_.sign_in(password="wrong"),
        api_.call("GET", "/nothing"),
        api_.call("OPTIONS", "/me"),
    ):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "Origin" in answer.headers["Vary"]
        assert "Set-Cookie" not in answer.headers


def test_the_extension_may_ask_before_it_calls(api_):
    for path in {path_of(route) for route in ROUTES}:
        answer = api_.call("OPTIONS", path, headers={"Origin": ORIGIN})
        assert answer.status_code == 204, path
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert answer.headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
        assert int(answer.headers["Access-Control-Max-Age"]) > 0
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin",
    [
        "https://crm.example.com",
        "null",
        ORIGIN + ".example.com",
        ORIGIN.upper(),
        ORIGIN + "/",
        "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "",
    ],
)
def test_foreign_pages_may_read_nothing(api_, origin):
    for answer in (
        api_.call("OPTIONS", "/me", headers={"Origin": origin}),
        api_.sign_in(headers={"Origin": origin}),
        api_.call("GET", "/nothing", headers={"Origin": origin}),
    ):
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
