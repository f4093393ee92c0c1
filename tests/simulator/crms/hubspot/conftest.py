"""HubSpot's stand-in, and the real client library that asks it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hubspot import HubSpot as Client

from demo.crm.records import load
from simulator.crms.crm import open_crm
from simulator.crms.hubspot.dialect import HubSpot
from simulator.crms.hubspot.seeding import id_of
from simulator.crms.serving import StandIn
from simulator.crms.settings import Settings

REDIRECT = "https://backend.example/crm/back"
MAYA = id_of("contacts", 101)
DEAL = id_of("opportunities", 102)


@pytest.fixture(scope="module")
def running() -> Iterator[StandIn]:
    settings = Settings(redirect_uris=(REDIRECT,), burst=1000)
    with StandIn(open_crm(HubSpot(), settings, load())) as stand_in:
        yield stand_in


@pytest.fixture
def stand_in(running: StandIn) -> StandIn:
    """Shared, and as good as new for each test."""
    running.crm.reset()
    return running


@pytest.fixture
def client_for(stand_in: StandIn) -> Callable[..., Any]:
    """``client_for(*scopes)``: the library with a token of its own, and no retries."""

    def client_for(*scopes: str) -> Any:
        return Client(
            access_token=stand_in.access_token(scopes=scopes), host=stand_in.url, retry=False
        )

    return client_for


@pytest.fixture
def hubspot(client_for: Callable[..., Any]) -> Any:
    return client_for()


@pytest.fixture
def communication() -> Callable[..., dict[str, str]]:
    """A text's properties: ``communication(body, **others)``."""

    def communication(body: str = "Hi Maya", **others: str) -> dict[str, str]:
        return {
            "hs_communication_channel_type": "SMS",
            "hs_communication_logged_from": "CRM",
            "hs_communication_body": body,
            "hs_timestamp": "2026-03-04T15:00:00Z",
            **others,
        }

    return communication


@pytest.fixture
def log(hubspot: Any, communication: Callable[..., dict[str, str]]) -> Callable[..., Any]:
    """Log a text on a contact: ``log(body, contact=MAYA, **others)``."""

    def log(body: str = "Hi Maya", contact: str = MAYA, **others: str) -> Any:
        spec = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 81}
        return hubspot.crm.objects.communications.basic_api.create(
            {
                "properties": communication(body, **others),
                "associations": [{"to": {"id": contact}, "types": [spec]}],
            }
        )

    return log


@pytest.fixture
def key(hubspot: Any) -> str:
    """The name of a property with unique values that the app added to communications."""
    hubspot.crm.properties.core_api.create(
        "communications",
        {
            "name": "repline_key",
            "label": "Repline key",
            "groupName": "communication",
            "type": "string",
            "fieldType": "text",
            "hasUniqueValue": True,
        },
    )
    return "repline_key"
