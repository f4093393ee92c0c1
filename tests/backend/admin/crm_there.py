"""A Salesforce over HTTP that an admin connects on the pages, for the tests of these."""

import html
import re
from urllib.parse import urlsplit

import pytest
import requests

from backend.connections.calling import Calling
from backend.connections.knowing import Knowing
from backend.connections.sealing import Seal
from backend.crm_port import CrmApp
from backend.store import crm_connections
from simulator.crms.crm import open_crm
from simulator.crms.serving import StandIn
from simulator.crms.settings import Settings
from tests.backend.admin.conftest import HERE
from tests.backend.crms.houses import PEOPLE, SalesforceHouse
from tests.backend.world import SECRET

REFRESH = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')


@pytest.fixture(scope="module")
def org():
    settings = Settings(redirect_uris=(f"{HERE}/crm/signed-in",))
    with StandIn(open_crm(SalesforceHouse.dialect(), settings, PEOPLE)) as org:
        yield org


@pytest.fixture
def crms(org):
    yield {"salesforce": SalesforceHouse.edge(CrmApp("repline", "repline-secret", org.url))}
    org.crm.reset()


@pytest.fixture
def know(world, crms):
    """What the job does that a connection wakes."""

    def know():
        calling = Calling(world.writer, crms, Seal(SECRET))
        for wake in world.woken("know_crm"):
            Knowing(world.writer, calling)(*wake.arguments)

    return know


def leave(browser):
    """Where the page of CRMs sends the admin."""
    page = browser.post("/crms/connect", {"crm": "salesforce"}).text
    return html.unescape(REFRESH.search(page)[1])


def come_back(browser, there, decision="allow"):
    """The admin answers at the CRM and follows its redirect -> the page on which they end."""
    answer = requests.post(there, data={"decision": decision}, allow_redirects=False, timeout=5)
    return follow(browser, answer.headers["Location"])


def follow(browser, location):
    parts = urlsplit(location)
    # From another site: the browser sends no cookie along.
    landing = browser.client.get(f"{parts.path}?{parts.query}", base_url=HERE)
    assert landing.status_code == 200
    onward = html.unescape(REFRESH.search(landing.text)[1])
    assert onward.startswith("/admin/crms/signed-in?")
    done = browser.get(onward.removeprefix("/admin"))
    assert done.location == "/admin/crms"
    return browser.get("/crms").text


@pytest.fixture
def connected(pages, know):
    browser = pages.admin()
    come_back(browser, leave(browser))
    know()
    return browser


def held(world):
    return crm_connections.get(world.team.id, "salesforce")
