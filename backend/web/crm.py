"""``/crm/signed-in``: where a CRM's sign-in ends.

The CRM's redirect comes from another site, so the browser leaves the cookie of the admin pages
(``SameSite=Strict``) at home, and whoever asks is a stranger. This address knows and does nothing:
its page goes on to the admin pages from our own site, and there the cookie, the role and the state
are asked for.
"""

from flask import Blueprint, Response, request, url_for
from markupsafe import Markup

_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_ANSWER = ("state", "code", "error", "error_description")
"""What RFC 6749, 4.1.2, has a sign-in bring along."""
_PAGE = Markup(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme"'
    ' content="light dark"><meta http-equiv="refresh" content="0; url={there}">'
    '<title>Connecting · Repline</title></head><body><p><a href="{there}">Continue to Repline</a>'
    "</p></body></html>"
)


def blueprint() -> Blueprint:
    web = Blueprint("crm", __name__)

    @web.get("/crm/signed-in")
    def signed_in() -> Response:
        given = {name: request.args[name] for name in _ANSWER if name in request.args}
        there = url_for("admin.crms_signed_in", **given)  # type: ignore[arg-type]
        response = Response(_PAGE.format(there=there))
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-store"
        return response

    return web
