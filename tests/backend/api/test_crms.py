"""CRMs, their log and receipts over REST: admin, rep, stranger."""

from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from backend.crm_port import CrmApp, FieldChoice, Fields, Opportunity
from backend.messaging import inbound
from backend.messaging.inbound import Inbound
from backend.models import Audit, CrmConnection, CrmLog, CrmUser
from backend.store import crm_connections, crm_logs, crm_people, drifts
from backend.store.rows import now
from tests.backend.api.conftest import ADMIN, EVE
from tests.backend.crms.houses import SalesforceHouse

MAYA = "+14045550187"


@pytest.fixture
def crms():
    return {"salesforce": SalesforceHouse.edge(CrmApp("repline", "a secret of the app"))}


@pytest.fixture
def connection(world):
    choices = [
        FieldChoice("mobile", "MobilePhone", "Mobile"),
        FieldChoice("mobile", "Phone", "Business phone"),
        FieldChoice("key", "Repline_Key__c", "Repline key"),
    ]
    made = CrmConnection.create(
        team=world.team,
        crm="salesforce",
        org="00D",
        org_name="Acme",
        base_url="https://acme.my.salesforce.com",
        access="a sealed token",
        refresh="another sealed token",
        choices=msgspec.json.encode(choices).decode(),
        fields=msgspec.json.encode(Fields(mobile="MobilePhone")).decode(),
        connected_at=now(),
    )
    return crm_connections.by_id(made.id)


@pytest.fixture
def arrive(world, connection):
    """A text of somebody who is in the CRM arrives -> its id."""
    world.person(MAYA, "Maya Okonkwo", crm_ref="salesforce:contact:0031")

    def arrive(body):
        sid = f"SM{CrmLog.select().count():032x}"
        text = Inbound(sid, MAYA, world.number.e164, body, now())
        return world.writer(lambda tx: inbound.receive(tx, text, {}))

    return arrive


@pytest.fixture
def fail(world, arrive):
    def fail(body):
        message = arrive(body)
        row = crm_logs.of_message(world.team.id, message)
        world.writer(lambda tx: crm_logs.settle(tx, row, "failed", cause="No such field."))
        return message, row

    return fail


def test_a_program_learns_how_each_crm_is_and_never_a_token(api_, connection):
    answer = api_.call("GET", "/crms", token=api_.token(ADMIN))
    held = {each["crm"]: each for each in answer.json["crms"]}
    assert {crm: each["state"] for crm, each in held.items()} == {
        "salesforce": "connected",
        "hubspot": "unconfigured",
        "dynamics": "unconfigured",
    }
    assert (held["salesforce"]["address"], held["dynamics"]["address"]) == ("optional", "needed")
    assert any(
        "looks for an activity before it tries again" in each
        for each in held["salesforce"]["warnings"]
    )
    assert "token" not in answer.text
    assert "secret" not in answer.text


def test_a_parked_and_a_broken_connection_say_why(api_, world, connection):
    token = api_.token(ADMIN)
    world.writer(lambda tx: crm_connections.park(tx, connection, 60_000, "Used up."))
    [parked, *_] = api_.call("GET", "/crms", token=token).json["crms"]
    assert (parked["state"], parked["cause"]) == ("parked", "Used up.")
    assert parked["parked_until"] > now()
    world.writer(lambda tx: crm_connections.set_broken(tx, connection, "Revoked."))
    [broken, *_] = api_.call("GET", "/crms", token=token).json["crms"]
    assert (broken["state"], broken["cause"], broken["parked_until"]) == (
        *("broken", "Revoked."),
        None,
    )


def test_connecting_gives_the_address_at_which_this_admin_signs_in(api_):
    answer = api_.call("POST", "/crms", {"crm": "salesforce"}, token=api_.token(ADMIN))
    assert answer.status_code == 201
    asked = parse_qs(urlsplit(answer.json["url"]).query)
    assert asked["redirect_uri"] == ["https://repline.example.com/crm/signed-in"]
    assert asked["code_challenge_method"] == ["S256"]
    missing = api_.call("POST", "/crms", {"crm": "hubspot"}, token=api_.token(ADMIN))
    assert missing.status_code == 404
    body = {"crm": "salesforce", "address": "https://evil.example/my.salesforce.com"}
    wrong = api_.call("POST", "/crms", body, token=api_.token(ADMIN))
    assert (wrong.status_code, wrong.json["field"]) == (400, "address")


def test_what_is_left_out_stays_as_it_is(api_, world, connection):
    token = api_.token(ADMIN)
    change = {"key": "Repline_Key__c", "digest": True}
    answer = api_.call("PATCH", "/crms/salesforce", change, token=token)
    assert answer.json["fields"]["mobile"] == "MobilePhone"
    assert answer.json["fields"]["key"] == "Repline_Key__c"
    assert (answer.json["digest"], answer.json["write_opt_outs"]) == (True, True)
    wrong = api_.call("PATCH", "/crms/salesforce", {"mobile": "Fax"}, token=token)
    assert (wrong.status_code, wrong.json["field"]) == (400, "mobile")
    assert crm_connections.get(world.team.id, "salesforce").fields.mobile == "MobilePhone"
    [noted] = Audit.select().where(Audit.action == "crm.configured")
    assert noted.actor == ADMIN


def test_a_check_asks_the_crm_anew_and_says_where_there_is_nothing_to_ask(api_, world, connection):
    token = api_.token(ADMIN)
    assert api_.call("POST", "/crms/salesforce/check", token=token).status_code == 202
    assert [wake.arguments for wake in world.woken("know_crm")] == [(connection.id,)]
    assert api_.call("DELETE", "/crms/salesforce", token=token).status_code == 204
    off = api_.call("POST", "/crms/salesforce/check", token=token)
    assert (off.status_code, off.json["detail"]) == (
        *(409, "Salesforce is not connected: connect it first."),
    )
    assert api_.call("POST", "/crms/hubspot/check", token=token).status_code == 404
    assert api_.call("POST", "/crms/nonesuch/check", token=token).status_code == 404


def test_users_of_the_crm_are_paged_and_chosen(api_, world, connection):
    token = api_.token(ADMIN)
    for number in range(3):
        CrmUser.create(
            team=world.team, crm="salesforce", external_id=f"005{number}", email="", name="N"
        )
    first = api_.call("GET", "/crms/salesforce/users?limit=2", token=token).json
    assert ([each["external_id"] for each in first["users"]], first["more"]) == (
        *(["0050", "0051"], True),
    )
    after = first["users"][-1]["id"]
    rest = api_.call("GET", f"/crms/salesforce/users?limit=2&after={after}", token=token).json
    assert ([each["external_id"] for each in rest["users"]], rest["more"]) == (["0052"], False)
    one = f"/crms/salesforce/users/{world.ana.id}"
    assert api_.call("PUT", one, {"external_id": "0051"}, token=token).status_code == 204
    assert CrmUser.get(CrmUser.user == world.ana).external_id == "0051"
    wrong = api_.call("PUT", one, {"external_id": "nobody"}, token=token)
    assert (wrong.status_code, wrong.json["field"]) == (400, "user")
    assert CrmUser.get(CrmUser.user == world.ana).external_id == "0051"
    others = f"/crms/salesforce/users/{world.stranger.id}"
    assert api_.call("PUT", others, {"external_id": "0051"}, token=token).status_code == 404


def test_what_failed_is_listed_page_by_page_and_tried_again(api_, world, fail):
    token = api_.token(ADMIN)
    rows = [fail(f"Hello {number}")[1] for number in range(3)]
    path = "/crm-logs?crm=salesforce&limit=2"
    first = api_.call("GET", path, token=token).json
    assert first["more"] is True
    [latest, second] = first["crm_logs"]
    assert (latest["subject"], latest["cause"]) == ("Text received: Hello 2", "No such field.")
    assert (latest["person_name"], latest["mobile"]) == ("Maya Okonkwo", MAYA)
    rest = api_.call("GET", f"{path}&before={second['id']}", token=token).json
    assert ([each["id"] for each in rest["crm_logs"]], rest["more"]) == ([rows[0].id], False)
    one = f"/crm-logs/{rows[0].id}/retry"
    assert api_.call("POST", one, token=token).json == {"retried": 1}
    assert api_.call("POST", one, token=token).json == {"retried": 0}
    body = {"crm": "salesforce"}
    assert api_.call("POST", "/crm-logs/retry", body, token=token).json == {"retried": 2}
    waiting = api_.call("GET", "/crm-logs?crm=salesforce&state=waiting", token=token).json
    assert len(waiting["crm_logs"]) == 3
    assert api_.call("GET", "/crm-logs?crm=hubspot", token=token).status_code == 404


def test_drift_is_listed_page_by_page_and_compared_for_this_team(api_, world):
    token, team = api_.token(ADMIN), world.team.id
    for number in range(3):
        text = f"It differs {number}."
        world.writer(lambda tx, text=text: drifts.add(tx, team, "carrier", None, MAYA, text))
    found, before = [], ""
    for _ in range(2):
        page = api_.call("GET", f"/drift?limit=2&before={before}", token=token).json
        found += [each["text"] for each in page["drift"]]
        before = page["next"]
    assert (found, before) == ([f"It differs {number}." for number in (2, 1, 0)], "")
    assert page["compared_at"] is None
    assert api_.call("POST", "/drift", token=token).status_code == 202
    assert [wake.arguments for wake in world.woken("compare_opt_outs")] == [(team,)]


def test_a_rep_tries_again_to_log_a_text_that_they_see(api_, world, fail):
    message, row = fail("Hello")
    one = f"/messages/{message}/receipt/retry"
    for stranger in ("ben@brightpath.example", EVE):
        assert api_.call("POST", one, token=api_.token(stranger)).status_code == 404
    assert crm_logs.get(world.team.id, row.id).state == "failed"
    answer = api_.call("POST", one, token=api_.token())
    assert answer.json["receipt"]["state"] in ("waiting", "retrying")


def test_a_rep_says_which_opportunity_a_text_belongs_to(api_, world, fail):
    message, row = fail("Hello")
    read = crm_people.get(world.team.id, row.person)
    some = (Opportunity("0061", "Fleet"), Opportunity("0062", "Depot"))
    read = read._replace(read_at=now(), opportunities=some)
    world.writer(lambda tx: crm_people.put(tx, world.team.id, row.person, read))
    one, token = f"/messages/{message}/receipt/opportunity", api_.token()
    assert api_.call("POST", one, {"opportunity": "0062"}, token=token).status_code == 200
    assert crm_people.get(world.team.id, row.person).chosen == "0062"
    closed = api_.call("POST", one, {"opportunity": "0069"}, token=token)
    assert (closed.status_code, closed.json["type"]) == (409, "urn:repline:refused")
    assert api_.call("POST", one, {"opportunity": "0061"}, token=api_.token(EVE)).status_code == 404


def test_a_text_is_filed_under_another_person_with_its_mobile_and_nobody_else(api_, world, arrive):
    message = arrive("It is me, Max")
    max_ = world.person(MAYA, "Max Okonkwo", crm_ref="salesforce:contact:0032")
    other = world.person("+14045550166", "Somebody else")
    theirs = world.person(MAYA, "Eve’s", team=world.others)
    one, token = f"/messages/{message}/person", api_.token()
    wrong = api_.call("POST", one, {"person": other.id}, token=token)
    assert wrong.status_code == 409
    assert "does not have the number" in wrong.json["detail"]
    assert api_.call("POST", one, {"person": theirs.id}, token=token).status_code == 404
    assert api_.call("POST", one, {"person": max_.id}, token=api_.token(EVE)).status_code == 404
    assert crm_logs.of_message(world.team.id, message).person != max_.id
    assert api_.call("POST", one, {"person": max_.id}, token=token).status_code == 200
    assert crm_logs.of_message(world.team.id, message).person == max_.id
