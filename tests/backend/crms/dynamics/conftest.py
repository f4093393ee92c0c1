from collections.abc import Callable
from typing import Any

import pytest

from backend.crm_port import Fields
from simulator.crms.dynamics.seeding import id_of
from simulator.crms.serving import StandIn
from tests.backend.crms.houses import HOUSES, MAYA, PEOPLE, House

WHO, DEAL, ANA = id_of("contact", MAYA), id_of("opportunity", 101), id_of("systemuser", 2)
LEAD = id_of("lead", PEOPLE["leads"][0]["id"])
KEY = "7e57ab1e-0000-5000-8000-000000000001"


@pytest.fixture(scope="module")
def at() -> House:
    return HOUSES["dynamics"]


@pytest.fixture
def fields() -> Fields:
    return Fields(
        mobile="mobilephone", do_not_text="new_donottext", key="activityid", type="Text message"
    )


@pytest.fixture
def usual() -> dict[str, Any]:
    return {"key": KEY, "who_id": WHO, "owner_id": ANA, "number": "+14045550187"}


@pytest.fixture
def row(crm: StandIn) -> Callable[..., dict[str, Any]]:
    """The one row of a table that was made through the API."""

    def row(table: str = "phonecall") -> dict[str, Any]:
        with crm.store.look() as books:
            made = {w.id for w in books.writes if w.by == "api" and w.did == "created"}
            (found,) = (row for id, row in books.of(table).items() if id in made)
            return dict(found)

    return row
