"""For those who watch over the backend: is it up, can it work, what has it done."""

import hmac
import ipaddress
from collections.abc import Callable

import msgspec
import structlog
from flask import Blueprint, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from backend import metrics
from backend.store import vitals
from backend.store.writer import Writer
from backend.web.standing import measure

# A proxy on this machine calls from loopback too, on behalf of anybody.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
log = structlog.get_logger()


def blueprint(writer: Writer, metrics_token: str = "") -> Blueprint:
    """``/healthz``, ``/readyz`` and ``/metrics``; with ``metrics_token`` the latter asks for it as
    a bearer token, without one it answers this machine alone."""
    web = Blueprint("health", __name__)
    checks: dict[str, Callable[[], bool]] = {
        "database": vitals.answers,
        "migrations": lambda: not vitals.pending_migrations(),
        "writer": lambda: writer(lambda tx: tx.execute("SELECT 1").fetchone()) == (1,),
    }

    @web.get("/healthz")
    def healthy() -> Response:
        return _said({"up": True})

    @web.get("/readyz")
    def ready() -> Response:
        found = {name: _holds(name, check) for name, check in checks.items()}
        return _said({"ready": all(found.values()), **found}, 200 if all(found.values()) else 503)

    @web.get("/metrics")
    def measured() -> Response:
        if not _may_measure(metrics_token):
            return Response(status=404)
        measure()
        return Response(generate_latest(metrics.registry), content_type=CONTENT_TYPE_LATEST)

    return web


def _holds(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception as error:
        # Why is for the log: who asks may be anybody.
        log.error("ready.failed", check=name, error=f"{type(error).__name__}: {error}")
        return False


def _may_measure(token: str) -> bool:
    if token:
        given = request.headers.get("Authorization", "").encode("utf-8", "replace")
        return hmac.compare_digest(given, f"Bearer {token}".encode())
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _said(found: dict[str, bool], status: int = 200) -> Response:
    response = Response(msgspec.json.encode(found), status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
