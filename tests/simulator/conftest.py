from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from simulator.server import Simulator
from simulator.settings import Pace, Patience, Settings
from tests.simulator.elsewhere import (
    ACCOUNT,
    EMPTY_SERVICE,
    OTHER,
    OURS,
    SERVICE,
    TOKEN,
    Listener,
    MappedHttpClient,
)

RENTED = ("numbers", "services", "service_settings", "registrations")
"""What a reset leaves in the books."""


@pytest.fixture(scope="package")
def listener() -> Iterator[Listener]:
    with Listener() as listener:
        yield listener


@pytest.fixture
def backend(listener: Listener) -> Listener:
    """A backend that has heard of nothing yet."""
    listener.seen.clear()
    listener.answers.clear()
    return listener


@pytest.fixture(scope="package")
def settings(listener: Listener) -> Settings:
    return Settings(
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        backend_url=listener.url,
        numbers=(OURS, OTHER),
        services={SERVICE: (OTHER,), EMPTY_SERVICE: ()},
        pace=Pace(0.002, 0.002, 0.002),
        patience=Patience(connect=0.3, read=0.3, total=0.8),
    )


@pytest.fixture(scope="package")
def running(settings: Settings) -> Iterator[Simulator]:
    with Simulator(settings) as simulator:
        yield simulator


@pytest.fixture
def simulator(running: Simulator, backend: Listener) -> Iterator[Simulator]:
    """Shared, and as good as new for each test."""
    with running.state.look() as books:
        rented = deepcopy({name: getattr(books, name) for name in RENTED})
    yield running
    running.carrier.reset()
    assert running.settle()
    with running.state.change() as books:
        for name, value in rented.items():
            setattr(books, name, value)


@pytest.fixture
def twilio(simulator: Simulator) -> Client:
    """The real library, talking to the simulator over HTTP."""
    return Client(ACCOUNT, TOKEN, http_client=MappedHttpClient(simulator.url, timeout=5))


@pytest.fixture
def text(simulator: Simulator) -> Callable[..., dict[str, Any]]:
    """``text(phone, body, to=OURS)``: a phone texts us; what the simulator says of it."""

    def text(phone: str, body: str = "", to: str = OURS, **more: Any) -> dict[str, Any]:
        answer = requests.post(
            f"{simulator.url}/simulator/texts",
            json={"from": phone, "to": to, "body": body, **more},
            timeout=10,
        )
        assert answer.ok, answer.text
        return answer.json()

    return text


@pytest.fixture
def inbox(simulator: Simulator) -> Callable[[str], list[dict[str, Any]]]:
    """What a phone shows."""

    def inbox(phone: str) -> list[dict[str, Any]]:
        answer = requests.get(
            f"{simulator.url}/simulator/texts", params={"phone": phone}, timeout=10
        )
        return answer.json()["texts"]

    return inbox


@pytest.fixture
def refused(twilio: Client) -> Callable[..., TwilioRestException]:
    """The error with which a text is refused: ``refused(to=..., from_=..., body=...).code``."""

    def refused(**wanted: Any) -> TwilioRestException:
        with pytest.raises(TwilioRestException) as caught:
            twilio.messages.create(**{"to": "+14045550187", "from_": OURS, "body": "Hi", **wanted})
        return caught.value

    return refused
