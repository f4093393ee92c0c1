"""Pages of a sandbox, or of somebody else's org, are not the connected org's."""

import pytest

from backend.connections import orgs
from backend.crm_port import Grant
from backend.inbox import listing
from backend.store import crm_connections
from shared.wire import PersonOnPage

MOBILE = "+14045550187"
SANDBOX = "acme--uat.sandbox"


@pytest.fixture
def connect(world):
    """Connects a CRM, without one."""

    def connect(crm, base_url, org="1"):
        grant = Grant("access", "refresh", 0, base_url, org)
        world.writer(
            lambda tx: crm_connections.put(tx, world.team.id, None, crm, grant, "sealed", "sealed")
        )
        return crm_connections.get(world.team.id, crm)

    return connect


@pytest.mark.parametrize(
    ("crm", "base_url", "org", "expected"),
    [
        ("salesforce", "https://acme.my.salesforce.com", "acme.lightning.force.com", True),
        ("salesforce", "https://acme.my.salesforce.com", "acme.my.salesforce.com", True),
        ("salesforce", "https://acme.my.salesforce.com", "ACME.lightning.force.com", True),
        ("salesforce", "https://acme.my.salesforce.com", f"{SANDBOX}.lightning.force.com", False),
        (
            *("salesforce", f"https://{SANDBOX}.my.salesforce.com"),
            *(f"{SANDBOX}.lightning.force.com", True),
        ),
        ("salesforce", "https://acme.my.salesforce.com", "evil.my.salesforce.com", False),
        ("salesforce", "https://acme.my.salesforce.com", "", True),
        ("salesforce", "http://127.0.0.1:4000", "127.0.0.1", True),
        ("hubspot", "https://api.hubapi.com", "42", True),
        ("hubspot", "https://api.hubapi.com", "43", False),
        ("hubspot", "https://api.hubapi.com", "app.hubspot.com", True),
        ("dynamics", "https://acme.crm.dynamics.com", "acme.crm.dynamics.com", True),
        ("dynamics", "https://acme.crm.dynamics.com", "uat.crm.dynamics.com", False),
    ],
)
def test_an_org_is_told_by_its_number_or_host(connect, crm, base_url, org, expected):
    assert orgs.is_of(connect(crm, base_url, "42"), org) is expected


def opened(world, org):
    page = PersonOnPage(
        mobile=MOBILE, name="Maya", crm_ref="salesforce:contact:003REP00000001dYBA", crm_org=org
    )
    return listing.open_person(world.writer, world.team.id, world.ana.id, page).conversation.person


def test_a_page_of_another_org_gives_no_reference_to_the_connected_one(world, connect):
    connect("salesforce", "https://acme.my.salesforce.com")
    assert opened(world, f"{SANDBOX}.lightning.force.com").crm_ref == ""
    assert not world.woken("read_record")


def test_a_page_of_the_connected_org_does_and_has_the_record_read(world, connect):
    connect("salesforce", "https://acme.my.salesforce.com")
    assert opened(world, "acme.lightning.force.com").crm_ref
    assert world.woken("read_record")


def test_a_team_without_a_connection_keeps_references_and_asks_nobody(world):
    assert opened(world, "acme.lightning.force.com").crm_ref
    assert not world.woken("read_record")
