"""A CRM that serves for real, and a browser without the extension."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from demo.browser.serving import Serving
from demo.crm.app import create_app


@pytest.fixture(scope="package")
def crm() -> Iterator[str]:
    """The address of a CRM that tests only read."""
    with Serving(create_app()) as server:
        yield server.url


@pytest.fixture
def unedited() -> Iterator[str]:
    """The address of a CRM for one test, to edit as it likes."""
    with Serving(create_app()) as server:
        yield server.url


@pytest.fixture(scope="package")
def context(browser: Browser, crm: str) -> Iterator[BrowserContext]:
    """One for all, since the CRM keeps nothing in the browser; its addresses are the CRM's."""
    context = browser.new_context(base_url=crm, viewport={"width": 1280, "height": 800})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page of the test's own. An error in its scripts fails the test."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert not errors
