"""Every address below /admin/, also those that are added later: who may come in, and who not."""

import dataclasses

import pytest
from flask import Flask

from backend.messaging import quarantining
from backend.models import (
    Activity,
    ApiKey,
    Audit,
    Conversation,
    CrmConnection,
    CrmLog,
    Hook,
    License,
    Message,
    PeopleImport,
    Person,
    Quarantine,
    QuickReply,
    Session,
    Team,
    User,
)
from backend.store.audit import Actor
from backend.store.rows import now
from backend.web import admin
from backend.web.admin import guard
from tests.backend.admin.conftest import HERE, PASSWORD
from tests.backend.world import ANA_NUMBER

CHANGES = {"POST", "PUT", "PATCH", "DELETE"}


def _routes():
    app = Flask("listing", static_folder=None)
    # Nothing is asked of these pages but where they are.
    parts = {each.name: None for each in dataclasses.fields(admin.Services)}
    admin.register(app, admin.Services(**{**parts, "notice_key": b"-"}))
    found = [
        (method, rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in guard.OPEN
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]
    # Behind that one nobody is signed in any more.
    return sorted(found, key=lambda each: each[1].endpoint == "admin.sign_out")


ROUTES = _routes()
CHANGING = [(method, rule) for method, rule in ROUTES if method in CHANGES]


@pytest.fixture
def ask(pages):
    """Ask a route about things of our own team, as a browser does."""
    reply = QuickReply.create(
        team=pages.world.team, name="Hours", body="We open at nine.", created_at=1
    )
    more = {"team": pages.world.team, "created_at": 1}
    key = ApiKey.create(
        user=pages.world.ana, name="Nightly", prefix="rpl_", token_hash="-", scopes="read", **more
    )
    hook = Hook.create(url="https://crm.example/hook", salt="-", events="message.sent", **more)
    brought = pages.services.imports.add(
        Actor(pages.world.team.id, pages.world.ana.id, "ana@brightpath.example"),
        [b"Name,Mobile\nAna Ruiz,404-555-0187\n"],
        "people.csv",
    )
    ids = {
        "key": key.id,
        "hook": hook.id,
        "import_id": brought.id,
        "state": "canceled",
        "user": pages.world.ana.id,
        "reply": reply.id,
        "kind": "messenger",
        "number": pages.world.number.id,
        "crm": "salesforce",
        "log": _logged(pages.world),
        "message": _doubtful(pages.world),
        "entry": _unread(pages.world),
    }

    def send(browser, method, rule, token="", headers=None):
        values = {name: ids.get(name, "1") for name in rule.arguments}
        return browser.client.open(
            pages.app.url_map.bind("").build(rule.endpoint, values),
            method=method,
            base_url=HERE,
            data={guard.FORM_TOKEN: token} if token else {},
            headers={"Origin": HERE} if headers is None else headers,
        )

    return send


def _logged(world):
    """An activity of our team that did not get into the CRM that it has connected."""
    team = world.team
    CrmConnection.create(
        team=team, crm="salesforce", org="00D", base_url="https://a.example", connected_at=1
    )
    person = world.person("+14045550187")
    activity = Activity.create(team=team, person=person, kind="note", text="Met", at=1)
    log = CrmLog.create(
        team=team, activity=activity, person=person, crm="salesforce", state="failed", made_at=1
    )
    return log.id


def _doubtful(world):
    """A text of our team of which nobody knows whether it was sent."""
    talk = Conversation.create(
        team=world.team, number=world.number, person=Person.get(), last_at=now()
    )
    more = {"direction": "outbound", "status": "unknown", "mobile": "+14045550187", "at": now()}
    return Message.create(team=world.team, conversation=talk, body="Hi", **more).id


def _unread(world):
    """A text to our team that could not be read."""
    form = {"From": "+14045550187", "To": ANA_NUMBER, "Body": "Hello"}
    world.writer(lambda tx: quarantining.keep_unread(tx, form, ""))
    return Quarantine.get().id


def _state(team=None):
    found = [
        Team.select(),
        *(table.select() for table in (User, License, QuickReply, ApiKey, Hook, PeopleImport)),
        *(table.select() for table in (CrmConnection, CrmLog, Message, Quarantine)),
    ]
    if team is not None:
        found = [query.where(query.model.team == team) for query in found[1:]]
    return [list(query.dicts()) for query in found]


def test_strangers_are_sent_to_the_sign_in(pages, ask):
    before, browser = _state(), pages.browser()
    for method, rule in ROUTES:
        answer = ask(browser, method, rule)
        assert (answer.status_code, _state()) == (303, before), (method, rule)
        assert answer.location.startswith("/admin/sign-in"), (method, rule)


def test_reps_are_told_that_this_is_for_admins(pages, ask):
    browser = pages.admin()
    token = browser.form_token()
    User.update(role="rep").where(User.id == pages.world.admin.id).execute()
    before = _state()
    for method, rule in ROUTES:
        answer = ask(browser, method, rule, token)
        assert (answer.status_code, _state()) == (403, before), (method, rule)
        assert "for admins" in answer.text


def test_what_belongs_to_another_team_is_not_there(pages, ask):
    browser = pages.admin("eve@rivals.example")
    token, before = browser.form_token(), _state(pages.world.team)
    for method, rule in ROUTES:
        answer = ask(browser, method, rule, token)
        assert answer.status_code == 404 or not rule.arguments, (method, rule)
        assert "Ana Ruiz" not in answer.text, (method, rule)
        assert "ben@brightpath.example" not in answer.text, (method, rule)
    assert _state(pages.world.team) == before


def test_nothing_changes_without_the_token_of_the_session(pages, ask):
    browser, other = pages.admin(), pages.admin("eve@rivals.example")
    before = _state()
    for method, rule in CHANGING:
        for token in ("", "0" * 64, "é", other.form_token()):
            answer = ask(browser, method, rule, token)
            assert (answer.status_code, _state()) == (403, before), (method, rule, token)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": HERE + ".evil.example"},
        {},
    ],
    ids=lambda headers: " ".join(headers.values()) or "none",
)
def test_nothing_changes_from_a_page_of_somebody_else(pages, ask, headers):
    browser = pages.admin()
    token, before = browser.form_token(), _state()
    for method, rule in CHANGING:
        answer = ask(browser, method, rule, token, headers)
        assert (answer.status_code, _state()) == (403, before), (method, rule)


def test_every_answer_forbids_scripts_of_others_and_copies(pages, ask):
    browser = pages.admin()
    token = browser.form_token()
    for method, rule in ROUTES:
        headers = ask(browser, method, rule, token).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert headers["Cache-Control"] == "no-store", (method, rule)
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_there_is_nothing_where_there_is_no_page(pages):
    assert pages.admin().get("/no/such/page").status_code == 404


def test_who_signs_out_is_out_at_once(pages):
    browser = pages.admin()
    held = browser.held
    browser.post("/sign-out")
    browser.hold(held)
    assert browser.get("/users").status_code == 303
    assert Audit.select().where(Audit.action == "session.ended").count() == 1


def test_a_disabled_admin_is_out_at_once(pages):
    browser = pages.admin()
    pages.world.writer(
        lambda tx: tx.execute(
            'UPDATE "user" SET disabled_at = 1 WHERE id = ?', (pages.world.admin.id,)
        )
    )
    assert browser.get("/users").status_code == 303


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(pages):
    answer = pages.browser().sign_in("admin@brightpath.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Secure-repline-admin=")
    assert {"Secure", "HttpOnly", "Path=/admin", "SameSite=Strict"} <= set(cookie.split("; "))


def test_the_token_in_the_cookie_is_nowhere_in_the_database(pages):
    browser = pages.admin()
    held = browser.held
    assert held not in str(list(Session.select().dicts()))


def test_signing_in_again_ends_what_the_browser_held_before(pages):
    browser = pages.admin()
    held = browser.held
    browser.sign_in("admin@brightpath.example", PASSWORD)
    fresh = browser.held
    assert fresh != held
    thief = pages.browser()
    thief.hold(held)
    assert thief.get("/users").status_code == 303
    assert browser.get("/users").status_code == 200
