"""The pages of a CRM that is connected: its state, its fields, its users."""

import html
import re

import msgspec
import requests

from backend.crm_port import FieldChoice
from backend.models import Audit, CrmConnection
from backend.models import CrmUser as CrmUserRow
from backend.store import crm_connections
from tests.backend.admin.crm_there import come_back, connected, crms, held, know, leave, org

__all__ = ["connected", "crms", "know", "org"]


def test_fields_are_chosen_among_those_that_the_crm_has(connected, world):
    page = connected.get("/crms/salesforce/fields").text
    assert '<option value="MobilePhone" selected>' in page
    form = {"mobile": "Phone", "digest": "on", "do_not_text": "", "type": "", "key": ""}
    answer = connected.post("/crms/salesforce/fields", form)
    assert answer.status_code == 303
    now_held = held(world)
    assert (now_held.fields.mobile, now_held.digest) == ("Phone", True)
    assert now_held.write_opt_outs is False, "a box that is not ticked is not sent"
    answer = connected.post("/crms/salesforce/fields", {**form, "mobile": "Secret__c"})
    assert answer.status_code == 422
    assert "does not have this field any more" in answer.text
    assert "Secret__c: not in Salesforce any more" in answer.text
    assert held(world).fields.mobile == "Phone"


def test_what_another_admin_changed_meanwhile_is_not_undone(connected, world):
    page = connected.get("/crms/salesforce/fields").text
    made_from = html.unescape(re.search(r'name="made_from" value="([^"]+)"', page)[1])
    form = {"mobile": "MobilePhone", "digest": "off", "write_opt_outs": "on"}
    connected.post("/crms/salesforce/fields", {**form, "digest": "on"})
    answer = connected.post("/crms/salesforce/fields", {**form, "made_from": made_from})
    assert answer.status_code == 422
    assert "Somebody changed this meanwhile" in answer.text
    assert held(world).digest is True


def test_without_a_field_for_the_key_the_page_says_what_that_means(connected, world):
    form = {"mobile": "MobilePhone", "key": "", "write_opt_outs": "on"}
    connected.post("/crms/salesforce/fields", form)
    for address in ("/crms", "/crms/salesforce/fields"):
        assert "looks for an activity before it tries again" in connected.get(address).text


def test_a_broken_sign_in_says_what_to_do_and_connecting_anew_mends_it(connected, org, know):
    requests.post(f"{org.url}/simulator/revoke", json={}, timeout=5)
    requests.post(f"{org.url}/simulator/expire", json={}, timeout=5)
    connected.post("/crms/salesforce/check")
    know()
    page = connected.get("/crms").text
    assert '<span class="badge red">Broken</span>' in page
    assert "The sign-in is not good any more." in page
    assert "Connect again" in page
    assert "is connected: " in come_back(connected, leave(connected))
    assert '<span class="badge green">Connected</span>' in connected.get("/crms").text


def test_a_parked_connection_says_until_when_and_goes_on_once_the_crm_answers(
    connected, world, know
):
    parked = held(world)
    world.writer(
        lambda tx: crm_connections.park(tx, parked, 600_000, "The org's daily number is used up.")
    )
    page = connected.get("/crms").text
    assert '<span class="badge amber">Waiting</span>' in page
    assert "The org&#39;s daily number is used up." in page
    assert "in 9 min" in page or "in 10 min" in page
    connected.post("/crms/salesforce/check")
    assert "Salesforce is being asked" in connected.get("/crms").text
    know()
    assert '<span class="badge green">Connected</span>' in connected.get("/crms").text


def test_disconnecting_forgets_the_tokens_here_and_there(connected, org, world):
    assert "Disconnect Salesforce?" in connected.get("/crms").text
    connected.post("/crms/salesforce/disconnect")
    assert (held(world).state, held(world).access, held(world).refresh) == ("off", "", "")
    with org.store.look() as books:
        assert all(grant.revoked for grant in books.grants)
    assert "Connect Salesforce" in connected.get("/crms").text
    noted = Audit.select().where(Audit.action == "crm.disconnected").count()
    connected.post("/crms/salesforce/disconnect")
    assert Audit.select().where(Audit.action == "crm.disconnected").count() == noted == 1


def test_disconnecting_works_while_the_crm_is_away(connected, world, org):
    org.fault("refused", times=None)
    assert connected.post("/crms/salesforce/disconnect").status_code == 303
    assert held(world).state == "off"


def test_users_who_are_nobody_there_come_first_and_are_given_somebody(connected, world):
    page = connected.get("/crms/salesforce/users").text
    assert page.index("Ada Admin") < page.index("Ana Ruiz")
    assert "By e-mail" in page
    one = f"/crms/salesforce/users/{world.admin.id}"
    found = re.findall(r'name="external_id" value="(\w+)"', connected.get(one).text)
    assert found
    connected.post(one, {"external_id": found[0]})
    chosen = CrmUserRow.get(CrmUserRow.user == world.admin)
    assert (chosen.external_id, chosen.by_hand) == (found[0], True)
    assert "Chosen" in connected.get("/crms/salesforce/users").text
    connected.post(one, {"external_id": ""})
    assert CrmUserRow.select().where(CrmUserRow.user == world.admin).count() == 0
    assert connected.get(one + "?search=no+such+name").text.count("Nobody fits") == 1


def test_nobody_of_another_team_and_nobody_whom_the_crm_lacks_is_chosen(connected, world):
    [known, *_] = CrmUserRow.select()
    one = f"/crms/salesforce/users/{world.stranger.id}"
    before = list(CrmUserRow.select().dicts())
    assert connected.post(one, {"external_id": known.external_id}).status_code == 404
    connected.post(f"/crms/salesforce/users/{world.ana.id}", {"external_id": "005000000000000"})
    assert "does not have this user" in connected.get("/crms/salesforce/users").text
    assert list(CrmUserRow.select().dicts()) == before


def test_another_org_forgets_the_users_of_the_former_one(connected, world, know):
    assert CrmUserRow.select().where(CrmUserRow.user == world.ana).count() == 1
    CrmConnection.update(org="00D000000000999").execute()
    come_back(connected, leave(connected))
    assert CrmUserRow.select().count() == 0
    know()
    assert CrmUserRow.select().where(CrmUserRow.user == world.ana).count() == 1


def test_a_users_counterpart_that_the_crm_switched_off_is_nobodys(connected, org, world, know):
    chosen = CrmUserRow.get(CrmUserRow.user == world.ana).external_id
    one = f"/crms/salesforce/users/{world.admin.id}"
    connected.post(one, {"external_id": chosen})
    org.crm.put("User", chosen, {"IsActive": False})
    know()
    assert CrmUserRow.select().where(CrmUserRow.external_id == chosen).count() == 0


def test_names_of_an_org_and_its_fields_never_become_markup(connected, world):
    hostile = '"><script>alert(1)</script>'
    choice = FieldChoice("mobile", "x", hostile)
    choices = msgspec.json.encode([choice]).decode()
    CrmConnection.update(org_name=hostile, email=hostile, cause=hostile, choices=choices).execute()
    CrmUserRow.update(name=hostile, email=hostile).execute()
    one = f"/crms/salesforce/users/{world.ana.id}"
    for address in ("/crms", "/crms/salesforce/fields", "/crms/salesforce/users", one):
        answer = connected.get(address)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text, address
