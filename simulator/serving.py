"""A WSGI app that is served: in this process for a test, or as a process of its own."""

import json
import logging
import signal
import threading
from collections.abc import Callable, Iterable
from typing import Self

from werkzeug.serving import WSGIRequestHandler, make_server


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: what a simulator remembers tells more."""


class Served:
    """``with Served(app) as served:`` serves on ``served.url`` until the end.

    Binds to 127.0.0.1; port 0 is one that the system chooses.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]], port: int = 0) -> None:
        self._server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def until_ended(served: Served) -> None:
    """Serve until SIGTERM or SIGINT. Prints ``{"url": ...}`` as one line once it listens."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with served:
        print(json.dumps({"url": served.url}), flush=True)
        ended.wait()
