"""What holds for every request: a name, so that what the log says of one can be found together,
and answers that no browser runs, frames, or guesses about, unless their own part says otherwise."""

from flask import Flask, Response, g

from backend import request_ids

PROTECTED = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def register(app: Flask) -> None:
    """Bind ``request_id`` to every entry of the log, and tell it to the caller. Comes before what
    else is registered, so that it sees each answer last."""

    @app.before_request
    def begin() -> None:
        g.request_id = request_ids.begin()

    @app.after_request
    def finish(response: Response) -> Response:
        if "request_id" in g:
            response.headers["X-Request-Id"] = g.request_id
        for name, value in PROTECTED.items():
            response.headers.setdefault(name, value)
        return response
