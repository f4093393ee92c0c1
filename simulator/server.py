"""A running simulator: in this process for a test, or as a process of its own."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from simulator.app import create_app
from simulator.carrier import Carrier, open_carrier
from simulator.clock import utc_now
from simulator.faults import Fault, Kind
from simulator.serving import Served, until_ended
from simulator.settings import Settings
from simulator.state import State


class Simulator(Served):
    """``with Simulator(settings) as simulator:`` serves on ``simulator.url`` until the end.

    Binds to 127.0.0.1; port 0 is one that the system chooses.
    """

    def __init__(
        self, settings: Settings, port: int = 0, now: Callable[[], datetime] = utc_now
    ) -> None:
        self.carrier: Carrier = open_carrier(settings, now)
        super().__init__(create_app(settings, self.carrier), port)
        self.carrier.url = self.url

    @property
    def state(self) -> State:
        return self.carrier.state

    @property
    def backend_url(self) -> str:
        return self.carrier.backend_url

    @backend_url.setter
    def backend_url(self, url: str) -> None:
        """Where numbers without an SmsUrl send what they receive, from now on."""
        self.carrier.backend_url = url.rstrip("/")

    def fault(self, kind: Kind, **options: Any) -> None:
        """Arm a fault; the options are those of ``Fault`` (``from_`` for the sender)."""
        self.carrier.faults.arm([Fault(kind, **options)])

    def settle(self, timeout: float = 10.0) -> bool:
        """Wait until every text has come to rest and every webhook was tried; False after
        ``timeout`` seconds. Scheduled texts are at rest."""
        return self.carrier.timer.settle(timeout)

    def stop(self) -> None:
        super().stop()
        self.carrier.close()


def serve(settings: Settings, port: int = 0) -> None:
    """Serve until SIGTERM or SIGINT. Prints ``{"url": ...}`` as one line once it listens."""
    until_ended(Simulator(settings, port))
