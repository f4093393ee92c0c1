"""Serve a WSGI app from a thread, on a port that the OS picks."""

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Self

from werkzeug.serving import make_server

from demo.browser.certificate import server_context

logging.getLogger("werkzeug").setLevel(logging.ERROR)


class Serving:
    """``with Serving(app) as server: server.url, server.port``.

    With ``certificate`` (a PEM file with its key) it speaks HTTPS, and with the port given to
    ``Browser(https_port=...)`` it is every https host that the browser can see.
    """

    def __init__(
        self, app: Callable[..., Iterable[bytes]], certificate: Path | None = None
    ) -> None:
        context = server_context(certificate) if certificate else None
        # Its request threads are daemons: a socket held open does not keep the process alive.
        self._server = make_server("127.0.0.1", 0, app, threaded=True, ssl_context=context)
        self.port: int = self._server.server_port
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
