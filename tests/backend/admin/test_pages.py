"""The admin pages as an admin uses them: forms keep what was typed, and nobody's name runs."""

import re

import pytest

from backend.models import Audit, Decision, License, Person, User
from backend.store import audit
from backend.store.audit import Actor
from tests.backend.admin.conftest import PASSWORD

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'


def test_an_invited_user_sets_a_password_with_a_link_that_is_shown_once(pages):
    browser = pages.admin()
    form = {"name": "Cleo", "email": "Cleo@Brightpath.example", "role": "rep", "messenger": "on"}
    answer = browser.post("/users/new", form)
    link = re.search(r'value="(https://repline.example.com/admin/welcome#([\w-]+))"', answer.text)
    assert link
    cleo = User.get(User.email == "cleo@brightpath.example")
    assert License.select().where(License.user == cleo).count() == 1
    stranger = pages.browser()
    words = {"password": "a few good words", "again": "a few good words"}
    assert "is set" in stranger.send("/welcome", {"code": link[2], **words}).text
    assert "used already" in stranger.send("/welcome", {"code": link[1], **words}).text
    assert stranger.sign_in(cleo.email, words["password"]).status_code == 403  # a rep
    assert link[2] not in browser.get(f"/users/{cleo.id}").text


def test_a_weak_or_mistyped_password_says_so_and_the_link_is_still_good(pages):
    browser = pages.admin()
    answer = browser.post(f"/users/{pages.world.ana.id}/link")
    code = re.search(r"welcome#([\w-]+)", answer.text)[1]
    stranger = pages.browser()
    short = stranger.send("/welcome", {"code": code, "password": "short", "again": "short"})
    assert "at least 10 characters" in short.text
    assert f'value="{code}"' in short.text
    two = stranger.send("/welcome", {"code": code, "password": "x" * 12, "again": "y" * 12})
    assert "different" in two.text
    assert "x" * 12 not in two.text


def test_forms_keep_what_was_typed_with_the_error_at_its_field(pages):
    browser = pages.admin()
    answer = browser.post("/users/new", {"name": "Cleo", "email": "no address", "role": "admin"})
    assert answer.status_code == 422
    assert 'value="Cleo"' in answer.text
    assert 'value="no address"' in answer.text
    assert '<option value="admin" selected>' in answer.text
    assert re.search(r'id="email"[^>]*aria-describedby="email-error[^>]*aria-invalid', answer.text)
    answer = browser.post("/settings", {"segment_price": "cheap", "user_daily_cap": "77"})
    assert 'value="cheap"' in answer.text
    assert 'value="77"' in answer.text


def test_names_and_texts_of_people_never_become_markup(pages):
    browser, world = pages.admin(), pages.world
    User.update(name=HOSTILE).execute()
    browser.post("/quick-replies/new", {"name": HOSTILE[:100], "body": HOSTILE})
    Person.create(
        team=world.team, mobile="+14045550199", name=HOSTILE, profile_url="javascript:alert(1)",
        created_at=1,
    )  # fmt: skip
    Decision.create(
        team=world.team, user=world.ana, moment="compose", allowed=False, reason=HOSTILE[:40],
        detail=HOSTILE, mobile=HOSTILE, at=1,
    )  # fmt: skip
    who = Actor(world.team.id, None, HOSTILE, HOSTILE)
    world.writer(
        lambda tx: audit.add(tx, who, "user.changed", HOSTILE, before={HOSTILE: 1}, after=[HOSTILE])
    )
    addresses = ["/users", f"/users/{world.ana.id}", "/licenses", "/quick-replies", "/audit"]
    for address in (*addresses, "/decisions", f"/users?search={HOSTILE}", "/settings"):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert "<script>alert" not in answer.text, address
        assert "<img" not in answer.text, address
        assert "javascript:" not in answer.text, address


def test_disabling_ends_sessions_and_closes_their_sockets(pages):
    other = pages.world.user(pages.world.team, "cem@brightpath.example", "Cem", role="admin")
    other.password_hash = pages.world.admin.password_hash
    other.save()
    browser, cem = pages.admin(), pages.admin("cem@brightpath.example")
    answer = browser.post(f"/users/{other.id}/disable")
    assert answer.status_code == 303
    assert "signed out everywhere" in browser.get(f"/users/{other.id}").text
    assert len(pages.closed) == 1
    assert cem.get("/users").status_code == 303


def test_the_last_admin_is_told_why_they_stay(pages):
    browser, me = pages.admin(), pages.world.admin
    browser.post(f"/users/{me.id}/disable")
    assert "only admin who can sign in" in browser.get(f"/users/{me.id}").text
    answer = browser.post(f"/users/{me.id}", {"name": me.name, "role": "rep"})
    assert answer.status_code == 422
    assert "only admin who can sign in" in answer.text


def test_reps_are_not_let_in_and_told_why(pages):
    answer = pages.browser().sign_in("ana@brightpath.example")
    assert answer.status_code == 403
    assert "for admins" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_sign_ins_are_noted_and_so_are_those_refused(pages):
    browser = pages.browser()
    browser.sign_in("admin@brightpath.example", "wrong password")
    browser.sign_in("ana@brightpath.example")
    browser.sign_in("nobody@brightpath.example")
    browser.sign_in("admin@brightpath.example")
    noted = [(each.action, each.actor, each.address) for each in Audit.select().order_by(Audit.id)]
    assert noted == [
        ("session.refused", "admin@brightpath.example", "127.0.0.1"),
        ("session.refused", "ana@brightpath.example", "127.0.0.1"),
        ("session.started", "admin@brightpath.example", "127.0.0.1"),
    ]
    assert "wrong password" not in str([each.after for each in Audit.select()][1:])
    assert PASSWORD not in str(list(Audit.select().dicts()))


def test_guessing_is_slowed_down(pages):
    browser = pages.browser()
    answers = [browser.sign_in("admin@brightpath.example", f"guess {n}") for n in range(7)]
    assert [each.status_code for each in answers].count(429) >= 1
    assert answers[-1].headers["Retry-After"]


@pytest.mark.parametrize(
    "following",
    ["https://evil.example/", "//evil.example", "/admin//evil", "/admin/\\evil", "/admin/\nx", "x"],
)
def test_signing_in_leads_to_these_pages_alone(pages, following):
    data = {"email": "admin@brightpath.example", "password": PASSWORD, "next": following}
    assert pages.browser().send("/sign-in", data).location == "/admin/users"


def test_users_are_found_sorted_and_paged_without_missing_any(pages):
    for n in range(120):
        pages.world.user(pages.world.team, f"u{n}@brightpath.example", f"User {n % 7}")
    browser, seen, path = pages.admin(), [], "/users?sort=-name&search=user"
    while path:
        text = browser.get(path).text
        seen += re.findall(r'<th scope="row"><a href="/admin/users/(\d+)">', text)
        following = re.search(r'rel="next" href="/admin([^"]+)"', text)
        path = following and following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 120
    assert "Nobody fits" in browser.get("/users?search=%25").text


def test_a_cursor_that_is_not_ours_leads_nowhere(pages):
    browser = pages.admin()
    for cursor in ("x", "W10", "WyJhIiwgOTk5OTk5OTk5OTk5OTk5OTk5OTk5OTld", "é"):
        assert browser.get(f"/audit?after={cursor}").status_code == 404
    # One of another table or sort: the page begins somewhere, and nothing fails.
    assert browser.get("/audit?after=WyJhIiwgMV0").status_code == 200
    assert browser.get("/users?sort=created&after=WyJhIiwgMV0").status_code == 200


def test_the_audit_log_says_what_was_before_and_after(pages):
    browser = pages.admin()
    browser.post("/settings", {"messenger_enabled": "on", "segment_price": "0.01"})
    text = browser.get("/audit?noun=settings").text
    assert "admin@brightpath.example changed the settings" in text
    assert "<del>0.0083</del>" in text
    assert "<ins>0.01</ins>" in text
    assert "signed in" not in text


@pytest.mark.parametrize("given", ["0", "9223372036854775808", "9" * 5000, "٣", "-1", "1.0"])
def test_an_id_that_cannot_be_is_not_found(pages, given):
    browser = pages.admin()
    for path in (f"/users/{given}", f"/numbers/{given}", f"/quick-replies/{given}"):
        assert browser.get(path).status_code == 404, path
        assert browser.post(path).status_code == 404, path
    assert browser.post(f"/users/{given}/disable").status_code == 404


def test_thousands_of_digits_are_answered_in_plain_words(pages):
    browser, digits = pages.admin(), "9" * 5000
    for path, field in (
        ("/licenses", "messenger"),
        ("/settings", "user_daily_cap"),
        ("/settings", "retention_days"),
        ("/settings", "monthly_budget"),
        ("/settings", "hours_from"),
    ):
        answer = browser.post(path, {field: digits})
        assert answer.status_code == 422, field
        assert f'id="{field}-error"' in answer.text
        assert "Exceeds" not in answer.text
