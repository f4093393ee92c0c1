from collections.abc import Iterator

import pytest

from simulator.crms.crm import open_crm
from simulator.crms.serving import StandIn
from simulator.crms.settings import Settings
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
