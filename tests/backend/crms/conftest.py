from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from backend.crm_port import Access, Crm, CrmApp, Entry
from simulator.crms.crm import open_crm
from simulator.crms.serving import StandIn
from simulator.crms.settings import Settings
from tests.backend.conftest import NOON
from tests.backend.crms.houses import HOUSES, PEOPLE, House
from tests.backend.crms.office import REDIRECT, Office


@pytest.fixture(scope="package", params=sorted(HOUSES))
def house(request) -> House:
    return HOUSES[request.param]


@pytest.fixture(scope="package")
def served(house: House) -> Iterator[StandIn]:
    settings = Settings(redirect_uris=(REDIRECT,))
    with StandIn(open_crm(house.dialect(), settings, PEOPLE)) as served:
        yield served


@pytest.fixture
def unconnected(world, house, served) -> Iterator[Office]:
    """The stand-in is shared, and as good as new for each test."""
    yield Office(world, house, served)
    served.crm.reset()


@pytest.fixture
def office(unconnected) -> Office:
    unconnected.connect()
    return unconnected


@pytest.fixture(scope="module")
def running(at: House) -> Iterator[StandIn]:
    """The stand-in of the one CRM that a folder of tests is ``at``."""
    with StandIn(open_crm(at.dialect(), people=PEOPLE)) as running:
        yield running


@pytest.fixture
def crm(running: StandIn) -> StandIn:
    """Shared, and as good as new for each test."""
    running.crm.reset()
    return running


@pytest.fixture
def edge(at: House, crm: StandIn) -> Crm:
    return at.edge(CrmApp("repline", "repline-secret", crm.url))


@pytest.fixture
def access(crm: StandIn) -> Access:
    return Access(crm.url, crm.access_token())


@pytest.fixture
def entry(usual: dict[str, Any]) -> Callable[..., Entry]:
    """A text to Maya, with what is ``usual`` in the folder: ``entry(**others)``."""
    text = {
        "who_type": "contact",
        "subject": "Text sent: Hello",
        "body": "Hello",
        "at": 1_795_000_000_000,
        "day": "2026-11-18",
        "inbound": False,
    }
    return lambda **others: Entry(**{**text, **usual, **others})


@pytest.fixture
def clock():
    """Ours, standing still until it is shifted; the stand-in's goes on by itself."""
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled
