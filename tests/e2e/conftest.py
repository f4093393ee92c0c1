"""What every test with a browser shares. Sync playwright allows no asyncio loop in its thread."""

from collections.abc import Iterator

import pytest

from demo.browser import Desktop, PushService


@pytest.fixture(scope="session")
def desktop() -> Iterator[Desktop]:
    with Desktop() as desktop:
        yield desktop


@pytest.fixture(scope="session")
def push_service() -> Iterator[PushService]:
    with PushService() as push:
        yield push
