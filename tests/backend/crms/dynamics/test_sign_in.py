"""Entra through msal: addresses, tokens that rotate, and leave that ends."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from backend.crm.dynamics import Dynamics
from backend.crm_port import CrmApp, Misconfigured, SignInNeeded

REDIRECT = "https://backend.example/crm/back"


@pytest.fixture
def real() -> Dynamics:
    return Dynamics(CrmApp("repline", "secret"))


@pytest.mark.parametrize(
    ("typed", "address", "login"),
    [
        ("acme.crm.dynamics.com", "https://acme.crm.dynamics.com", "login.microsoftonline.com"),
        (
            "https://Acme.crm4.dynamics.com/main.aspx?appid=1",
            "https://acme.crm4.dynamics.com",
            "login.microsoftonline.com",
        ),
        (
            "https://acme.api.crm11.dynamics.com",
            "https://acme.crm11.dynamics.com",
            "login.microsoftonline.com",
        ),
        (
            "https://acme.crm.microsoftdynamics.us",
            "https://acme.crm.microsoftdynamics.us",
            "login.microsoftonline.us",
        ),
        (
            "https://acme.crm.dynamics.cn",
            "https://acme.crm.dynamics.cn",
            "login.partner.microsoftonline.cn",
        ),
    ],
)
def test_the_orgs_address_says_where_its_users_sign_in(real, typed, address, login):
    assert real.checked_address(typed) == address
    url = urlsplit(real.authorize_url(address, REDIRECT, "state", "challenge"))
    assert (url.scheme, url.hostname) == ("https", login)
    assert f"{address}/user_impersonation" in parse_qs(url.query)["scope"][0].split()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "acme",
        "http://acme.crm.dynamics.com",
        "https://acme.crm.dynamics.com.evil.example",
        "https://evil.example/acme.crm.dynamics.com",
        "https://acme.crm.dynamics.com@evil.example",
        "https://acme.crm.dynamics.com:8443",
        "https://acme.crm.dynamics.com:port",
        "https://evilcrm.dynamics.com",
        "https://[acme",
    ],
)
def test_what_is_no_orgs_address_is_refused(real, typed):
    with pytest.raises(ValueError, match=r"it looks like https://acme\.crm\.dynamics\.com"):
        real.checked_address(typed)


@pytest.fixture
def grant(crm, edge):
    """After a sign-in."""
    crm.crm.redirect_uris.add(REDIRECT)
    url = edge.authorize_url(crm.url, REDIRECT, "state", CHALLENGE)
    answer = requests.post(url, data={"decision": "allow"}, allow_redirects=False, timeout=5)
    code = parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]
    return edge.exchange(crm.url, REDIRECT, code, VERIFIER)


VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
"""As in appendix B of RFC 7636."""
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_a_sign_in_says_whose_org_it_is(crm, grant):
    assert len(grant.org) == 36
    assert grant.email == "admin@brightpath.example"
    assert grant.base_url == crm.url


def test_each_refresh_gives_the_next_token(crm, edge, grant):
    second = edge.refresh(crm.url, grant.refresh_token)
    assert second.refresh_token not in ("", grant.refresh_token)
    with pytest.raises(SignInNeeded):
        edge.refresh(crm.url, grant.refresh_token)


@pytest.mark.parametrize("code", [50173, 65001, 700082, 50076])
def test_leave_that_has_ended_needs_a_sign_in_and_says_why(crm, edge, grant, code):
    crm.crm.switches.add(f"aadsts:{code}")
    with pytest.raises(SignInNeeded, match=f"AADSTS{code}"):
        edge.refresh(crm.url, grant.refresh_token)


def test_an_app_that_entra_does_not_know_is_said_to_be(crm, grant):
    for app in (CrmApp("somebody", "else", crm.url), CrmApp("repline", "wrong", crm.url)):
        with pytest.raises(Misconfigured, match="app"):
            Dynamics(app).refresh(crm.url, grant.refresh_token)
