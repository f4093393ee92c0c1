"""Dynamics 365's stand-in, asked by plain HTTP, and msal on its way to it."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msal
import pytest
import requests

from demo.crm.records import load
from simulator.crms.crm import open_crm
from simulator.crms.dynamics.dialect import Dynamics
from simulator.crms.dynamics.seeding import id_of
from simulator.crms.serving import StandIn
from simulator.crms.settings import Settings

REDIRECT = "https://backend.example/crm/back"
LOGIN = "https://login.microsoftonline.com"
MAYA = id_of("contact", 101)
EVE = id_of("contact", 104)
LEAD = id_of("lead", 102)
DEAL = id_of("opportunity", 102)
ANA = id_of("systemuser", 2)


class ElsewhereSession(requests.Session):
    """What msal asks with: sends what is meant for Entra to the stand-in, and nothing elsewhere."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self._base_url = base_url

    def request(self, method: str, url: str, *args: Any, **options: Any) -> requests.Response:  # type: ignore[override]
        assert url.startswith(f"{LOGIN}/")
        moved = self._base_url + url.removeprefix(LOGIN)
        return super().request(method, moved, *args, **{"timeout": 5, **options})


@pytest.fixture(scope="module")
def running() -> Iterator[StandIn]:
    settings = Settings(redirect_uris=(REDIRECT,))
    with StandIn(open_crm(Dynamics(), settings, load())) as stand_in:
        yield stand_in


@pytest.fixture
def stand_in(running: StandIn) -> StandIn:
    """Shared, and as good as new for each test."""
    running.crm.reset()
    return running


@pytest.fixture
def ask(stand_in: StandIn) -> Callable[..., requests.Response]:
    """One request to the Web API: ``ask("GET", "contacts", …)``; ``Ana`` asks."""
    token = stand_in.access_token(ANA)

    def ask(method: str, path: str, **options: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}", **options.pop("headers", {})}
        url = f"{stand_in.url}/api/data/v9.2/{path}"
        return requests.request(method, url, headers=headers, timeout=5, **options)

    return ask


@pytest.fixture
def call() -> Callable[..., dict[str, Any]]:
    """A text as a phone call: ``call(**others)``, from Ana to Maya."""

    ana = {"partyid_systemuser@odata.bind": f"/systemusers({ANA})", "participationtypemask": 1}
    maya = {"partyid_contact@odata.bind": f"/contacts({MAYA})", "participationtypemask": 2}

    def call(**others: Any) -> dict[str, Any]:
        return {
            "subject": "Text to Maya Okonkwo",
            "description": "Hi Maya",
            "phonenumber": "+14045550187",
            "directioncode": True,
            "phonecall_activity_parties": [ana, maya],
            "regardingobjectid_contact@odata.bind": f"/contacts({MAYA})",
            **others,
        }

    return call


@pytest.fixture
def app(stand_in: StandIn) -> Callable[[], Any]:
    """A new msal application of ours, with an empty cache."""

    def app() -> Any:
        return msal.ConfidentialClientApplication(
            "repline",
            client_credential="repline-secret",
            authority=f"{LOGIN}/organizations",
            http_client=ElsewhereSession(stand_in.url),
        )

    return app


@pytest.fixture
def scope(stand_in: StandIn) -> list[str]:
    """What an app asks for: to use this org."""
    return [f"{stand_in.url}/user_impersonation"]


@pytest.fixture
def allow() -> Callable[..., dict[str, str]]:
    """Allow on Entra's page, and what comes back: ``allow(flow, decision=…)``."""

    def allow(flow: dict[str, Any], decision: str = "allow") -> dict[str, str]:
        answer = requests.post(
            flow["auth_uri"], data={"decision": decision}, allow_redirects=False, timeout=5
        )
        assert answer.status_code == 302, answer.text
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        return {name: values[0] for name, values in query.items()}

    return allow


@pytest.fixture
def signed_in(
    app: Callable[[], Any], scope: list[str], allow: Callable[..., dict[str, str]]
) -> dict[str, Any]:
    """What msal has after a sign-in: tokens and claims."""
    ours = app()
    flow = ours.initiate_auth_code_flow(scope, redirect_uri=REDIRECT)
    result: dict[str, Any] = ours.acquire_token_by_auth_code_flow(flow, allow(flow))
    assert "access_token" in result, result
    return result
