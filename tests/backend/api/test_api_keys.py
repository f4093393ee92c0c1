"""Keys of programs: what they open, what they do not, and who may make them."""

import pytest

from backend.inbox import listing
from backend.store.rows import all_rows
from shared import wire
from tests.backend.api.conftest import Api


@pytest.fixture
def admin(api_: Api) -> str:
    return api_.token("admin@brightpath.example")


@pytest.fixture
def make(api_: Api, admin: str):
    def one(*scopes: str, email: str = "ana@brightpath.example", name: str = "Nightly report"):
        body = {"name": name, "scopes": list(scopes), "email": email}
        return api_.call("POST", "/api-keys", body, admin)

    return one


def test_a_key_reads_what_its_user_sees(api_, make):
    key = make("read").json["token"]
    assert api_.call("GET", "/me", token=key).json["user"]["email"] == "ana@brightpath.example"
    assert api_.call("GET", "/conversations", token=key).status_code == 200


def test_a_key_without_the_scope_is_told_which_one_it_lacks(api_, make):
    key = make("read").json["token"]
    answer = api_.call(
        "POST", "/conversations/1/messages", {"ref": "ref-00000001", "body": "Hi"}, key
    )
    assert answer.status_code == 403
    assert "'send'" in answer.json["detail"]


def test_no_key_does_what_is_for_people_alone(api_, make):
    key = make("read", "send", "write", "admin", email="admin@brightpath.example").json["token"]
    for method, path, body in (
        ("DELETE", "/session", None),
        ("POST", "/api-keys", {"name": "More", "scopes": ["admin"]}),
        ("GET", "/api-keys", None),
    ):
        assert api_.call(method, path, body, key).json["type"] == "urn:repline:people_only"


def test_the_key_is_shown_once_and_kept_as_a_hash(api_, make, admin):
    token = make("read").json["token"]
    (listed,) = api_.call("GET", "/api-keys", token=admin).json["api_keys"]
    assert listed["token"] == ""
    assert token.startswith(listed["prefix"])
    assert token not in str(all_rows("SELECT * FROM api_key"))


def test_a_revoked_key_opens_nothing(api_, make, admin):
    made = make("read").json
    assert api_.call("DELETE", f"/api-keys/{made['id']}", token=admin).status_code == 204
    assert api_.call("GET", "/me", token=made["token"]).status_code == 401
    assert api_.call("DELETE", f"/api-keys/{made['id']}", token=admin).status_code == 404


def test_the_key_of_a_disabled_user_opens_nothing(api_, make):
    key = make("read").json["token"]
    api_.world.ana.disabled_at = 1
    api_.world.ana.save()
    assert api_.call("GET", "/me", token=key).status_code == 401


def test_reps_make_and_see_no_keys(api_):
    token = api_.token()
    body = {"name": "Mine", "scopes": ["read"]}
    assert api_.call("POST", "/api-keys", body, token).json["type"] == "urn:repline:admins_only"
    assert api_.call("GET", "/api-keys", token=token).status_code == 403


def test_a_key_acts_for_nobody_of_another_team(make):
    answer = make("read", email="eve@rivals.example")
    assert (answer.status_code, answer.json["field"]) == (400, "email")


def test_another_teams_admin_finds_no_such_key(api_, make):
    made = make("read").json
    api_.world.stranger.role = "admin"
    api_.world.stranger.save()
    token = api_.token("eve@rivals.example")
    assert api_.call("GET", "/api-keys", token=token).json["api_keys"] == []
    assert api_.call("DELETE", f"/api-keys/{made['id']}", token=token).status_code == 404


@pytest.mark.parametrize("scopes", [["all"], ["read", "root"]])
def test_scopes_that_do_not_exist_are_refused_by_name(make, scopes):
    answer = make(*scopes)
    assert (answer.status_code, answer.json["field"]) == (400, "scopes")


def test_making_and_revoking_are_in_the_audit_log(api_, make, admin):
    made = make("read").json
    api_.call("DELETE", f"/api-keys/{made['id']}", token=admin)
    rows = all_rows(
        "SELECT action, actor, subject FROM audit WHERE action LIKE 'api_key.%' ORDER BY id"
    )
    assert rows == [
        ("api_key.made", "admin@brightpath.example", "Nightly report"),
        ("api_key.revoked", "admin@brightpath.example", "Nightly report"),
    ]


def test_a_key_has_a_name_that_can_be_seen(make):
    for name in (" ", "\u200b", "a\x07b"):
        answer = make("read", name=name)
        assert (answer.status_code, answer.json["field"]) == (400, "name")


@pytest.mark.parametrize(
    ("method", "path", "body", "scope"),
    [
        ("GET", "/people?account=Acme", None, "read"),
        ("GET", "/people/{}/activities", None, "read"),
        ("POST", "/people/{}/notes", {"body": "Called back."}, "write"),
    ],
)
def test_people_and_notes_are_within_the_scopes_that_name_them(
    api_, make, method, path, body, scope
):
    world, page = api_.world, wire.PersonOnPage(mobile="404-555-0187", account="Acme")
    opened = listing.open_person(world.writer, world.team.id, world.ana.id, page)
    person = opened.conversation.person.id
    key, others = make(scope).json["token"], make("send", "admin").json["token"]
    assert api_.call(method, path.format(person), body, key).status_code < 300
    assert api_.call(method, path.format(person), body, others).json["type"] == "urn:repline:scope"
