"""What HubSpot tells of tokens, and the older paths of its sign-in.

The dated paths are the newest. ``/oauth/v1``, which the client library still calls, ends on
16 February 2027: https://developers.hubspot.com/changelog/v1-oauth-api-deprecation
"""

from typing import Any

from flask import Blueprint, Response, request

from simulator.crms import sign_in
from simulator.crms.crm import crm
from simulator.crms.hubspot.errors import HubSpotError, refusal
from simulator.crms.hubspot.records import PORTAL
from simulator.crms.store import Books, Grant

blueprint = Blueprint("hubspot_oauth", __name__, url_prefix="/oauth")
blueprint.register_error_handler(HubSpotError, refusal)
for path in ("/v1/token", "/v3/token"):
    blueprint.add_url_rule(path, view_func=sign_in.token, methods=["POST"])
blueprint.add_url_rule("/v3/token/revoke", view_func=sign_in.revoke, methods=["POST"])

APP = 1_234_567


@blueprint.get("/v1/access-tokens/<token>")
def access_token(token: str) -> dict[str, Any]:
    grant = crm().who(token)
    if not grant:
        raise _unknown("access")
    return {"token": token, "expires_in": _left(token), **_told(grant, "access")}


@blueprint.get("/v1/refresh-tokens/<token>")
def refresh_token(token: str) -> dict[str, Any]:
    with crm().store.look() as books:
        grant = _of_refresh(books, token)
    if not grant:
        raise _unknown("refresh")
    return {"token": token, "client_id": crm().settings.client_id, **_told(grant, "refresh")}


@blueprint.delete("/v1/refresh-tokens/<token>")
def end(token: str) -> Response:
    """The app gives its leave back."""
    with crm().store.change() as books:
        grant = _of_refresh(books, token)
        if not grant:
            raise _unknown("refresh")
        grant.revoked = True
    return Response(status=204)


@blueprint.post("/v3/token/introspect")
@blueprint.post("/2026-03/token/introspect")
def introspect() -> dict[str, Any]:
    """What a token stands for; ``{"active": false}`` for one that does not hold."""
    token = request.form.get("token", "")
    if request.form.get("client_id") != crm().settings.client_id:
        raise HubSpotError(400, "VALIDATION_ERROR", "missing or invalid client id")
    if grant := crm().who(token):
        return {"active": True, "expires_in": _left(token), **_told(grant, "access_token")}
    with crm().store.look() as books:
        grant = _of_refresh(books, token)
    return {"active": True, **_told(grant, "refresh_token")} if grant else {"active": False}


def user_id(grant: Grant) -> int:
    with crm().store.look() as books:
        return int(books.of("owners")[grant.user]["userId"])


def _of_refresh(books: Books, token: str) -> Grant | None:
    held = [g for g in books.grants if not g.revoked]
    return next((grant for grant in held if grant.refresh_token == token), None)


def _left(access_token: str) -> int:
    """Seconds for which an access token holds."""
    with crm().store.look() as books:
        return int((books.accesses[access_token].ends - crm().now()).total_seconds())


def _told(grant: Grant, token_type: str) -> dict[str, Any]:
    with crm().store.look() as books:
        email = books.of("owners")[grant.user]["email"]
    return {
        "token_type": token_type,
        "user": email,
        "user_id": user_id(grant),
        "hub_id": PORTAL,
        "hub_domain": "northwind.example",
        "app_id": APP,
        "scopes": grant.scopes,
    }


def _unknown(what: str) -> HubSpotError:
    return HubSpotError(404, "OBJECT_NOT_FOUND", f"{what} token not found")
