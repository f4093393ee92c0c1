"""What every test with a browser shares. Sync playwright allows no asyncio loop in its thread."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright, expect

from demo.browser import Browser, Desktop, PushService
from demo.browser.patience import PATIENCE_MS
from demo.check import EXTENSION
from demo.driver import Driver
from demo.stack import Stack
from tests.databases import Databases
from tests.e2e.own_crm import OwnCrm

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def desktop() -> Iterator[Desktop]:
    with Desktop() as desktop:
        yield desktop


@pytest.fixture(scope="session")
def push_service() -> Iterator[PushService]:
    with PushService() as push:
        yield push


# The product, once for all tests that do not break it: each has people of its own on the own CRM.


@pytest.fixture(scope="session")
def stack(
    push_service: PushService, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    url = databases.blank(tmp_path_factory.mktemp("product"))
    with Stack(push_url=push_service.url, database_url=url, pace=0.1) as stack:
        yield stack
        stack.backend.kill()  # quicker than asking
    databases.drop(url)


@pytest.fixture(scope="session")
def own_crm(stack: Stack) -> Iterator[OwnCrm]:
    with OwnCrm(stack) as crm:
        yield crm


@pytest.fixture(scope="session")
def signed_in(
    playwright: Playwright, stack: Stack, desktop: Desktop, push_service: PushService
) -> Iterator[Driver]:
    with Browser(playwright, EXTENSION, desktop=desktop, push=push_service) as browser:
        driver = Driver(browser, stack, desktop)
        browser.context.set_default_timeout(PATIENCE_MS)
        driver.sign_in()
        yield driver


@pytest.fixture
def rep(signed_in: Driver) -> Iterator[Driver]:
    """Ana, signed in, with nothing open and an empty desktop."""
    signed_in.desktop.clear()
    yield signed_in
    close_all(signed_in)


def close_all(driver: Driver) -> None:
    for page in driver.browser.context.pages:
        if page is not driver.browser.control:
            page.close()
