"""The road from "Connect" to tokens: PKCE, state, one use of a code, refreshing, revoking."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from simulator.crms.salesforce.seed import seeded
from tests.simulator.crms.salesforce.elsewhere import MAYA, REDIRECT, connect

VERIFIER = "a verifier of 43 characters or more, as RFC 7636 asks"
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)
ASKED = {
    "response_type": "code",
    "client_id": "repline",
    "redirect_uri": REDIRECT,
    "scope": "api refresh_token id",
    "state": "a state & more",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


@pytest.fixture
def consent(org):
    """``consent(**changes of what is asked, form={...})`` -> the query that the app gets back."""

    def consent(form=None, **changes):
        answer = requests.post(
            f"{org.url}/services/oauth2/authorize",
            params={**ASKED, **changes},
            data={"decision": "allow", **(form or {})},
            allow_redirects=False,
            timeout=5,
        )
        assert answer.status_code == 302, answer.text
        assert answer.headers["Location"].startswith(f"{REDIRECT}?")
        return {k: v[0] for k, v in parse_qs(urlsplit(answer.headers["Location"]).query).items()}

    return consent


@pytest.fixture
def token(org):
    """``token(grant_type=…, …)`` -> status and JSON."""

    def token(**form):
        sent = {"client_id": "repline", "client_secret": "repline-secret", **form}
        answer = requests.post(f"{org.url}/services/oauth2/token", data=sent, timeout=5)
        return answer.status_code, answer.json()

    return token


@pytest.fixture
def exchange(token):
    def exchange(code, **changes):
        usual = {"redirect_uri": REDIRECT, "code_verifier": VERIFIER}
        return token(grant_type="authorization_code", code=code, **{**usual, **changes})

    return exchange


@pytest.fixture
def signed_in(consent, exchange):
    return exchange(consent()["code"])[1]


def test_consent_brings_a_code_and_the_state_and_the_code_brings_tokens(org, consent, exchange):
    back = consent()
    assert back["state"] == "a state & more"
    status, tokens = exchange(back["code"])
    assert status == 200
    assert tokens["instance_url"] == org.url
    assert tokens["token_type"] == "Bearer"
    assert tokens["scope"] == "api refresh_token id"
    assert tokens["id"].endswith(seeded("User", 1))
    assert {"refresh_token", "issued_at", "signature"} <= set(tokens)
    assert "expires_in" not in tokens
    assert connect(org, tokens["access_token"]).Contact.get(MAYA)["Id"] == MAYA


def test_who_is_signed_in_can_be_asked(org, consent, exchange):
    ana = seeded("User", 2)
    tokens = exchange(consent(form={"user": ana})["code"])[1]
    head = {"Authorization": f"Bearer {tokens['access_token']}"}
    said = requests.get(f"{org.url}/services/oauth2/userinfo", headers=head, timeout=5).json()
    assert (said["email"], said["name"]) == ("ana@brightpath.example", "Ana Ruiz")
    assert said["user_id"] == ana
    assert requests.get(tokens["id"], headers=head, timeout=5).json()["user_id"] == ana
    nobody = requests.get(f"{org.url}/services/oauth2/userinfo", timeout=5)
    assert nobody.status_code == 403


def test_the_page_asks_with_a_button_and_says_what_for(org):
    page = requests.get(f"{org.url}/services/oauth2/authorize", params=ASKED, timeout=5)
    assert '<button name="decision" value="allow">' in page.text
    assert 'value="refresh_token" checked' in page.text
    assert "ana@brightpath.example" in page.text


def test_a_user_who_denies_brings_an_error_and_no_code(consent):
    back = consent(form={"decision": "deny"})
    assert (back["error"], back["state"]) == ("access_denied", "a state & more")
    assert "code" not in back


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"redirect_uri": f"{REDIRECT}/more"}, "redirect_uri_mismatch"),
        ({"redirect_uri": "https://evil.example/"}, "redirect_uri_mismatch"),
        ({"client_id": "somebody"}, "invalid_client_id"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "api everything"}, "invalid_scope: everything"),
        ({"code_challenge": ""}, "missing required code challenge"),
        ({"code_challenge_method": "plain"}, "must be S256"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_wrong_request_is_said_on_a_page_and_sent_nowhere(org, change, why, method):
    answer = requests.request(
        method,
        f"{org.url}/services/oauth2/authorize",
        params={**ASKED, **change},
        data={"decision": "allow"} if method == "POST" else None,
        allow_redirects=False,
        timeout=5,
    )
    assert answer.status_code == 400
    assert why in answer.text
    assert "Location" not in answer.headers


def test_a_code_is_good_once(consent, exchange):
    code = consent()["code"]
    assert exchange(code)[0] == 200
    status, said = exchange(code)
    assert (status, said["error"]) == (400, "invalid_grant")
    assert said["error_description"] == "expired authorization code"


def test_a_code_is_good_for_ten_minutes(org, consent, exchange):
    code = consent()["code"]
    requests.post(f"{org.url}/simulator/clock", json={"advance_seconds": 601}, timeout=5)
    assert exchange(code)[1]["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"code_verifier": "another"}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:9/"}, "redirect_uri_mismatch"),
        ({"client_id": "another"}, "invalid_client_id"),
        ({"client_secret": "another"}, "invalid_client"),
        ({"client_secret": ""}, "invalid_client"),
    ],
)
def test_a_code_is_good_only_for_the_app_that_asked(consent, exchange, change, error):
    status, said = exchange(consent()["code"], **change)
    assert (status, said["error"]) == (400, error)


def test_another_kind_of_grant_is_refused(token):
    assert token(grant_type="password")[1]["error"] == "unsupported_grant_type"


def test_refreshing_brings_another_access_token_and_keeps_the_refresh_token(org, token, signed_in):
    again = {"grant_type": "refresh_token", "refresh_token": signed_in["refresh_token"]}
    for _ in range(2):
        status, fresh = token(**again)
        assert status == 200
        assert fresh["access_token"] != signed_in["access_token"]
        assert "refresh_token" not in fresh
        assert connect(org, fresh["access_token"]).Contact.get(MAYA)


def test_tokens_expired_by_an_admin_are_refreshed(org, token, signed_in, refused):
    assert requests.post(f"{org.url}/simulator/expire", timeout=5).json() == {"expired": 1}
    assert refused(connect(org, signed_in["access_token"]).Contact.get, MAYA)["status"] == 401
    status, _ = token(grant_type="refresh_token", refresh_token=signed_in["refresh_token"])
    assert status == 200


@pytest.mark.parametrize("which", ["access_token", "refresh_token", "admin"])
def test_what_is_revoked_neither_calls_nor_refreshes(org, token, signed_in, refused, which):
    if which == "admin":
        assert requests.post(f"{org.url}/simulator/revoke", timeout=5).json() == {"revoked": 1}
    else:
        revoke = f"{org.url}/services/oauth2/revoke"
        assert requests.post(revoke, data={"token": signed_in[which]}, timeout=5).ok
    assert refused(connect(org, signed_in["access_token"]).Contact.get, MAYA)["status"] == 401
    status, said = token(grant_type="refresh_token", refresh_token=signed_in["refresh_token"])
    assert (status, said["error"]) == (400, "invalid_grant")
    assert said["error_description"] == "expired access/refresh token"


def test_scopes_can_be_left_out_by_the_user_and_narrowed_later(org, consent, exchange, refused):
    # An unticked page sends its hidden, empty field alone.
    assert exchange(consent(form={"scope": ""})["code"])[1]["scope"] == ""
    tokens = exchange(consent(form={"scope": ["", "api", "id"]})["code"])[1]
    assert tokens["scope"] == "api id"
    sf = connect(org, tokens["access_token"])
    assert sf.Contact.get(MAYA)
    narrowed = requests.post(f"{org.url}/simulator/scopes", json={"scopes": ["id"]}, timeout=5)
    assert narrowed.json() == {"grants": [[], ["id"]]}
    assert refused(sf.Contact.get, MAYA)["errorCode"] == "INVALID_SESSION_ID"


def test_one_more_address_can_be_allowed(org, consent):
    url = f"{org.url}/simulator/redirects"
    allowed = requests.post(url, json={"uri": f"{REDIRECT}?team=1"}, timeout=5).json()
    assert allowed["redirect_uris"] == [REDIRECT, f"{REDIRECT}?team=1"]
    back = consent(redirect_uri=f"{REDIRECT}?team=1")
    assert back["team"] == "1"
    assert back["code"]
