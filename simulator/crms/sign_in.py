"""OAuth 2: the authorization code with PKCE (RFC 6749, 7636) and revocation (RFC 7009), at the
paths and in the words of a CRM.

A test consents by one POST to the authorization address, as the page's button does.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from flask import Blueprint, Flask, Response, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from simulator.crms.crm import Crm, crm
from simulator.crms.store import Code


def add_sign_in(app: Flask, crm: Crm) -> None:
    """Serve the CRM's door."""
    door = crm.dialect.door
    blueprint = Blueprint("sign_in", __name__)
    blueprint.url_value_preprocessor(_without_names)
    blueprint.add_url_rule(door.authorize, view_func=ask, methods=["GET"])
    blueprint.add_url_rule(door.authorize, view_func=decide, methods=["POST"])
    blueprint.add_url_rule(door.token, view_func=token, methods=["POST"])
    if door.revoke:
        blueprint.add_url_rule(door.revoke, view_func=revoke, methods=["POST"])
    app.register_blueprint(blueprint)


def _without_names(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """The name of a tenant in a path tells nothing here: there is one."""
    if values:
        values.clear()


def ask() -> Response | tuple[str, int]:
    """The page that asks the user; what cannot be answered by a redirect is said here."""
    if wrong := _wrong_request():
        return render_template("refused.html", title=crm().dialect.title, why=wrong), 400
    asked = _scopes(request.args.get("scope", ""))
    with crm().store.look() as books:
        users = list(books.of(crm().dialect.door.user).items())
    page = render_template(
        "consent.html",
        title=crm().dialect.title,
        app=request.args["client_id"],
        scopes=asked,
        users=[(id, _label(fields)) for id, fields in users],
    )
    return Response(page, headers={"Content-Security-Policy": _POLICY})


def decide() -> AnyResponse | tuple[str, int]:
    """The user's answer, as a form: ``decision`` (allow or deny), ``user`` (an id; the first one
    without it), ``scope`` (each that is left on; what was asked for without it)."""
    if wrong := _wrong_request():
        return render_template("refused.html", title=crm().dialect.title, why=wrong), 400
    if request.form.get("decision") != "allow":
        return _back(error="access_denied", error_description="end-user denied authorization")
    asked = _scopes(request.args.get("scope", ""))
    left = request.form.getlist("scope") or asked
    with crm().store.change() as books:
        users = books.of(crm().dialect.door.user)
        user = request.form.get("user") or next(iter(users), "")
        if user not in users:
            return _back(error="access_denied", error_description="no such user")
        code = secrets.token_urlsafe(30)
        books.codes[code] = Code(
            user=user,
            scopes=[scope for scope in asked if scope in left],
            redirect_uri=request.args["redirect_uri"],
            challenge=request.args.get("code_challenge", ""),
            ends=crm().now() + timedelta(seconds=crm().settings.code_seconds),
            nonce=request.args.get("nonce", ""),
        )
    return _back(code=code)


def token() -> Response:
    """Exchange a code, or refresh."""
    dialect, settings, form = crm().dialect, crm().settings, request.form
    given = request.authorization
    basic = given if given and given.type == "basic" else None
    client = (basic.username if basic else form.get("client_id")) or ""
    secret = (basic.password if basic else form.get("client_secret")) or ""
    if not _same(client, settings.client_id):
        return dialect.no_sign_in("client")
    if not _same(secret, settings.client_secret):
        return dialect.no_sign_in("secret")
    if form.get("grant_type") == "authorization_code":
        found = _exchange()
    elif form.get("grant_type") == "refresh_token":
        found = _refreshed()
    else:
        found = "grant_type"
    if isinstance(found, str):
        return dialect.no_sign_in(found)
    access_token = crm().access(found)
    with crm().store.look() as books:
        grant = books.grants[found]
        answer = dialect.signed_in(crm().url, grant, access_token, crm().access_seconds)
        # Who keeps the refresh token leaves it out of the answer to a refresh.
        if form["grant_type"] == "authorization_code" or dialect.door.rotates:
            answer["refresh_token"] = grant.refresh_token
    response = jsonify(answer)
    response.headers["Cache-Control"] = "no-store"
    return response


def revoke() -> Response:
    """End the grant of an access or refresh token; 200 also for a token that nobody knows."""
    given = request.form.get("token", "") or request.args.get("token", "")
    with crm().store.change() as books:
        access = books.accesses.get(given)
        for index, grant in enumerate(books.grants):
            if _same(given, grant.refresh_token) or (access and access.grant == index):
                grant.revoked = True
    return Response()


def _exchange() -> int | str:
    """The grant that the code is good for, or what did not hold."""
    with crm().store.change() as books:
        # Taken out first: a code is good for one try.
        code = books.codes.pop(request.form.get("code", ""), None)
    if not code or code.ends <= crm().now():
        return "code"
    if request.form.get("redirect_uri") != code.redirect_uri:
        return "redirect"
    verifier = request.form.get("code_verifier", "")
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    if code.challenge and not _same(challenge, code.challenge):
        return "verifier"
    return crm().grant(code.user, code.scopes, code.nonce)


def _refreshed() -> int | str:
    given = request.form.get("refresh_token", "")
    with crm().store.change() as books:
        for index, grant in enumerate(books.grants):
            if _same(given, grant.refresh_token) and not grant.revoked:
                if not crm().dialect.door.holds(grant):
                    return "refresh"
                if crm().dialect.door.rotates:
                    grant.refresh_token = secrets.token_urlsafe(40)
                return index
    return "refresh"


def _wrong_request() -> str:
    """Why the browser must not be sent anywhere; empty when the request is in order."""
    args, door = request.args, crm().dialect.door
    if args.get("client_id") != crm().settings.client_id:
        return "invalid_client_id: client identifier invalid"
    if args.get("redirect_uri") not in crm().redirect_uris:
        return "redirect_uri_mismatch: redirect_uri must match configuration"
    if args.get("response_type") != "code":
        return "unsupported_response_type: response type not supported"
    if door.needs_challenge and not args.get("code_challenge"):
        return "invalid_request: missing required code challenge"
    if args.get("code_challenge") and args.get("code_challenge_method", "S256") != "S256":
        return "invalid_request: code challenge method must be S256"
    unknown = set(_scopes(args.get("scope", ""))) - set(door.scopes)
    return f"invalid_scope: {' '.join(sorted(unknown))}" if unknown else ""


def _scopes(asked: str) -> list[str]:
    """Those that were asked for, without the org's address before them; all that there are when
    none was."""
    own = f"{crm().url}/"
    return [s.removeprefix(own) for s in asked.split()] or list(crm().dialect.door.scopes)


def _back(**answer: str) -> AnyResponse:
    """To the app's address, with the answer and the state that it sent along."""
    if state := request.args.get("state"):
        answer["state"] = state
    parts = urlsplit(request.args["redirect_uri"])
    query = "&".join(part for part in (parts.query, urlencode(answer)) if part)
    return redirect(urlunsplit(parts._replace(query=query)), 302)


def _label(fields: dict[str, object]) -> str:
    return next((str(v) for k, v in fields.items() if k.lower().endswith("email")), "a user")


def _same(one: str, other: str) -> bool:
    return bool(one) and hmac.compare_digest(one.encode(), other.encode())


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
