"""Who may call: bearer tokens, and the origins whose pages may read our answers."""

from flask import Response, request

from backend.signing_in import Sessions
from backend.tokens import Identity, TokenError
from backend.web.api.problems import Refusal

METHODS = "GET, POST, PUT, DELETE"
PREFLIGHT_SECONDS = 7200
"""Chrome remembers a preflight for two hours at most."""


def identify(sessions: Sessions) -> Identity:
    """Who calls, or :class:`Refusal` 401."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refusal(
            401,
            "unauthenticated",
            "Sign in, then send Authorization: Bearer with the access token.",
            headers={"WWW-Authenticate": 'Bearer realm="repline"'},
        )
    try:
        return sessions.read(token.strip())
    except TokenError as error:
        raise Refusal(
            401,
            "token",
            str(error),
            headers={"WWW-Authenticate": 'Bearer realm="repline", error="invalid_token"'},
        ) from None


def protect(response: Response, origins: frozenset[str]) -> Response:
    """Add what keeps an answer to whom it is for: no copies, no sniffing, no foreign pages."""
    headers = response.headers
    headers["Cache-Control"] = "no-store"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    headers["Referrer-Policy"] = "no-referrer"
    headers.add("Vary", "Origin")
    origin = request.headers.get("Origin")
    if origin in origins:
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Expose-Headers"] = "Retry-After"
    return response


def preflight(origins: frozenset[str]) -> Response:
    """The answer to OPTIONS; foreign origins are told nothing, so the browser asks no further."""
    response = Response(status=204)
    if request.headers.get("Origin") in origins:
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return response
