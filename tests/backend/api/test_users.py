"""Users over REST: invited, changed, shut out and let in again, by the pages' own rules."""

import pytest

from backend.models import Audit, License, Session, User
from tests.backend.api.conftest import ADMIN

CLEO = {"email": "Cleo@Brightpath.example", "name": " Cleo  Park ", "licenses": ["messenger"]}


def test_an_invited_user_comes_with_a_link_that_is_shown_once(api_):
    made = api_.ask("POST", "/users", CLEO)
    assert made.status_code == 201
    cleo = made.json
    assert (cleo["email"], cleo["name"]) == ("cleo@brightpath.example", "Cleo Park")
    assert (cleo["role"], cleo["state"], cleo["licenses"]) == ("rep", "invited", ["messenger"])
    address, _, secret = cleo["link"].partition("#")
    assert address == f"{api_.config.public_url}/admin/welcome"
    assert len(secret) > 40
    assert api_.ask("GET", f"/users/{cleo['id']}").json["link"] == ""
    assert secret not in str(list(User.select().dicts()) + list(Audit.select().dicts()))


def test_everything_that_is_wrong_is_said_at_once_each_at_its_field(api_):
    answer = api_.ask("POST", "/users", {"email": "nobody", "name": " ", "licenses": []})
    problem = answer.json
    assert (answer.status_code, problem["type"]) == (400, "urn:repline:invalid")
    assert {each["field"] for each in problem["errors"]} == {"email", "name"}
    assert problem["field"] == problem["errors"][0]["field"]
    assert all(each["detail"].endswith(".") for each in problem["errors"])
    assert User.select().count() == 4


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**CLEO, "role": "owner"}, "role"),
        ({**CLEO, "licenses": ["pilot"]}, "licenses"),
        ({**CLEO, "password": "x"}, "password"),
        ({"email": CLEO["email"]}, "name"),
    ],
)
def test_a_body_that_is_not_as_declared_names_its_field_as_all_problems_do(api_, body, field):
    problem = api_.ask("POST", "/users", body).json
    assert (problem["type"], problem["field"]) == ("urn:repline:malformed", field)
    assert [each["field"] for each in problem["errors"]] == [field]


def test_an_email_that_is_taken_is_refused_at_its_field(api_):
    answer = api_.ask("POST", "/users", {**CLEO, "email": "ANA@brightpath.example"})
    assert (answer.status_code, answer.json["field"]) == (409, "email")
    assert "already" in answer.json["detail"]


def test_without_a_free_seat_nobody_is_invited(api_):
    api_.ask("PATCH", "/licenses", {"messenger": 3})
    answer = api_.ask("POST", "/users", CLEO)
    assert (answer.status_code, answer.json["field"]) == (409, "licenses")
    assert User.select().where(User.email == "cleo@brightpath.example").count() == 0


def test_users_are_found_narrowed_and_paged_without_missing_any(api_):
    world = api_.world
    for n in range(12):
        world.user(world.team, f"u{n}@brightpath.example", f"User {n}")
    seen, before = [], ""
    while before is not None:
        page = api_.ask("GET", f"/users?search=user&limit=5&before={before}").json
        seen += [each["name"] for each in page["users"]]
        before = page["next"] or None
    assert sorted(seen) == sorted(f"User {n}" for n in range(12))
    admins = api_.ask("GET", "/users?role=admin").json["users"]
    assert [each["email"] for each in admins] == [ADMIN]
    invited = api_.ask("GET", "/users?state=invited&limit=100").json["users"]
    assert {each["state"] for each in invited} == {"invited"}
    assert api_.ask("GET", "/users?search=%25").json["users"] == []
    assert "eve@rivals.example" not in api_.ask("GET", "/users").text


def test_a_change_leaves_alone_what_it_does_not_name(api_):
    one = f"/users/{api_.world.ana.id}"
    assert api_.ask("PATCH", one, {"role": "admin"}).json["name"] == "Ana Ruiz"
    changed = api_.ask("PATCH", one, {"name": "Ana Maria"}).json
    assert (changed["name"], changed["role"]) == ("Ana Maria", "admin")
    answer = api_.ask("PATCH", one, {"name": "\u200b"})
    assert (answer.status_code, answer.json["field"]) == (400, "name")


def test_a_change_made_from_what_somebody_else_changed_meanwhile_is_refused(api_):
    one, read = f"/users/{api_.world.ana.id}", {"name": "Ana Ruiz", "role": "rep"}
    body = {"role": "admin", "made_from": read}
    assert api_.ask("PATCH", one, {"name": "Ana Maria", "made_from": read}).status_code == 200
    answer = api_.ask("PATCH", one, body)
    assert (answer.status_code, answer.json["type"]) == (409, "urn:repline:stale")
    assert answer.json["errors"] == [
        {"field": "name", "detail": "Somebody changed this meanwhile to: Ana Maria."}
    ]
    assert User.get_by_id(api_.world.ana.id).role == "rep"


def test_a_disabled_user_is_out_at_once_and_their_sockets_are_closed(api_):
    ana = api_.world.ana
    token = api_.token(ana.email)
    held = [each.id for each in Session.select().where(Session.user == ana)]
    answer = api_.ask("POST", f"/users/{ana.id}/disable")
    assert answer.json["state"] == "disabled"
    assert api_.closed == held
    assert api_.call("GET", "/me", token=token).status_code == 401
    assert api_.sign_in(ana.email).status_code == 401
    assert api_.ask("POST", f"/users/{ana.id}/link").status_code == 409
    assert api_.ask("POST", f"/users/{ana.id}/enable").json["state"] == "active"
    assert api_.sign_in(ana.email).status_code == 201


def test_the_last_admin_stays(api_):
    one = f"/users/{api_.world.admin.id}"
    for answer in (api_.ask("POST", one + "/disable"), api_.ask("PATCH", one, {"role": "rep"})):
        assert (answer.status_code, answer.json["type"]) == (409, "urn:repline:refused")
        assert "only admin who can sign in" in answer.json["detail"]
    assert api_.closed == []
    assert api_.ask("GET", "/me").status_code == 200


def test_a_new_link_ends_the_one_before(api_):
    one = f"/users/{api_.world.ana.id}/link"
    first, second = (api_.ask("POST", one).json["link"] for _ in "12")
    assert first != second
    assert User.select().where(User.welcome_hash.is_null(False)).count() == 1


def test_no_key_makes_admins_or_takes_one_over(api_):
    """An admin can make keys: a revoked key must not live on in an admin that it made."""
    key, world = api_.key("admin"), api_.world
    for method, path, body in (
        ("POST", "/users", {**CLEO, "role": "admin"}),
        ("PATCH", f"/users/{world.ana.id}", {"role": "admin"}),
        ("POST", f"/users/{world.admin.id}/link", None),
    ):
        answer = api_.call(method, path, body, key)
        assert (answer.status_code, answer.json["type"]) == (403, "urn:repline:people_only")
    assert User.select().where(User.role == "admin").count() == 1
    assert api_.call("POST", "/users", CLEO, key).status_code == 201
    assert api_.call("POST", f"/users/{world.ana.id}/link", token=key).status_code == 201
    assert api_.call("PATCH", f"/users/{world.admin.id}", {"name": "A"}, key).status_code == 200


def test_what_a_key_does_is_noted_with_its_name(api_):
    key = api_.key("admin")
    api_.call("POST", "/users", CLEO, key)
    entry = Audit.get(Audit.action == "user.added")
    assert (entry.actor, entry.address) == (f"{ADMIN}, key Program", "127.0.0.1")
    assert License.select().where(License.kind == "messenger").count() == 5
