"""Connecting a CRM on the admin pages, from the first click to the way back."""

from urllib.parse import parse_qs, urlsplit

import requests

from backend.connections.sealing import Seal
from backend.crm_port import CrmApp
from backend.models import Audit, CrmSignIn
from backend.store.rows import now
from tests.backend.admin.crm_there import come_back, crms, follow, held, know, leave, org
from tests.backend.crms.houses import SalesforceHouse

__all__ = ["crms", "know", "org"]


def test_an_admin_connects_a_crm_and_is_told_what_it_is(pages, know):
    browser = pages.admin()
    assert "Connect Salesforce" in browser.get("/crms").text
    page = come_back(browser, leave(browser))
    assert "Salesforce is connected: " in page
    assert "is being asked which fields" in page
    know()
    page = browser.get("/crms").text
    assert '<span class="badge green">Connected</span>' in page
    assert "is being asked which fields" not in page
    assert [each.action for each in Audit.select().where(Audit.action == "crm.connected")]


def test_a_crm_without_an_app_says_which_variables_to_set(pages):
    page = pages.admin().get("/crms").text
    assert "<code>HUBSPOT_CLIENT_ID</code> and <code>HUBSPOT_CLIENT_SECRET</code>" in page
    assert "Connect HubSpot" not in page
    assert pages.admin().post("/crms/connect", {"crm": "hubspot"}).status_code == 404


def test_the_landing_page_shows_nothing_to_anybody_and_leaks_no_address(pages):
    answer = pages.browser().client.get('/crm/signed-in?state="><script>x&code=c&more=1')
    assert "<script>" not in answer.text
    assert "more=1" not in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_refusal_at_the_crm_is_told_and_connects_nothing(pages, world):
    browser = pages.admin()
    page = come_back(browser, leave(browser), decision="deny")
    assert "nobody allowed Repline in there" in page
    assert held(world) is None
    assert CrmSignIn.select().count() == 0


def test_what_a_strangers_link_says_is_repeated_to_nobody(pages):
    words = "error=server_error&error_description=Call+%2B1+900"
    page = follow(pages.admin(), f"/crm/signed-in?state=made-up&{words}")
    assert "is not known any more" in page
    assert "Call +1" not in page


def test_the_crms_own_reason_is_told_cut_and_without_markup(pages):
    browser = pages.admin()
    [state] = parse_qs(urlsplit(leave(browser)).query)["state"]
    words = f"error=OAUTH_APP_BLOCKED&error_description=%3Cb%3E{'blocked ' * 100}"
    page = follow(browser, f"/crm/signed-in?state={state}&{words}")
    assert "It says: &lt;b&gt;blocked" in page
    assert "blocked " * 30 not in page


def test_a_sign_in_is_good_once_for_a_quarter_of_an_hour_and_for_who_began_it(pages, world):
    ada, eve = pages.admin(), pages.admin("eve@rivals.example")
    there = leave(ada)
    assert "is not known any more" in come_back(eve, there)
    assert held(world) is None
    there = leave(ada)
    assert "is connected" in come_back(ada, there)
    assert "is not known any more" in come_back(ada, there)
    there = leave(ada)
    CrmSignIn.update(expires_at=now() - 1).execute()
    assert "is not known any more" in come_back(ada, there)


def test_a_code_that_the_crm_does_not_take_is_told_with_what_to_do(pages):
    browser = pages.admin()
    [state] = parse_qs(urlsplit(leave(browser)).query)["state"]
    page = follow(browser, f"/crm/signed-in?state={state}&code=another")
    assert "Nothing was connected. Salesforce does not accept the sign-in" in page


def test_a_sign_in_that_was_begun_under_another_secret_key_is_begun_anew(pages, world):
    browser = pages.admin()
    there = leave(browser)
    CrmSignIn.update(verifier=Seal("another key").close("verifier")).execute()
    assert "is not known any more" in come_back(browser, there)
    assert held(world) is None


def test_who_signed_out_meanwhile_signs_in_and_goes_on(pages, world):
    browser = pages.admin()
    there = leave(browser)
    answer = requests.post(there, data={"decision": "allow"}, allow_redirects=False, timeout=5)
    browser.post("/sign-out")
    parts = urlsplit(answer.headers["Location"])
    door = browser.get(f"/crms/signed-in?{parts.query}")
    assert door.location.startswith("/admin/sign-in?next=")
    [following] = parse_qs(urlsplit(door.location).query)["next"]
    form = {"email": "admin@brightpath.example", "password": "correct horse battery staple"}
    entered = browser.send("/sign-in", {**form, "next": following})
    assert entered.location == following
    assert browser.get(following.removeprefix("/admin")).location == "/admin/crms"
    assert held(world).state == "connected"


def test_an_address_that_is_none_of_the_crms_is_refused_at_its_field(pages, crms):
    crms["salesforce"] = SalesforceHouse.edge(CrmApp("repline", "repline-secret"))
    typed = {"crm": "salesforce", "salesforce_address": "https://salesforce.com.evil.example"}
    answer = pages.admin().post("/crms/connect", typed)
    assert answer.status_code == 422
    assert 'value="https://salesforce.com.evil.example"' in answer.text
    assert 'id="salesforce_address-error"' in answer.text
