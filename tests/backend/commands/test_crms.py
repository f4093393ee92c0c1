"""`repline crm`, and what the doctor says of CRMs: the real client, a Salesforce over HTTP."""

import os
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from backend.commands.crms import connecting_of
from backend.config import from_environment
from backend.models import Audit, CrmConnection, CrmLog, Person
from backend.store import activities, crm_connections, crm_logs, users
from backend.store.audit import Actor
from backend.store.rows import now
from backend.store.writer import InlineWriter
from simulator.crms.crm import open_crm
from simulator.crms.serving import StandIn
from simulator.crms.settings import Settings
from tests.backend.commands.test_commands import COMPLETE, PASSWORD, carrier, furnished, office, run
from tests.backend.crms.houses import MAYA, PEOPLE, SalesforceHouse

__all__ = ["carrier", "furnished", "office", "run"]
ADA = "ada@brightpath.example"
WRITER = InlineWriter(lambda transaction: None)


@pytest.fixture(scope="module")
def org():
    settings = Settings(redirect_uris=(f"{COMPLETE['PUBLIC_URL']}/crm/signed-in",))
    with StandIn(open_crm(SalesforceHouse.dialect(), settings, PEOPLE)) as org:
        yield org


@pytest.fixture
def house(office, org, monkeypatch):
    """An office with an admin, on a server with an app at Salesforce."""
    app = {"CLIENT_ID": "repline", "CLIENT_SECRET": "repline-secret", "BASE_URL": org.url}
    for name, value in {**COMPLETE, **{f"SALESFORCE_{k}": v for k, v in app.items()}}.items():
        monkeypatch.setenv(name, value)
    office(f"user add {ADA} --name Ada --role admin --password-stdin", PASSWORD + "\n")
    yield office
    org.crm.reset()


@pytest.fixture
def connected(house):
    url = house(f"crm connect salesforce --as {ADA}").output.strip()
    answer = requests.post(url, data={"decision": "allow"}, allow_redirects=False, timeout=5)
    back = parse_qs(urlsplit(answer.headers["Location"]).query)
    ada = users.secret_of(ADA)
    connecting = connecting_of(from_environment(os.environ), WRITER)
    connecting.finish(Actor(ada.team, ada.id, ADA), back["state"][0], back["code"][0])
    assert house("crm check salesforce").exit_code == 0
    return house


@pytest.fixture
def refused(connected):
    """Two notes about Maya that Salesforce refused."""
    team = users.secret_of(ADA).team

    def work(tx):
        maya = Person.create(
            team=team,
            mobile="+14045550187",
            name="Maya Okonkwo",
            crm_ref=SalesforceHouse().ref(MAYA),
            created_at=1,
        ).id
        for text in ("Likes sailing", "Moves in May"):
            activity = activities.add(tx, team, maya, "note", text=text)
            row = crm_logs.of_activities(team, [activity])[activity]
            crm_logs.settle(tx, row, "failed", cause="The record is locked.")

    WRITER(work)


def test_the_list_tells_each_crm(connected):
    lines = connected("crm list").output.splitlines()
    assert lines[0].startswith("salesforce\tconnected\t")
    assert "0 waiting\t0 failed" in lines[0]
    assert lines[1:] == ["hubspot\tunconfigured", "dynamics\tunconfigured"]


def test_only_an_admin_connects_and_only_what_is_configured(house):
    rep = house("crm connect salesforce --as ana@brightpath.example")
    assert (rep.exit_code, "only admins connect CRMs" in rep.output) == (1, True)
    other = house(f"crm connect hubspot --as {ADA}")
    assert (other.exit_code, "set HUBSPOT_CLIENT_ID" in other.output) == (1, True)
    never = house("crm check salesforce")
    assert (never.exit_code, "crm connect salesforce" in never.output) == (1, True)


def test_a_check_counts_what_there_is_and_warns(connected):
    connection = crm_connections.connected()[0]
    fields = connection.fields.__class__(mobile="MobilePhone")
    WRITER(
        lambda tx: crm_connections.configure(
            tx, connection, fields, digest=False, write_opt_outs=True
        )
    )
    answer = connected("crm check salesforce")
    assert answer.exit_code == 0
    assert " fields\t" in answer.output
    assert " users, " in answer.output
    assert "looks for an activity before it tries again" in answer.output


def test_a_check_of_a_sign_in_that_was_revoked_says_so(connected, org):
    for what in ("revoke", "expire"):
        requests.post(f"{org.url}/simulator/{what}", json={}, timeout=5)
    answer = connected("crm check salesforce")
    assert answer.exit_code == 1
    assert "connect it again" in answer.output
    assert "broken" in connected("crm list").output


def test_what_failed_is_listed_and_tried_again_one_or_all(connected, refused):
    lines = connected("crm logs salesforce").output.splitlines()
    found = [line.split("\t") for line in lines]
    assert [(who, what, why) for _, who, _, what, why in found] == [
        ("Maya Okonkwo", "Note: Moves in May", "The record is locked."),
        ("Maya Okonkwo", "Note: Likes sailing", "The record is locked."),
    ]
    assert connected(f"crm retry salesforce {found[0][0]}").output == "1 is tried again\n"
    assert connected("crm retry salesforce").output == "1 is tried again\n"
    assert connected("crm retry salesforce").output == "0 are tried again\n"
    assert len(connected("crm logs salesforce --waiting").output.splitlines()) == 2
    assert connected("crm logs salesforce --failed").output == ""
    assert "no activity 99" in connected("crm retry salesforce 99").output
    assert {each.state for each in CrmLog.select()} == {"waiting"}
    noted = Audit.select().where(Audit.action == "crm_log.retried")
    assert [each.actor for each in noted] == ["command"] * 2


def test_opt_outs_are_compared_and_what_differed_is_printed(connected, refused, org, carrier):
    SalesforceHouse().edit(org, MAYA, do_not_text=True)
    answer = connected("crm compare")
    assert answer.exit_code == 0, answer.output
    [line] = answer.output.splitlines()
    assert line.startswith("+14045550187\tMaya Okonkwo\tsalesforce\tSalesforce set do-not-text")
    assert connected("crm compare").output == ""


def test_comparing_says_where_it_could_not_ask(connected, refused, org, carrier):
    org.fault("down", times=None)
    answer = connected("crm compare")
    assert (answer.exit_code, "Not all could be asked" in answer.output) == (1, True)


def test_disconnecting_forgets_the_tokens(connected):
    assert connected("crm disconnect salesforce").output == "disconnected\n"
    held = CrmConnection.get()
    assert (held.state, held.access, held.refresh) == ("off", "", "")


def test_the_doctor_says_where_the_app_sends_people_back_and_whether_sign_ins_are_good(
    connected, org, carrier
):
    said = connected("doctor").output
    assert "ok     Salesforce: connected by 1 team; its app sends people back to" in said
    assert "https://repline.example.com/crm/signed-in" in said
    assert "HubSpot" not in said
    for what in ("revoke", "expire"):
        requests.post(f"{org.url}/simulator/{what}", json={}, timeout=5)
    answer = connected("doctor")
    assert answer.exit_code == 1
    assert "wrong  Salesforce: team 1" in answer.output
    again = connected("doctor").output
    assert "An admin connects it again at /admin/crms" in again


def test_half_an_app_is_told_by_the_doctor(house, monkeypatch):
    monkeypatch.delenv("SALESFORCE_CLIENT_SECRET")
    answer = house("doctor")
    assert answer.exit_code == 1
    assert "SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET go together" in answer.output


def test_a_parked_connection_shows_as_such(connected):
    connection = crm_connections.connected()[0]
    WRITER(lambda tx: crm_connections.park(tx, connection, 60_000, "Used up."))
    assert connection.parked_until < now()
    [line, *_] = connected("crm list").output.splitlines()
    assert line.startswith("salesforce\tparked\t")
    assert line.endswith("\tUsed up.")
