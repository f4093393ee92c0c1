"""What every answer of the running server carries, whoever asks and whether there is anything."""

import dataclasses
from html.parser import HTMLParser

import pytest
import requests
from flask import Flask

from backend.web import admin
from demo.seed import ADMIN, PASSWORD

PUBLIC = [
    *("/", "/no/such/page", "/openapi.json", "/healthz", "/readyz", "/metrics", "/ws"),
    *("/crm/signed-in?state=x&code=y", "/crm/signed-in?error=%3Cscript%3E", "/media/1"),
    *("/api/v1/me", "/api/v1/nothing", "/twilio/messages", "/twilio/messages/status"),
    *("/admin/sign-in", "/admin/welcome", "/admin/no/such/page", "/admin/static/none.css"),
]


def pages() -> list[str]:
    """Every address below /admin/ that is looked at and needs no id."""
    app = Flask("listing", static_folder=None)
    parts = {each.name: None for each in dataclasses.fields(admin.Services)}
    admin.register(app, admin.Services(**{**parts, "notice_key": b"-"}))
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    return sorted(rule.rule for rule in rules if not rule.arguments)


@pytest.fixture(scope="module")
def browser(url):
    with requests.Session() as browser:
        form = {"email": ADMIN, "password": PASSWORD}
        answer = browser.post(
            f"{url}/admin/sign-in", form, headers={"Origin": url}, allow_redirects=False, timeout=10
        )
        assert answer.status_code == 303
        cookie = answer.headers["Set-Cookie"]
        assert {"HttpOnly", "Path=/admin", "SameSite=Strict"} <= set(cookie.split("; "))
        yield browser


def policy_of(answer: requests.Response) -> dict[str, list[str]]:
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {part[0]: part[1:] for part in parts}


def protected(answer: requests.Response) -> None:
    policy = policy_of(answer)
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    for sources in policy.values():
        assert not {each for each in sources if "unsafe" in each or "*" in each}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] in ("no-referrer", "same-origin")
    assert "Server" not in answer.headers or "Python" not in answer.headers["Server"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "OPTIONS"])
def test_no_answer_may_be_framed_run_or_guessed_about(url, method):
    for path in PUBLIC:
        answer = requests.request(method, url + path, timeout=10, allow_redirects=False)
        assert answer.status_code != 500, path
        protected(answer)


@pytest.mark.parametrize("path", pages())
def test_no_page_for_admins_holds_a_script_or_a_style_of_its_own(url, browser, path):
    """Or it would need a weaker policy than the one that it comes with."""
    answer = browser.get(url + path, timeout=10)
    protected(answer)
    assert answer.status_code < 500
    if answer.headers["Content-Type"].startswith("text/html"):
        assert policy_of(answer)["form-action"] == ["'self'"]
        assert Markup.inline(answer.text) == []


class Markup(HTMLParser):
    """Collects what the policy would not run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    @classmethod
    def inline(cls, page: str) -> list[str]:
        read = cls()
        read.feed(page)
        return read.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.found.append(tag)
        for name, value in given.items():
            if name == "style" or name.startswith("on") or "javascript:" in (value or ""):
                self.found.append(f"{tag} {name}")
            if name in ("src", "href") and (value or "").startswith(("http:", "//")):
                self.found.append(f"{tag} {value}")


def test_the_reader_of_pages_finds_what_must_not_be_there():
    page = '<p style="x" onclick="y"><script>1</script><style></style><a href="javascript:1">'
    assert Markup.inline(page) == ["p style", "p onclick", "script", "style", "a href"]
