"""Entra: where its addresses are, its keys, its ID tokens and its refusals.

msal takes https addresses only, so everything here is told as login.microsoftonline.com's, but for
the one address that a person's browser opens. A client that is to reach the stand-in gives msal an
``http_client`` that sends what is meant for login.microsoftonline.com to the stand-in's address.
"""

import base64
import json
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Blueprint, Response, jsonify, request
from jwt.algorithms import RSAAlgorithm

from simulator.crms.crm import crm
from simulator.crms.store import Fields, Grant

TENANT = "5f0b1c6e-6a4e-4a7b-9d6b-0c1d2e3f4a5b"
HOST = "https://login.microsoftonline.com"
NAMES = f'<any("common","organizations","{TENANT}"):tenant>'
"""How the tenant may be named in a path."""
USES = frozenset({"user_impersonation", ".default"})
"""The scopes with which the Web API may be used; they are asked for after the org's address."""

REFUSALS = {
    50173: "The provided grant has expired due to it being revoked, a fresh auth token is needed. "
    "The user might have changed or reset their password.",
    65001: "The user or administrator has not consented to use the application. Send an "
    "interactive authorization request for this user and resource.",
    700082: "The refresh token has expired due to inactivity. The token was issued and was "
    "inactive for 90.00:00:00.",
    50076: "Due to a configuration change made by your administrator, or because you moved to a "
    "new location, you must use multi-factor authentication to access the resource.",
    70000: "The provided value for the input parameter 'refresh_token' is not valid.",
    70008: "The provided authorization code or refresh token has expired due to inactivity. Send a "
    "new interactive authorization request for this user and resource.",
    500112: "The reply address does not match the reply address provided when requesting the "
    "authorization code.",
    501481: "The Code_Verifier does not match the code_challenge supplied in the authorization "
    "request.",
    70003: "The app requested an unsupported grant type.",
    700016: "Application was not found in the directory.",
    7000215: "Invalid client secret provided.",
}
_ERRORS = {
    7000215: "invalid_client",
    700016: "unauthorized_client",
    70003: "unsupported_grant_type",
    50076: "interaction_required",
}
_REASONS = {
    "client": 700016,
    "secret": 7000215,
    "grant_type": 70003,
    "code": 70008,
    "redirect": 500112,
    "verifier": 501481,
}

blueprint = Blueprint("entra", __name__)


@blueprint.get(f"/{NAMES}/v2.0/.well-known/openid-configuration")
def configuration(tenant: str) -> dict[str, Any]:
    return {
        "issuer": f"{HOST}/{TENANT}/v2.0",
        "authorization_endpoint": f"{crm().url}/{tenant}/oauth2/v2.0/authorize",
        "token_endpoint": f"{HOST}/{tenant}/oauth2/v2.0/token",
        "jwks_uri": f"{HOST}/{tenant}/discovery/v2.0/keys",
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
    }


@blueprint.get(f"/{NAMES}/discovery/v2.0/keys")
def keys(tenant: str) -> dict[str, Any]:
    public = json.loads(RSAAlgorithm.to_jwk(_key().public_key()))
    return {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]}


def signed_in(url: str, grant: Grant, access_token: str, seconds: float) -> Fields:
    with crm().store.look() as books:
        user = books.of("systemuser")[grant.user]
    oid = user["azureactivedirectoryobjectid"]
    now = crm().now()
    claims = {
        "iss": f"{HOST}/{TENANT}/v2.0",
        "aud": crm().settings.client_id,
        "sub": str(uuid5(NAMESPACE_URL, oid)),
        "oid": oid,
        "tid": TENANT,
        "name": user["fullname"],
        "preferred_username": user["domainname"],
        "nonce": grant.nonce,
        "iat": now,
        "nbf": now,
        "exp": now + timedelta(hours=1),
        "ver": "2.0",
    }
    info = json.dumps({"uid": oid, "utid": TENANT}).encode()
    return {
        "token_type": "Bearer",
        "scope": " ".join(f"{url}/{scope}" for scope in grant.scopes if scope in USES),
        "expires_in": int(seconds),
        "ext_expires_in": int(seconds),
        "access_token": access_token,
        "id_token": jwt.encode(claims, _key(), algorithm="RS256", headers={"kid": "1"}),
        "client_info": base64.urlsafe_b64encode(info).rstrip(b"=").decode(),
    }


def holds(grant: Grant) -> bool:
    """Whether a refresh token may still be used, by what an admin of the tenant has set."""
    return not _ended(grant)


def no_sign_in(reason: str) -> Response:
    code = _REASONS.get(reason) or _why_no_refresh()
    now = crm().now().strftime("%Y-%m-%d %H:%M:%SZ")
    trace, correlation = str(uuid4()), str(uuid4())
    told = f"AADSTS{code}: {REFUSALS[code]} Trace ID: {trace} Correlation ID: {correlation} "
    response = jsonify(
        error=_ERRORS.get(code, "invalid_grant"),
        error_description=f"{told}Timestamp: {now}",
        error_codes=[code],
        timestamp=now,
        trace_id=trace,
        correlation_id=correlation,
        error_uri=f"https://login.microsoftonline.com/error?code={code}",
    )
    response.status_code = 401 if code == 7000215 else 400
    return response


def _why_no_refresh() -> int:
    given = request.form.get("refresh_token", "")
    with crm().store.look() as books:
        grant = next((g for g in books.grants if g.refresh_token == given), None)
    if not grant:
        return 70000
    return 50173 if grant.revoked else _ended(grant)


def _ended(grant: Grant) -> int:
    """The refusal that a refresh meets; 0 for none. A switch ``aadsts:<code>`` asks for one."""
    for switch in sorted(crm().switches):
        number = switch.removeprefix("aadsts:")
        if number != switch and number.isdecimal() and int(number) in REFUSALS:
            return int(number)
    return 0 if USES & set(grant.scopes) else 65001


@cache
def _key() -> rsa.RSAPrivateKey:
    """Made when it is first needed, and the same until the process ends."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)
