from datetime import UTC, datetime

import pytest
import time_machine

from backend.compliance import simulation
from backend.models.connection import connect
from backend.store import pseudonym
from backend.store.rows import now
from simulator.server import Simulator
from simulator.settings import Settings
from tests.backend.world import ANA_NUMBER, BEN_NUMBER, THEIR_NUMBER, World

NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
"""A Tuesday, noon in New York and nine in Los Angeles: nobody's hours are quiet."""


@pytest.fixture
def database_url(databases, tmp_path):
    """Of a database that is up to date and empty."""
    url = databases.fresh(tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture
def database(database_url):
    opened = connect(database_url)
    pseudonym.configure(b"a key for tests")
    yield opened
    opened.close()


@pytest.fixture
def world(database):
    return World()


@pytest.fixture
def carrier():
    """Twilio over HTTP: an account that holds the numbers of both teams."""
    settings = Settings(
        account_sid="AC" + "0" * 32,
        auth_token="token",
        backend_url="https://repline.example.com",
        numbers=(ANA_NUMBER, BEN_NUMBER, THEIR_NUMBER),
    )
    with Simulator(settings) as running:
        yield running


@pytest.fixture
def held(carrier):
    """The carrier's own record of a number, to change it there."""

    def one(e164):
        with carrier.state.look() as books:
            return next(n for n in books.numbers.values() if n.phone_number == e164)

    return one


@pytest.fixture
def no_twins(database):
    """A row that makes its transaction fail, as a bug would: no two texts may have the same words.
    Call it once that is mended."""
    database.execute_sql("CREATE UNIQUE INDEX no_twins ON message (body)")
    return lambda: database.execute_sql("DROP INDEX no_twins")


@pytest.fixture(autouse=True)
def by_day(monkeypatch):
    """Whatever the time is here, recipients are awake, and example numbers may be texted. A test
    that travels in time (time-machine) chooses the recipients' time too."""
    simulation.configure(fictitious=True)
    monkeypatch.setattr(simulation, "shown_at", lambda at: at + _ahead())
    monkeypatch.setattr(simulation, "real", lambda shown: shown - _ahead())
    yield
    simulation.configure(fictitious=False)


def _ahead() -> int:
    travels = time_machine.escape_hatch.is_travelling()
    return 0 if travels else int(NOON.timestamp() * 1000) - now()
