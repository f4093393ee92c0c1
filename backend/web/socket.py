"""``GET /ws``: the WebSocket handshake, after which the connection belongs to the hub.

flask-sock and simple-websocket shake hands. Then the descriptor is taken out of gunicorn's socket
object, so that nothing on the request's way out can write to it, shut it down or close it.
"""

import gc
from collections.abc import Callable
from itertools import count
from typing import Any

import gevent.socket
import gevent.ssl
from flask import Blueprint, Flask, Response, request
from flask_sock import Sock

from backend.hub.poller import Poller
from shared.wire import Problem, encode

COLLECTED_EVERY = 250
"""A handshake leaves some fifty objects in circles. The collector looks late, so as not to hold up
texts; what a storm of sockets left until then stayed with the process."""


class NoThread:
    """Stands where simple-websocket would start a thread per socket to read it."""

    name = "none"

    def __init__(self, target: Callable[[], None]) -> None:
        pass

    def start(self) -> None:
        pass


def register(app: Flask, poller: Poller, origins: frozenset[str]) -> None:
    """Serve ``/ws``; ``origins`` are those whose pages may open it, such as
    ``chrome-extension://…``. Needs ``gunicorn -k gevent``, and answers 501 anywhere else."""
    blueprint = Blueprint("socket", __name__)
    sock = Sock()
    handshakes = count(1)
    app.config["SOCK_SERVER_OPTIONS"] = {"thread_class": NoThread}

    @blueprint.before_request
    def refuse() -> Response | None:
        # The compressor's window would cost 100 KiB a socket.
        request.environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return _refusal(request.environ, origins)

    @sock.route("/ws", bp=blueprint)
    def open_socket(ws: Any) -> None:
        early = request.environ["wsgi.input"].reader.unreader.take_buffered()
        fd = ws.sock.detach()
        ws.connected = False  # flask-sock closes what is connected, with a frame of its own
        poller.adopt(fd, early)
        if next(handshakes) % COLLECTED_EVERY == 0:
            gc.collect()

    @blueprint.get("/ws", websocket=False)
    def not_a_socket() -> Response:
        # Never reached: `refuse` has answered 426. The route makes it an answer and not a 404.
        raise AssertionError

    app.register_blueprint(blueprint)


def _refusal(environ: dict[str, Any], origins: frozenset[str]) -> Response | None:
    headers = request.headers
    if (headers.get("Upgrade") or "").lower() != "websocket" or "upgrade" not in [
        token.strip().lower() for token in headers.get("Connection", "").split(",")
    ]:
        return _problem(426, "This address speaks WebSocket only", Upgrade="websocket")
    if headers.get("Sec-WebSocket-Version") != "13" or not headers.get("Sec-WebSocket-Key"):
        return _problem(
            426, "Only version 13 of WebSocket is spoken here", **{"Sec-WebSocket-Version": "13"}
        )
    # A browser always names its page's origin, so a stranger's page is refused. A program that
    # names none could name any: what lets it in is the token in the first frame.
    origin = headers.get("Origin")
    if origin is not None and origin not in origins:
        return _problem(403, "This origin may not open a socket here")
    if request.query_string:
        return _problem(400, "Send the token in the first frame: addresses end up in logs")
    if request.content_length or "HTTP_TRANSFER_ENCODING" in environ:
        return _problem(400, "The handshake has no body")
    connection = environ.get("gunicorn.socket")
    if not isinstance(connection, gevent.socket.socket):
        return _problem(501, "WebSocket needs gunicorn with its gevent worker: `repline serve`")
    if isinstance(connection, gevent.ssl.SSLSocket):
        return _problem(501, "TLS has to end at a proxy before gunicorn")
    return None


def _problem(status: int, detail: str, **headers: str) -> Response:
    problem = Problem(
        type="about:blank", title="The socket was not opened", status=status, detail=detail
    )
    response = Response(encode(problem), status, content_type="application/problem+json")
    response.headers.update(headers)
    return response
