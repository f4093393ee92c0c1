"""A carrier over HTTP, and its desk for numbers through the real library."""

import pytest

from backend.carrier.numbers import TwilioNumbers
from backend.numbers.sync import sync
from simulator.server import Simulator
from simulator.settings import Settings
from tests.backend.world import ANA_NUMBER, BEN_NUMBER, THEIR_NUMBER

ACCOUNT, TOKEN = "AC" + "1" * 32, "a token of the tests"
WEBHOOK = "https://repline.example.com/twilio/messages"


@pytest.fixture
def carrier():
    """An account that holds the numbers of both teams."""
    settings = Settings(
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        backend_url="https://repline.example.com",
        numbers=(ANA_NUMBER, BEN_NUMBER, THEIR_NUMBER),
    )
    with Simulator(settings) as running:
        yield running


@pytest.fixture
def desk(carrier):
    return TwilioNumbers(ACCOUNT, TOKEN, carrier.url)


@pytest.fixture
def synced(world, desk):
    """Bring the numbers up to date and say what came of it."""
    return lambda **options: sync(world.writer, desk, WEBHOOK, **options)
