"""The world, the API and the admin pages of the backend's tests, as an attacker finds them."""

import pytest

from backend.web.api import ROUTES
from demo.stack import Stack
from tests.backend.admin.conftest import pages  # noqa: F401 (a fixture)
from tests.backend.api.conftest import *  # noqa: F403 (fixtures)
from tests.backend.conftest import *  # noqa: F403 (fixtures)
from tests.security.belongings import Belongings

REP_ROUTES = [route for route in ROUTES if route.signed_in and not route.admin]


@pytest.fixture
def ours(api_) -> Belongings:
    """What the team of the world has, for a stranger to ask for."""
    return Belongings(api_.world)


@pytest.fixture
def stranger(api_):
    """An admin of the other team: whatever she is refused, no role of hers would open."""
    api_.world.stranger.role = "admin"
    api_.world.stranger.save()
    return api_.world.stranger


@pytest.fixture(scope="package")
def stack(databases, tmp_path_factory):
    """The whole product as processes of its own, for attacks that change no more than they say."""
    url = databases.blank(tmp_path_factory.mktemp("product"))
    with Stack(database_url=url, pace=0) as running:
        yield running
    databases.drop(url)


@pytest.fixture(scope="package")
def url(stack) -> str:
    return stack.backend.url
