from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from simple_salesforce import Salesforce, SalesforceError

from simulator.crms.crm import open_crm
from simulator.crms.salesforce import dialect
from simulator.crms.serving import StandIn
from simulator.crms.settings import Settings
from tests.simulator.crms.salesforce.elsewhere import PEOPLE, REDIRECT, connect


@pytest.fixture(scope="package")
def served() -> Iterator[StandIn]:
    settings = Settings(redirect_uris=(REDIRECT,), budget=500)
    with StandIn(open_crm(dialect.Salesforce(), settings, PEOPLE)) as served:
        yield served


@pytest.fixture
def org(served: StandIn) -> Iterator[StandIn]:
    """Shared, and as good as new for each test."""
    yield served
    served.crm.reset()


@pytest.fixture
def sf(org: StandIn) -> Salesforce:
    """The real library, talking to the stand-in over HTTP."""
    return connect(org)


@pytest.fixture
def refused() -> Callable[..., dict[str, Any]]:
    """What the CRM says when a call is refused: ``refused(sf.Task.create, {...})["errorCode"]``."""

    def refused(call: Callable[..., object], *args: Any, **options: Any) -> dict[str, Any]:
        with pytest.raises(SalesforceError) as caught:
            call(*args, **options)
        content: Any = caught.value.content
        return {"status": caught.value.status, **content[0]}

    return refused


@pytest.fixture
def switch(org: StandIn) -> Callable[..., None]:
    """What an admin of the CRM sets: ``switch("hidden:Task.Type")``."""

    def switch(*on: str, off: tuple[str, ...] = ()) -> None:
        asked = {"on": list(on), "off": list(off)}
        assert requests.post(f"{org.url}/simulator/switches", json=asked, timeout=5).ok

    return switch
