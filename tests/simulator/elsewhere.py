"""What the tests stand on: the real library pointed at the simulator, and a listening backend."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from flask import Flask, Response, request
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from werkzeug.serving import WSGIRequestHandler, make_server

TOKEN = "a token of the tests"
ACCOUNT = "AC" + "1" * 32
OURS, OTHER = "+14045550123", "+14045550124"
MAYA = "+14045550187"
SERVICE, EMPTY_SERVICE = "MG" + "2" * 32, "MG" + "3" * 32


class MappedHttpClient(TwilioHttpClient):
    """Sends what is meant for a host of Twilio to another base address, and nothing elsewhere."""

    def __init__(self, base_url: str, **options: Any) -> None:
        super().__init__(**options)
        self.base_url = base_url

    def request(self, method: str, url: str, *args: Any, **options: Any) -> Any:
        parts = urlsplit(url)
        if not (parts.hostname or "").endswith(".twilio.com"):
            raise ValueError(f"{url} is not Twilio's")
        query = f"?{parts.query}" if parts.query else ""
        return super().request(method, f"{self.base_url}{parts.path}{query}", *args, **options)


@dataclass(frozen=True)
class Seen:
    """A webhook as it arrived. ``signed`` says whether the library finds it genuine."""

    path: str
    form: dict[str, str]
    headers: dict[str, str]
    signed: bool


@dataclass
class Listener:
    """A backend that writes down each webhook, then answers with the next of ``answers``: an HTTP
    status, or a function that does what it likes with the connection and gives a status."""

    answers: list[int | Callable[[socket.socket], int]] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._moved = threading.Condition()
        self._free = threading.Event()
        self._free.set()
        app = Flask(__name__)
        app.add_url_rule("/<path:path>", view_func=self._hear, methods=["GET", "POST"])
        self._server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def _hear(self, path: str) -> Response:
        genuine = RequestValidator(TOKEN).validate(
            request.url, request.form, request.headers.get("X-Twilio-Signature", "")
        )
        seen = Seen(
            request.full_path.rstrip("?"), request.form.to_dict(), dict(request.headers), genuine
        )
        with self._moved:
            self.seen.append(seen)
            answer = self.answers.pop(0) if self.answers else 204
            self._moved.notify_all()
        self._free.wait()
        status = answer if isinstance(answer, int) else answer(request.environ["werkzeug.socket"])
        return Response(status=status)

    def wait_for(self, condition: Callable[[list[Seen]], object], timeout: float = 5.0) -> bool:
        with self._moved:
            return bool(self._moved.wait_for(lambda: condition(self.seen), timeout))

    @contextmanager
    def held(self) -> Iterator[None]:
        """No webhook is answered inside this."""
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    def statuses(self) -> list[str]:
        """MessageStatus of each callback, in the order of arrival."""
        return [s.form["MessageStatus"] for s in self.seen if "MessageStatus" in s.form]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def cut(connection: socket.socket) -> int:
    """An answer for ``Listener.answers``: none, the connection just ends."""
    connection.shutdown(socket.SHUT_RDWR)
    return 204
