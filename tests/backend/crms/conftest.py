from collections.abc import Iterator

import pytest
import time_machine

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


@pytest.fixture
def clock():
    """Ours, standing still until it is shifted; the stand-in's goes on by itself."""
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled
