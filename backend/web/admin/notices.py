"""What the next page says of what was just done. It travels in a signed cookie, for a minute."""

from typing import Any

from flask import Flask, current_app, g, redirect, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as AnyResponse

COOKIE = "repline-notice"
_SECONDS = 60


def register(app: Flask, key: bytes) -> None:
    """Sign notices with ``key`` from now on."""
    app.extensions["admin notices"] = URLSafeTimedSerializer(key, salt="notice")


def then(address: str, text: str, *, good: bool = True) -> AnyResponse:
    """Go to ``address`` and say there what was done, or why it was not."""
    response = redirect(address, 303)
    response.set_cookie(
        COOKIE,
        str(_signer().dumps({"text": text[:600], "good": good})),
        max_age=_SECONDS,
        path="/admin",
        secure=g.secure,
        httponly=True,
        samesite="Strict",
    )
    return response


def take() -> dict[str, Any] | None:
    """``{"text", "good"}`` of the page before, if it had something to say."""
    given = request.cookies.get(COOKIE)
    # Only to whom is signed in: the words may name users.
    if not given or g.get("who") is None:
        return None
    try:
        notice: dict[str, Any] = _signer().loads(given, max_age=_SECONDS)
    except BadData:
        return None
    return notice


def drop(response: AnyResponse) -> None:
    response.delete_cookie(COOKIE, path="/admin", httponly=True, samesite="Strict")


def _signer() -> URLSafeTimedSerializer:
    signer: URLSafeTimedSerializer = current_app.extensions["admin notices"]
    return signer
