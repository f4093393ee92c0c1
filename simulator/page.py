"""The page on which a person plays the prospect's phone."""

from pathlib import Path

from flask import Blueprint, Response, send_from_directory

blueprint = Blueprint("page", __name__)
_STATIC = Path(__file__).parent / "static"
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)


@blueprint.get("/")
def phone() -> Response:
    return _file("phone.html")


@blueprint.get("/static/<name>")
def static(name: str) -> Response:
    return _file(name)


def _file(name: str) -> Response:
    response = send_from_directory(_STATIC, name, max_age=0)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
