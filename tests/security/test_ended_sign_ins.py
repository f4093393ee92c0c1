"""Whoever gets another password, another role or the sack is out: of REST, sockets, pages."""

import time
from itertools import count

import pytest
import requests

from demo.seed import ADMIN, PASSWORD
from tests.running.rep import Rep, bearer, closed_with, hire, set_password, sign_in

NAMES = count(1)
SIGNED_OUT = 4401


def role(url, api, user) -> None:
    answer = requests.patch(f"{api}/users/{user}", json={"role": "rep"}, **as_admin(url))
    assert answer.status_code == 200, answer.text


def password(url, api, user) -> None:
    link = requests.post(f"{api}/users/{user}/link", **as_admin(url)).json()["link"]
    set_password(url, link, PASSWORD + " 2")


def disable(url, api, user) -> None:
    assert requests.post(f"{api}/users/{user}/disable", **as_admin(url)).ok


def as_admin(url):
    return {"headers": bearer(sign_in(url, ADMIN)["access_token"]), "timeout": 10}


@pytest.mark.parametrize("change", [role, password, disable], ids=lambda change: change.__name__)
def test_every_sign_in_ends_and_its_sockets_close_within_five_seconds(url, change):
    api, email = f"{url}/api/v1", f"leaving-{next(NAMES)}@brightpath.example"
    user = hire(url, email, role="admin")
    given, browser = sign_in(url, email), requests.Session()
    form = {"email": email, "password": PASSWORD}
    browser.post(f"{url}/admin/sign-in", form, headers={"Origin": url}, timeout=10)
    assert page(browser, url) == 200
    with Rep(url, given["access_token"]) as socket:
        change(url, api, user)
        began = time.monotonic()
        assert closed_with(socket) == SIGNED_OUT
        assert time.monotonic() - began < 5
    assert page(browser, url) == 303
    me = requests.get(f"{api}/me", headers=bearer(given["access_token"]), timeout=10)
    again = {"refresh_token": given["refresh_token"]}
    refreshed = requests.post(f"{api}/session/refresh", json=again, timeout=10)
    assert (me.status_code, refreshed.status_code) == (401, 401)


def page(browser: requests.Session, url: str) -> int:
    return browser.get(f"{url}/admin/users", allow_redirects=False, timeout=10).status_code
