"""A token in an address lets nobody in, and what was in an address, a header or a body and lets
somebody in is in no log."""

import re

import pytest
import requests
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from backend.web.api import PREFIX, ROUTES
from demo.seed import ADMIN, ANA, PASSWORD
from tests.running.rep import ORIGIN, Rep, bearer, hire, sign_in

NAMES = ("token", "access_token", "authorization", "api_key", "key", "bearer", "jwt")
GUARDED = [route for route in ROUTES if route.signed_in]


@pytest.fixture(scope="module")
def given(url):
    return sign_in(url, ADMIN)


def test_a_token_in_the_address_is_no_token(url, given):
    query = dict.fromkeys(NAMES, given["access_token"])
    with requests.Session() as http:
        for route in GUARDED:
            path = PREFIX + re.sub(r"<[^>]+>", "1", route.path)
            answer = http.request(route.method, url + path, params=query, timeout=10)
            assert answer.status_code == 401, route.name
        for path in ("/media/1", "/admin/users"):
            answer = http.get(url + path, params=query, timeout=10, allow_redirects=False)
            assert answer.status_code in (401, 303), path
            assert "sign-in" in answer.headers.get("Location", "sign-in")


def test_nor_is_one_in_a_cookie_a_form_or_the_subprotocol(url, given):
    token = given["access_token"]
    me = f"{url}{PREFIX}/me"
    for how in (
        {"cookies": dict.fromkeys(NAMES, token)},
        {"data": dict.fromkeys(NAMES, token)},
        {"headers": {"X-Access-Token": token, "Cookie": f"repline-admin={token}"}},
    ):
        assert requests.get(me, timeout=10, **how).status_code == 401
    socket = url.replace("http", "ws", 1) + "/ws"
    with pytest.raises(InvalidStatus) as refused:
        connect(f"{socket}?access_token={token}", origin=ORIGIN, proxy=None)
    assert refused.value.response.status_code == 400


def test_nothing_that_lets_somebody_in_is_in_the_log(stack, url, given):
    """Every way in is used, rightly and wrongly, also in addresses; then the log is read."""
    api, key = f"{url}{PREFIX}", made_key(url, given)
    secrets = {
        **{name: given[name] for name in ("access_token", "refresh_token")},
        "password": PASSWORD,
        "wrong password": "a wrong but long password",
        "key": key,
        "secret key": stack.environment["SECRET_KEY"],
        "carrier's token": stack.environment["TWILIO_AUTH_TOKEN"],
        "code": "a code of some other site",
        "words": "My diagnosis is nobody's business",
    }
    for secret in secrets.values():
        for path in ("/api/v1/me", "/media/1", "/admin/users", "/crm/signed-in", "/ws", "/none"):
            requests.get(url + path, params={"token": secret, "code": secret}, timeout=10)
            requests.get(url + path, headers=bearer(secret), timeout=10)
        requests.post(f"{api}/session/refresh", json={"refresh_token": secret}, timeout=10)
        form = {"MessageSid": "SM1", "Body": secret}
        requests.post(f"{url}/twilio/messages", form, timeout=10)
        answer = requests.post(
            f"{api}/session", json={"email": ANA, "password": secret, "client": "x"}, timeout=10
        )
        assert answer.status_code in (201, 401, 429)
    hire(url, "logged@brightpath.example")
    with Rep(url, sign_in(url, "logged@brightpath.example")["access_token"]) as rep:
        rep.send("session.renew", token=secrets["access_token"])
    logged = stack.backend.stderr()
    assert '"event":"webhook.refused"' in logged, "this is the log"
    for what, secret in secrets.items():
        assert secret not in logged, what
        assert requests.utils.quote(secret) not in logged, what
        assert requests.utils.quote(secret, safe="").replace("%20", "+") not in logged, what


def made_key(url: str, given: dict) -> str:
    body = {"name": "Program", "scopes": ["read"], "email": ADMIN}
    headers = bearer(given["access_token"])
    answer = requests.post(f"{url}{PREFIX}/api-keys", json=body, headers=headers, timeout=10)
    return answer.json()["token"]
