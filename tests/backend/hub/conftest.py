"""Two real servers that the tests of this folder share."""

from collections.abc import Iterator

import pytest

from tests.backend.hub.serving import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Shared: a test takes users that no other test has."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def hasty() -> Iterator[Server]:
    """Shared too, and short of patience and room."""
    server = Server(ping_every=0.5, sign_in_within=0.3, sockets=20)
    yield server
    server.stop()
