from collections.abc import Callable
from typing import Any

import pytest

from backend.crm_port import Access, Crm, Fields
from simulator.crms.hubspot.records import PORTAL
from simulator.crms.hubspot.seeding import id_of
from simulator.crms.serving import StandIn
from tests.backend.crms.houses import HOUSES, MAYA, House

WHO = id_of("contacts", MAYA)
DEAL = id_of("opportunities", 101)
KEYS = [f"7e57ab1e-0000-5000-8000-{n:012}" for n in range(9)]


@pytest.fixture(scope="module")
def at() -> House:
    return HOUSES["hubspot"]


@pytest.fixture
def access_for(crm: StandIn) -> Callable[..., Access]:
    """``access_for(*scopes)``; all of them without any."""
    return lambda *scopes: Access(crm.url, crm.access_token(scopes=scopes), str(PORTAL))


@pytest.fixture
def access(access_for: Callable[..., Access]) -> Access:
    return access_for()


@pytest.fixture
def fields(edge: Crm, access: Access) -> Fields:
    """As they are recommended once the key's property is there."""
    offered = edge.prepare(access)
    return Fields(**{each.use: each.name for each in offered if each.recommended})


@pytest.fixture
def usual() -> dict[str, Any]:
    return {"key": KEYS[0], "who_id": WHO, "at": 1_795_000_000_123}


@pytest.fixture
def kept(crm: StandIn) -> Callable[..., list[dict[str, Any]]]:
    """What is there of an object that was made through the API."""

    def kept(object: str = "communications") -> list[dict[str, Any]]:
        with crm.store.look() as books:
            made = {w.id for w in books.writes if w.by == "api" and w.did == "created"}
            return [fields for id, fields in books.of(object).items() if id in made]

    return kept


@pytest.fixture
def linked(crm: StandIn) -> Callable[[str], list[str]]:
    """The contacts, or deals, that the one communication belongs to."""

    def linked(to: str) -> list[str]:
        with crm.store.look() as books:
            return [
                each["to_id"]
                for each in books.of("associations").values()
                if (each["from"], each["to"]) == ("communications", to)
            ]

    return linked
