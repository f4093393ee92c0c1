from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from backend.crm.hubspot import HubSpot
from backend.crm_port import Access, CrmApp, Entry, Fields
from simulator.crms.crm import open_crm
from simulator.crms.hubspot import dialect
from simulator.crms.hubspot.records import PORTAL
from simulator.crms.hubspot.seeding import id_of
from simulator.crms.serving import StandIn
from tests.backend.crms.houses import MAYA, PEOPLE

WHO = id_of("contacts", MAYA)
DEAL = id_of("opportunities", 101)
KEYS = [f"7e57ab1e-0000-5000-8000-{n:012}" for n in range(9)]


@pytest.fixture(scope="module")
def running() -> Iterator[StandIn]:
    with StandIn(open_crm(dialect.HubSpot(), people=PEOPLE)) as running:
        yield running


@pytest.fixture
def crm(running: StandIn) -> StandIn:
    running.crm.reset()
    return running


@pytest.fixture
def edge(crm: StandIn) -> HubSpot:
    return HubSpot(CrmApp("repline", "repline-secret", crm.url))


@pytest.fixture
def access_for(crm: StandIn) -> Callable[..., Access]:
    """``access_for(*scopes)``; all of them without any."""
    return lambda *scopes: Access(crm.url, crm.access_token(scopes=scopes), str(PORTAL))


@pytest.fixture
def access(access_for: Callable[..., Access]) -> Access:
    return access_for()


@pytest.fixture
def fields(edge: HubSpot, access: Access) -> Fields:
    """As they are recommended once the key's property is there."""
    offered = edge.prepare(access)
    return Fields(**{each.use: each.name for each in offered if each.recommended})


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """A text to Maya: ``entry(**others)``."""
    usual = Entry(
        key=KEYS[0],
        who_type="contact",
        who_id=WHO,
        subject="Text sent: Hello",
        body="Hello",
        at=1_795_000_000_123,
        day="2026-11-18",
        inbound=False,
    )
    return lambda **others: replace(usual, **others)


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
