"""A running simulator: in this process for a test, or as a process of its own."""

import json
import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from werkzeug.serving import WSGIRequestHandler, make_server

from simulator.app import create_app
from simulator.carrier import Carrier, open_carrier
from simulator.clock import utc_now
from simulator.faults import Fault, Kind
from simulator.settings import Settings
from simulator.state import State


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: the ledger and the deliveries tell more."""


class Simulator:
    """``with Simulator(settings) as simulator:`` serves on ``simulator.url`` until the end.

    Binds to 127.0.0.1; port 0 is one that the system chooses.
    """

    def __init__(
        self, settings: Settings, port: int = 0, now: Callable[[], datetime] = utc_now
    ) -> None:
        self.carrier: Carrier = open_carrier(settings, now)
        app = create_app(settings, self.carrier)
        self._server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.carrier.url = self.url
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

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

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self.carrier.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def serve(settings: Settings, port: int = 0) -> None:
    """Serve until SIGTERM or SIGINT. Prints ``{"url": ...}`` as one line once it listens."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with Simulator(settings, port) as simulator:
        print(json.dumps({"url": simulator.url}), flush=True)
        ended.wait()
