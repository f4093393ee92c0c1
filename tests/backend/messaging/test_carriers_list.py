"""The carrier's list, read with the real library over HTTP from the simulator."""

from datetime import UTC, datetime, timedelta

from backend.carrier.twilio import TwilioCarrier
from backend.messaging.status import CARRIER
from simulator.records import Message
from simulator.server import Simulator
from simulator.settings import Settings
from tests.backend.world import ANA_NUMBER

ACCOUNT, TOKEN = "AC" + "1" * 32, "a token of the tests"
MANY = 5_001


def test_the_oldest_of_thousands_is_listed_too():
    """The list gives the newest first: a limit would leave out what was lost first."""
    began = datetime.now(UTC) - timedelta(hours=3)
    settings = Settings(account_sid=ACCOUNT, auth_token=TOKEN, backend_url="", numbers=())
    with Simulator(settings) as running:
        with running.state.change() as books:
            for each in range(MANY):
                at = began + timedelta(seconds=each)
                books.messages[f"SM{each}"] = Message(
                    sid=f"SM{each}",
                    account_sid=ACCOUNT,
                    to=ANA_NUMBER,
                    from_="+14045550187",
                    body="Hello",
                    direction="inbound",
                    status="received",
                    segments=1,
                    created=at,
                    updated=at,
                )
        carrier = TwilioCarrier(ACCOUNT, TOKEN, running.url, CARRIER)
        listed = list(carrier.sent_since(int(began.timestamp() * 1000)))
    assert (len(listed), listed[-1].sid) == (MANY, "SM0")
