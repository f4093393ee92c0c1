"""Entra through the real msal: signing in, refreshing, and each way in which leave ends."""

import jwt
import pytest
import requests

from simulator.crms.dynamics.entra import TENANT
from tests.simulator.crms.dynamics.conftest import LOGIN, REDIRECT

# msal prefers an answer by form, which no session of a browser comes with.
pytestmark = pytest.mark.filterwarnings("ignore:response_mode")
TOKEN = f"{TENANT}/oauth2/v2.0/token"


def test_msal_signs_in_over_plain_http_and_its_token_is_good(stand_in, signed_in):
    claims = signed_in["id_token_claims"]
    assert claims["preferred_username"] == "admin@brightpath.example"
    assert claims["tid"] == TENANT
    answer = requests.get(
        f"{stand_in.url}/api/data/v9.2/WhoAmI",
        headers={"Authorization": f"Bearer {signed_in['access_token']}"},
        timeout=5,
    )
    assert answer.json()["UserId"] in stand_in.store.books.of("systemuser")


def test_the_id_token_is_signed_with_a_key_that_is_told(stand_in, signed_in):
    (key,) = requests.get(f"{stand_in.url}/{TENANT}/discovery/v2.0/keys", timeout=5).json()["keys"]
    claims = jwt.decode(
        signed_in["id_token"],
        jwt.PyJWK(key).key,
        algorithms=["RS256"],
        audience="repline",
        issuer=f"{LOGIN}/{TENANT}/v2.0",
    )
    assert claims["name"] == "Ada Lindgren"


def test_a_refresh_gives_a_new_refresh_token_and_ends_the_old_one(app, scope, signed_in):
    old = signed_in["refresh_token"]
    result = app().acquire_token_by_refresh_token(old, scopes=scope)
    assert result["refresh_token"] != old
    twice = app().acquire_token_by_refresh_token(old, scopes=scope)
    assert twice["error"] == "invalid_grant"
    assert twice["error_codes"] == [70000]
    assert app().acquire_token_by_refresh_token(result["refresh_token"], scopes=scope)[
        "access_token"
    ]


def test_a_denial_comes_back_as_one(app, scope, allow):
    flow = app().initiate_auth_code_flow(scope, redirect_uri=REDIRECT)
    result = app().acquire_token_by_auth_code_flow(flow, allow(flow, decision="deny"))
    assert result["error"] == "access_denied"


def test_a_code_is_good_once_and_with_its_verifier_only(app, scope, allow):
    flow = app().initiate_auth_code_flow(scope, redirect_uri=REDIRECT)
    stolen = {**flow, "code_verifier": "x" * 43}
    answer = allow(flow)
    assert app().acquire_token_by_auth_code_flow(stolen, answer)["error_codes"] == [501481]
    assert app().acquire_token_by_auth_code_flow(flow, answer)["error_codes"] == [70008]


def test_a_request_without_a_challenge_is_not_asked(stand_in, scope):
    query = {"client_id": "repline", "redirect_uri": REDIRECT, "response_type": "code"}
    answer = requests.get(
        f"{stand_in.url}/common/oauth2/v2.0/authorize",
        params={**query, "scope": scope[0]},
        timeout=5,
    )
    assert answer.status_code == 400
    assert "code challenge" in answer.text


@pytest.mark.parametrize(
    "asked", ["https://other.crm.dynamics.com/user_impersonation", "Mail.Read"]
)
def test_another_org_and_another_api_are_not_asked_for(stand_in, app, asked):
    flow = app().initiate_auth_code_flow([asked], redirect_uri=REDIRECT)
    answer = requests.get(flow["auth_uri"], timeout=5)
    assert answer.status_code == 400
    assert "invalid_scope" in answer.text


def test_leave_that_an_admin_took_back_is_aadsts50173(stand_in, app, scope, signed_in, ask):
    requests.post(f"{stand_in.url}/simulator/revoke", timeout=5)
    result = app().acquire_token_by_refresh_token(signed_in["refresh_token"], scopes=scope)
    assert (result["error"], result["error_codes"]) == ("invalid_grant", [50173])
    assert result["error_description"].startswith("AADSTS50173: ")
    assert "Trace ID: " in result["error_description"]
    assert ask("GET", "contacts").status_code == 401


def test_consent_that_is_gone_is_aadsts65001(stand_in, app, scope, signed_in):
    requests.post(f"{stand_in.url}/simulator/scopes", json={"scopes": ["openid"]}, timeout=5)
    result = app().acquire_token_by_refresh_token(signed_in["refresh_token"], scopes=scope)
    assert (result["error"], result["error_codes"]) == ("invalid_grant", [65001])


@pytest.mark.parametrize(
    ("code", "error"), [(700082, "invalid_grant"), (50076, "interaction_required")]
)
def test_a_switch_ends_refreshing_until_it_is_off_again(
    stand_in, app, scope, signed_in, code, error
):
    url = f"{stand_in.url}/simulator/switches"
    requests.post(url, json={"on": [f"aadsts:{code}"]}, timeout=5)
    result = app().acquire_token_by_refresh_token(signed_in["refresh_token"], scopes=scope)
    assert (result["error"], result["error_codes"]) == (error, [code])
    requests.post(url, json={"off": [f"aadsts:{code}"]}, timeout=5)
    again = app().acquire_token_by_refresh_token(signed_in["refresh_token"], scopes=scope)
    assert again["access_token"]


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"client_secret": "guess"}, 401, 7000215),
        ({"client_id": "somebody"}, 400, 700016),
        ({"grant_type": "password"}, 400, 70003),
        ({"refresh_token": "guess"}, 400, 70000),
    ],
)
def test_what_does_not_hold_is_refused(stand_in, signed_in, wrong, status, code):
    form = {
        "client_id": "repline",
        "client_secret": "repline-secret",
        "grant_type": "refresh_token",
        "refresh_token": signed_in["refresh_token"],
    }
    answer = requests.post(f"{stand_in.url}/{TOKEN}", data={**form, **wrong}, timeout=5)
    assert (answer.status_code, answer.json()["error_codes"]) == (status, [code])


def test_a_tenant_that_there_is_not_is_not_found(stand_in):
    url = f"{stand_in.url}/contoso/v2.0/.well-known/openid-configuration"
    assert requests.get(url, timeout=5).status_code == 404


@pytest.mark.parametrize("token", ["", "guess", "expired"])
def test_without_a_good_token_the_answer_says_where_to_sign_in(stand_in, token):
    good = stand_in.access_token()
    stand_in.crm.clock.advance(3601)
    headers = {"Authorization": f"Bearer {good if token == 'expired' else token}"} if token else {}
    answer = requests.get(f"{stand_in.url}/api/data/v9.2/WhoAmI", headers=headers, timeout=5)
    assert answer.status_code == 401
    challenge = answer.headers["WWW-Authenticate"]
    assert f"authorization_uri={LOGIN}/{TENANT}/oauth2/authorize" in challenge
    assert ('error="invalid_token"' in challenge) == bool(token)
