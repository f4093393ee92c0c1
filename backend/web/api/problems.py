"""Refusals, as RFC 9457 problem+json: what is wrong, where, and what to do about it."""

from collections.abc import Mapping
from http import HTTPStatus

import structlog
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from backend.inbox import cursors
from backend.team.faults import Invalid, NotThere, Refused, Stale
from backend.team.settings import WouldErase
from shared import wire

TYPE = "application/problem+json"
log = structlog.get_logger()


class Refusal(Exception):
    """Raised by whatever handles a request. ``reason`` is for programs, ``detail`` for people;
    ``errors`` say by field what to do, where that is more than ``detail`` of ``field``."""

    def __init__(
        self,
        status: int,
        reason: str,
        detail: str,
        *,
        field: str = "",
        errors: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.reason = reason
        self.detail = detail
        self.errors = errors or ({field: detail} if field else {})
        self.headers = headers or {}


_ADVICE = {
    404: ("not_found", "There is nothing at this address, or it is not yours to see."),
    405: ("method_not_allowed", "This address does not take this method; Allow names those."),
    413: ("too_large", "The body is too large: 64 KiB at most."),
    500: ("failed", "Something went wrong here; it is in our log. Nothing may have changed."),
}
# What the rules say against a change; the first that fits.
_FAULTS: tuple[tuple[type[Invalid], int, str], ...] = (
    (Stale, 409, "stale"),
    (WouldErase, 409, "would_erase"),
    (Refused, 409, "refused"),
    (Invalid, 400, "invalid"),
)


def answer(refusal: Refusal) -> Response:
    errors = [wire.FieldProblem(field=f, detail=d) for f, d in refusal.errors.items() if f]
    problem = wire.Problem(
        type=f"urn:repline:{refusal.reason}",
        title=HTTPStatus(refusal.status).phrase,
        status=refusal.status,
        detail=refusal.detail,
        field=errors[0].field if errors else "",
        errors=errors,
    )
    response = Response(wire.encode(problem), refusal.status, content_type=TYPE)
    response.headers.update(refusal.headers)
    return response


def register(app: Flask, prefix: str) -> None:
    """Answer every error under ``prefix`` with a problem, also where no route matched; other
    addresses keep Flask's own."""

    def ours() -> bool:
        return request.path == prefix or request.path.startswith(prefix + "/")

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response | HTTPException:
        if not ours() or error.code is None or error.code < 400:
            return error
        reason, detail = _ADVICE.get(error.code, ("refused", error.description or error.name))
        response = answer(Refusal(error.code, reason, detail))
        for name, value in error.get_headers():
            if name.lower() in ("allow", "retry-after"):
                response.headers[name] = value
        return response

    @app.errorhandler(Refusal)
    def refusal(error: Refusal) -> Response:
        return answer(error)

    @app.errorhandler(cursors.BadCursor)
    def bad_cursor(error: cursors.BadCursor) -> Response:
        detail = "The cursor is not one of ours: use what the page before gave as next."
        return answer(Refusal(400, "malformed", detail, field="before"))

    @app.errorhandler(Invalid)
    def fault(error: Invalid) -> Response:
        status, reason = next((s, r) for kind, s, r in _FAULTS if isinstance(error, kind))
        return answer(Refusal(status, reason, str(error), errors=error.errors))

    @app.errorhandler(NotThere)
    def not_there(_error: NotThere) -> Response:
        return answer(Refusal(404, *_ADVICE[404]))

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        log.error("request.failed", path=request.path, method=request.method, exc_info=error)
        if ours():
            return answer(Refusal(500, *_ADVICE[500]))
        return Response(
            "Something went wrong here; it is in our log.\n", 500, mimetype="text/plain"
        )
