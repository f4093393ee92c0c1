"""What is for admins: no rep, no key without the scope and no other team's admin gets through."""

import re

import pytest

from backend.hooks import managing
from backend.messaging import quarantining
from backend.models import (
    Activity,
    ApiKey,
    Audit,
    CrmConnection,
    CrmLog,
    Hook,
    License,
    Number,
    NumberUser,
    PeopleImport,
    Person,
    Quarantine,
    QuickReply,
    Team,
    User,
)
from backend.store.audit import Actor
from backend.web.api import ROUTES
from tests.backend.api.conftest import EVE
from tests.backend.world import ANA_NUMBER

ADMINS = [route for route in ROUTES if route.admin]
OF_SOMETHING = [route for route in ADMINS if "<" in route.path]
# What a caller would send, so that a body that is not as declared hides no answer.
BODIES = {
    "choose_crm_user": {"external_id": ""},
    "configure_crm": {"digest": True},
    "connect_crm": {"crm": "salesforce"},
    "retry_crm_logs": {"crm": "salesforce"},
    "run_round": {"round": "statuses"},
    "change_import": {"state": "canceled"},
    "change_quick_reply": {"name": "Stolen"},
    "change_user": {"name": "Stolen"},
    "switch_hook": {"enabled": False},
    "switch_number": {"local_presence": True},
}
FOR_REPS = {
    *("sign_out", "me", "subscribe", "unsubscribe", "upload_media", "crm_pages"),
    *("list_conversations", "list_messages", "send_text", "suggest_times"),
    *("list_scheduled", "edit_scheduled", "cancel_scheduled", "keep_scheduled"),
    *("list_activities", "add_note", "list_people", "list_quick_replies"),
    *("list_opt_outs", "add_opt_out", "end_opt_out", "list_consent_events"),
    *("retry_receipt", "choose_opportunity", "file_message", "settle_doubt"),
    *("list_restrictions", "add_restriction", "end_restriction", "answer_suspicion"),
}
HELD = (
    *(Team, User, License, Number, NumberUser, QuickReply, Hook, ApiKey, Person, PeopleImport),
    *(CrmConnection, CrmLog, Quarantine),
)


@pytest.fixture
def things(api_):
    """Something of each kind that our team has, by the name in the addresses."""
    world = api_.world
    actor = Actor(world.team.id, world.admin.id, world.admin.email)
    url, events = "https://crm.example/hook", ["message.sent"]
    hook = world.writer(lambda tx: managing.make(tx, actor, url, events, local=False))
    api_.key("read")
    reply = QuickReply.create(team=world.team, name="Hours", body="We open at nine.", created_at=1)
    person = world.person("+14045550187").id
    rows = [b"Name,Mobile\nAna Ruiz,404-555-0187\n"]
    return {
        "crm": "salesforce",
        "entry": unread(world),
        "log": refused(world, person),
        "hook": hook,
        "import_id": api_.imports.add(actor, rows, "people.csv").id,
        "key": ApiKey.get().id,
        "kind": "dialer",
        "number": world.number.id,
        "person": person,
        "reply": reply.id,
        "user": world.ana.id,
    }


def unread(world):
    """The id of a text to our team that could not be read."""
    form = {"From": "+14045550187", "To": ANA_NUMBER, "Body": "Hello"}
    world.writer(lambda tx: quarantining.keep_unread(tx, form, ""))
    return Quarantine.get().id


def refused(world, person):
    """The id of an activity that the CRM, which our team has connected, did not take."""
    more = {"team": world.team, "crm": "salesforce"}
    CrmConnection.create(org="00D", base_url="https://a.example", connected_at=1, **more)
    activity = Activity.create(team=world.team, person=person, kind="note", text="Met", at=1)
    return CrmLog.create(activity=activity, person=person, state="failed", made_at=1, **more).id


@pytest.fixture
def send(api_, things):
    def one(route, token):
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(things[found[1]]), route.path)
        body = BODIES.get(route.name, {}) if route.body else None
        return api_.call(route.method, path, body, token)

    return one


def state(team):
    found = [table.select().where(table.team == team) for table in HELD if table is not Team]
    return [list(query.dicts()) for query in (*found, Team.select().where(Team.id == team.id))]


def test_whatever_is_not_known_to_be_for_reps_is_for_admins():
    assert {route.name for route in ROUTES if route.signed_in and not route.admin} == FOR_REPS


def test_what_is_of_one_team_is_not_there_for_another_teams_admin(api_, send):
    world = api_.world
    world.stranger.role = "admin"
    world.stranger.save()
    token, before = api_.token(EVE), state(world.team)
    for route in OF_SOMETHING:
        answer = send(route, token)
        assert (answer.status_code, answer.json["type"]) == (404, "urn:repline:not_found"), (
            route.name
        )
        assert state(world.team) == before, route.name


def test_its_own_admin_finds_all_of_it(api_, send):
    """Or the test above would prove nothing."""
    gone = {
        "disconnect_crm",
        "drop_quarantine",
        "erase_person",
        "remove_hook",
        "remove_quick_reply",
        "revoke_api_key",
    }
    token = api_.token("admin@brightpath.example")
    for route in sorted(OF_SOMETHING, key=lambda each: each.name in gone):
        assert send(route, token).status_code < 300, route.name


def test_reps_are_refused_and_nothing_changes(api_, send):
    token = api_.token("ana@brightpath.example")
    before, noted = state(api_.world.team), Audit.select().count()
    for route in ADMINS:
        answer = send(route, token)
        assert (answer.status_code, answer.json["type"]) == (403, "urn:repline:admins_only")
        assert state(api_.world.team) == before, route.name
        assert Audit.select().count() == noted, route.name


def test_a_key_needs_the_scope_and_an_admin_behind_it(api_, send):
    poor, rep = api_.key("read", "send", "write"), api_.key("admin", who="ana@brightpath.example")
    for route in ADMINS:
        expected = ("urn:repline:scope", "urn:repline:admins_only")
        if not route.scope:
            expected = ("urn:repline:people_only", "urn:repline:people_only")
        assert (send(route, poor).json["type"], send(route, rep).json["type"]) == expected
