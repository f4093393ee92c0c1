"""Who may come in: asked before every address below ``/admin/``, also one that does not exist."""

import hmac
from urllib.parse import urlsplit

from flask import Blueprint, Response, g, redirect, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as AnyResponse

from backend.page_sessions import LONGEST_MS, SignedIn
from backend.store.audit import Actor
from backend.web.admin.services import Services

OPEN = frozenset({"admin.static", "admin.sign_in", "admin.try_sign_in"}) | frozenset(
    {"admin.welcome", "admin.use_welcome"}
)
"""What strangers may ask for; whatever is not in here asks for an admin."""
FORM_TOKEN = "form_token"  # noqa: S105 (its name in forms)
FORM_HEADER = "X-Form-Token"
_CHANGES_NOTHING = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


def register(web: Blueprint, services: Services) -> None:
    @web.before_request
    def ask() -> AnyResponse | None:
        return _ask(services)

    @web.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = _POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        # Not no-referrer: browsers would then name no origin on forms either.
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if request.endpoint != "admin.static":
            headers["Cache-Control"] = "no-store"
        return response


def who() -> SignedIn:
    """The admin who asks."""
    found: SignedIn = g.who
    return found


def actor() -> Actor:
    """The admin who asks, as the audit log names them."""
    admin = who()
    return Actor(admin.team, admin.user, admin.email, request.remote_addr or "")


def cookie(services: Services) -> str:
    """The name of the cookie. Browsers take ``__Secure-`` over https alone."""
    return ("__Secure-" if _secure(services) else "") + "repline-admin"


def token(services: Services) -> str:
    """What the browser holds, good or not; may be empty."""
    return request.cookies.get(cookie(services), "")


def let_in(response: AnyResponse, services: Services, given: str) -> None:
    """Give the browser the token of its session."""
    response.set_cookie(
        cookie(services),
        given,
        max_age=LONGEST_MS // 1000,
        path="/admin",
        secure=_secure(services),
        httponly=True,
        samesite="Strict",
    )


def let_out(response: AnyResponse, services: Services) -> None:
    response.delete_cookie(
        cookie(services),
        path="/admin",
        secure=_secure(services),
        httponly=True,
        samesite="Strict",
    )


def _ask(services: Services) -> AnyResponse | None:
    g.who, g.secure = None, _secure(services)
    if request.endpoint == "admin.static":
        return None
    changes = request.method not in _CHANGES_NOTHING
    if changes and not _from_these_pages(services):
        raise Forbidden("This was sent from another site, so nothing was changed.")
    if request.endpoint in OPEN:
        return None
    found = services.sessions.find(token(services))
    if found is None:
        here = request.full_path.rstrip("?") if not changes else ""
        return redirect(url_for("admin.sign_in", next=here or None), 303)
    g.who = found
    if not found.admin:
        raise Forbidden("These pages are for admins. Ask one of your team to make you one.")
    if changes and not _form_token_fits(found):
        raise Forbidden("This page was open for too long, so nothing was changed. Reload it.")
    return None


def _form_token_fits(found: SignedIn) -> bool:
    given = request.form.get(FORM_TOKEN) or request.headers.get(FORM_HEADER, "")
    return hmac.compare_digest(given.encode(), found.form_token.encode())


def _from_these_pages(services: Services) -> bool:
    """Browsers name the origin of everything that is posted; who names none is no browser."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return site == "same-origin"
    # A proxy may end TLS before us, so the host alone tells of the address that was asked for.
    here = {request.host.lower(), urlsplit(services.public_url).netloc.lower()}
    return urlsplit(origin).netloc.lower() in here


def _secure(services: Services) -> bool:
    return services.public_url.startswith("https://")
