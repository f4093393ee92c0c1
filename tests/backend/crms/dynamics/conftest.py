from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from backend.crm.dynamics import Dynamics
from backend.crm_port import Access, CrmApp, Entry, Fields
from simulator.crms.crm import open_crm
from simulator.crms.dynamics import dialect
from simulator.crms.dynamics.seeding import id_of
from simulator.crms.serving import StandIn
from tests.backend.crms.houses import MAYA, PEOPLE

WHO, DEAL, ANA = id_of("contact", MAYA), id_of("opportunity", 101), id_of("systemuser", 2)
LEAD = id_of("lead", PEOPLE["leads"][0]["id"])
KEY = "7e57ab1e-0000-5000-8000-000000000001"


@pytest.fixture(scope="module")
def running() -> Iterator[StandIn]:
    with StandIn(open_crm(dialect.Dynamics(), people=PEOPLE)) as running:
        yield running


@pytest.fixture
def crm(running: StandIn) -> StandIn:
    running.crm.reset()
    return running


@pytest.fixture
def edge(crm: StandIn) -> Dynamics:
    return Dynamics(CrmApp("repline", "repline-secret", crm.url))


@pytest.fixture
def access(crm: StandIn) -> Access:
    return Access(crm.url, crm.access_token())


@pytest.fixture
def fields() -> Fields:
    return Fields(
        mobile="mobilephone", do_not_text="new_donottext", key="activityid", type="Text message"
    )


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """A text from Ana to Maya: ``entry(**others)``."""
    usual = Entry(
        key=KEY,
        who_type="contact",
        who_id=WHO,
        subject="Text sent: Hello",
        body="Hello",
        at=1_795_000_000_000,
        day="2026-11-18",
        inbound=False,
        owner_id=ANA,
        number="+14045550187",
    )
    return lambda **others: replace(usual, **others)


@pytest.fixture
def row(crm: StandIn) -> Callable[..., dict[str, Any]]:
    """The one row of a table that was made through the API."""

    def row(table: str = "phonecall") -> dict[str, Any]:
        with crm.store.look() as books:
            made = {w.id for w in books.writes if w.by == "api" and w.did == "created"}
            (found,) = (row for id, row in books.of(table).items() if id in made)
            return dict(found)

    return row
