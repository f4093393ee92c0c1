"""Who may call: bearer tokens, and the origins whose pages may read our answers."""

from flask import Response, request

from backend import api_keys
from backend.signing_in import Sessions
from backend.store import users
from backend.store.writer import Writer
from backend.tokens import Identity, TokenError
from backend.web.api.problems import Refusal
from backend.web.requests import PROTECTED

METHODS = "GET, POST, PUT, PATCH, DELETE"
PREFLIGHT_SECONDS = 7200
"""Chrome remembers a preflight for two hours at most."""


def identify(sessions: Sessions, writer: Writer) -> Identity:
    """Who calls, by access token or API key, or :class:`Refusal` 401."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise Refusal(
            401,
            "unauthenticated",
            "Sign in, then send Authorization: Bearer with the access token or an API key.",
            headers={"WWW-Authenticate": 'Bearer realm="repline"'},
        )
    try:
        if token.startswith(api_keys.PREFIX):
            return api_keys.read(writer, token)
        return sessions.read(token)
    except TokenError as error:
        raise Refusal(
            401,
            "token",
            str(error),
            headers={"WWW-Authenticate": 'Bearer realm="repline", error="invalid_token"'},
        ) from None


def authorise(identity: Identity, scope: str, admin: bool) -> None:
    """:class:`Refusal` 403 when this caller may not do this."""
    if identity.scopes is not None and not scope:
        raise Refusal(403, "people_only", "This is for people who sign in, not for API keys.")
    if identity.scopes is not None and scope not in identity.scopes:
        raise Refusal(403, "scope", f"This API key lacks the scope {scope!r}: make another.")
    account = users.account(identity.team, identity.user) if admin else None
    if admin and (account is None or account[0].role != "admin"):
        raise Refusal(403, "admins_only", "Only admins may do this.")


def protect(response: Response, origins: frozenset[str]) -> Response:
    """Add what keeps an answer to whom it is for: no copies, no sniffing, no foreign pages."""
    headers = response.headers
    headers["Cache-Control"] = "no-store"
    for name, value in PROTECTED.items():
        headers[name] = value
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
