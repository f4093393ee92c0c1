"""A name for each request, so that what the log says of one can be found together."""

import os

import structlog
from flask import Flask, Response, g


def begin() -> str:
    """A request begins: its name, to which every entry of the log is bound from now on."""
    request_id = os.urandom(16).hex()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id)
    return request_id


def register(app: Flask) -> None:
    """Bind ``request_id`` to every entry of the log, and tell it to the caller."""

    @app.before_request
    def name() -> None:
        g.request_id = begin()

    @app.after_request
    def finish(response: Response) -> Response:
        if "request_id" in g:
            response.headers["X-Request-Id"] = g.request_id
        return response
