"""A name for each request, so that what the log says of one can be found together."""

from flask import Flask, Response, g

from backend import request_ids


def register(app: Flask) -> None:
    """Bind ``request_id`` to every entry of the log, and tell it to the caller."""

    @app.before_request
    def begin() -> None:
        g.request_id = request_ids.begin()

    @app.after_request
    def finish(response: Response) -> Response:
        if "request_id" in g:
            response.headers["X-Request-Id"] = g.request_id
        return response
