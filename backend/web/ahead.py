"""Addresses that are answered ahead of Flask: webhooks come by the thousand, and half the time of
one was Flask's. They get the same request ids and the same care as everything behind them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import structlog

from backend import request_ids
from backend.web.requests import PROTECTED

log = structlog.get_logger()
Environ = Mapping[str, Any]
_STATUS = {
    200: "200 OK",
    204: "204 No Content",
    400: "400 Bad Request",
    403: "403 Forbidden",
    405: "405 Method Not Allowed",
    413: "413 Content Too Large",
    500: "500 Internal Server Error",
    503: "503 Service Unavailable",
}


class Answer(NamedTuple):
    """``status`` is one of the few that there are above."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class Ahead:
    """A WSGI application that answers POSTs to some paths itself; ``then`` has the rest."""

    def __init__(
        self, then: Callable[..., Iterable[bytes]], roads: Mapping[str, Callable[[Environ], Answer]]
    ) -> None:
        self._then = then
        self._roads = roads

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        road = self._roads.get(environ["PATH_INFO"])
        if road is None:
            return self._then(environ, start_response)
        request_ids.begin()
        answer = self._answer(environ, road)
        headers = [
            *answer.headers,
            *PROTECTED.items(),
            ("X-Request-Id", request_ids.current()),
        ]
        if answer.status != 204:  # which has no body, not even an empty one
            headers.append(("Content-Length", str(len(answer.body))))
        start_response(_STATUS[answer.status], headers)
        return (answer.body,)

    @staticmethod
    def _answer(environ: Environ, road: Callable[[Environ], Answer]) -> Answer:
        if environ["REQUEST_METHOD"] != "POST":
            return Answer(405, headers=(("Allow", "POST"),))
        try:
            return road(environ)
        except Exception:
            log.exception("request.failed", path=environ["PATH_INFO"])
            return Answer(500)
