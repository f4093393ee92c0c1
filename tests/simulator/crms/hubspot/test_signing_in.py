"""OAuth: leave is given on HubSpot's page, exchanged, refreshed, taken back and narrowed."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from hubspot import HubSpot as Client
from hubspot.oauth.exceptions import ApiException

from simulator.crms.hubspot.records import PORTAL
from tests.simulator.crms.hubspot.conftest import MAYA, REDIRECT

PATHS = ("/oauth/v1/token", "/oauth/v3/token", "/oauth/2026-03/token")
APP = {"client_id": "repline", "client_secret": "repline-secret"}


@pytest.fixture
def code(stand_in):
    """Allow on the page, and what comes back: ``code(scope=…, …)``."""

    def code(**more):
        query = {"client_id": "repline", "redirect_uri": REDIRECT, "state": "s 1", **more}
        answer = requests.post(
            f"{stand_in.url}/oauth/authorize",
            params={"response_type": "code", **query},
            data={"decision": "allow"},
            allow_redirects=False,
            timeout=5,
        )
        back = parse_qs(urlsplit(answer.headers["Location"]).query)
        assert back["state"] == ["s 1"]
        return back["code"][0]

    return code


@pytest.fixture
def token(stand_in):
    """The answer of a token address: ``token(path, **form)``."""

    def token(path=PATHS[-1], **form):
        whole = {"redirect_uri": REDIRECT, **APP, **form}
        return requests.post(f"{stand_in.url}{path}", data=whole, timeout=5)

    return token


def test_the_client_signs_in_and_asks_what_its_token_stands_for(stand_in, code):
    api = Client(host=stand_in.url).oauth
    made = api.tokens_api.create(
        grant_type="authorization_code", code=code(), redirect_uri=REDIRECT, **APP
    )
    assert made.expires_in == 1800
    about = api.access_tokens_api.get(made.access_token)
    assert (about.hub_id, about.user) == (PORTAL, "admin@brightpath.example")
    assert "crm.objects.contacts.write" in about.scopes
    again = api.tokens_api.create(
        grant_type="refresh_token", refresh_token=made.refresh_token, **APP
    )
    assert again.refresh_token == made.refresh_token
    assert again.access_token != made.access_token
    api.refresh_tokens_api.archive(made.refresh_token)
    with pytest.raises(ApiException) as caught:
        api.tokens_api.create(grant_type="refresh_token", refresh_token=made.refresh_token, **APP)
    assert caught.value.status == 400
    assert "BAD_REFRESH_TOKEN" in caught.value.body


@pytest.mark.parametrize("path", PATHS)
def test_each_version_of_the_token_address_exchanges_a_code_once(token, code, path):
    form = {"grant_type": "authorization_code", "code": code()}
    assert token(path, **form).json()["hub_id"] == PORTAL
    twice = token(path, **form)
    assert (twice.status_code, twice.json()["status"]) == (400, "BAD_AUTH_CODE")


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"client_id": "somebody"}, "BAD_CLIENT_ID"),
        ({"client_secret": "guess"}, "BAD_CLIENT_SECRET"),
        ({"redirect_uri": "https://evil.example/"}, "BAD_REDIRECT_URI"),
        ({"grant_type": "password"}, "BAD_GRANT_TYPE"),
        ({"code": "guess"}, "BAD_AUTH_CODE"),
    ],
)
def test_what_does_not_hold_is_refused(token, code, wrong, status):
    answer = token(**{"grant_type": "authorization_code", "code": code(), **wrong})
    assert (answer.status_code, answer.json()["status"]) == (400, status)


def test_a_challenge_is_not_asked_for_but_holds_where_it_is_given(token, code):
    challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    form = {"grant_type": "authorization_code"}
    given = {"code_challenge": challenge, "code_challenge_method": "S256"}
    wrong = token(**form, code=code(**given), code_verifier="x" * 43)
    assert wrong.json()["status"] == "BAD_CODE_VERIFIER"
    assert token(**form, code=code(**given), code_verifier=verifier).ok


@pytest.mark.parametrize("version", ["v3", "2026-03"])
def test_a_token_is_looked_into_and_given_back(stand_in, token, code, version):
    made = token(grant_type="authorization_code", code=code()).json()
    base = f"{stand_in.url}/oauth/{version}/token"

    def about(token):
        return requests.post(f"{base}/introspect", data={**APP, "token": token}, timeout=5).json()

    assert about(made["access_token"])["user"] == "admin@brightpath.example"
    assert about(made["refresh_token"])["token_type"] == "refresh_token"
    form = {**APP, "token": made["refresh_token"]}
    assert requests.post(f"{base}/revoke", data=form, timeout=5).ok
    assert about(made["access_token"]) == about(made["refresh_token"]) == {"active": False}


def test_an_expired_token_is_401_until_it_is_refreshed(stand_in, hubspot, token):
    stand_in.crm.clock.advance(1801)
    with pytest.raises(Exception, match="EXPIRED_AUTHENTICATION") as caught:
        hubspot.crm.contacts.basic_api.get_by_id(MAYA)
    assert caught.value.status == 401
    refresh = stand_in.store.books.grants[0].refresh_token
    made = token(grant_type="refresh_token", refresh_token=refresh).json()
    hubspot.access_token = made["access_token"]
    assert hubspot.crm.contacts.basic_api.get_by_id(MAYA).id == MAYA


def test_without_a_token_of_ours_nothing_is_told(stand_in):
    for headers in ({}, {"Authorization": "Bearer guess"}, {"Authorization": "Basic Zm9vOmJhcg=="}):
        answer = requests.get(f"{stand_in.url}/crm/v3/objects/contacts", headers=headers, timeout=5)
        assert (answer.status_code, answer.json()["category"]) == (401, "INVALID_AUTHENTICATION")


def test_a_token_without_the_scope_reads_and_does_not_write(client_for):
    client = client_for("oauth", "crm.objects.contacts.read")
    assert client.crm.contacts.basic_api.get_by_id(MAYA).id == MAYA
    with pytest.raises(Exception, match="MISSING_SCOPES") as caught:
        client.crm.contacts.basic_api.update(MAYA, {"properties": {"phone": "1"}})
    assert caught.value.status == 403
    assert "crm.objects.contacts.write" in caught.value.body
    for call in (
        lambda: client.crm.deals.basic_api.get_page(),
        lambda: client.crm.owners.owners_api.get_page(),
        lambda: client.crm.properties.core_api.archive("contacts", "x"),
    ):
        with pytest.raises(Exception, match="MISSING_SCOPES"):
            call()


def test_scopes_that_an_admin_takes_away_are_gone_at_once(stand_in, hubspot):
    requests.post(f"{stand_in.url}/simulator/scopes", json={"scopes": ["oauth"]}, timeout=5)
    with pytest.raises(Exception, match="MISSING_SCOPES"):
        hubspot.crm.contacts.basic_api.get_by_id(MAYA)
