"""Salesforce among the CRMs: its door, its ids and its words."""

import base64
import hashlib
import hmac
from datetime import datetime

from flask import Blueprint, Response, jsonify

from simulator.crms.crm import Crm, Door, People, crm
from simulator.crms.salesforce import errors, ids, page, seed
from simulator.crms.salesforce.objects import OBJECTS
from simulator.crms.salesforce.rest import about, blueprint, composite, many, query, records
from simulator.crms.salesforce.values import written
from simulator.crms.store import Fields, Grant

ROUTES = (about, composite, many, query, records)
"""They add their routes to the one blueprint of ``rest`` when they are imported."""

_REFUSALS = {
    "client": ("invalid_client_id", "client identifier invalid"),
    "secret": ("invalid_client", "invalid client credentials"),
    "grant_type": ("unsupported_grant_type", "grant type not supported"),
    "code": ("invalid_grant", "expired authorization code"),
    "redirect": ("redirect_uri_mismatch", "redirect_uri must match configuration"),
    "verifier": ("invalid_grant", "invalid code verifier"),
    "refresh": ("invalid_grant", "expired access/refresh token"),
}


class Salesforce:
    name = "salesforce"
    title = "Salesforce"
    api: tuple[str, ...] = ("/services/data/v",)
    activities: tuple[str, ...] = ("Task",)
    blueprints: tuple[Blueprint, ...] = (blueprint, about.outside, page.blueprint)
    door = Door(
        authorize="/services/oauth2/authorize",
        token="/services/oauth2/token",  # noqa: S106 (an address)
        revoke="/services/oauth2/revoke",
        user="User",
        scopes=("api", "refresh_token", "id", "offline_access", "full"),
        access_seconds=2 * 60 * 60,
    )

    def canonical(self, object: str, id: str) -> str:
        return ids.long_form(id) or id

    def own_fields(self, object: str, id: str, at: datetime, created: bool) -> Fields:
        names = ("LastModifiedDate", "SystemModstamp", *(("CreatedDate",) if created else ()))
        return dict.fromkeys(names, written(at))

    def seed(self, crm: Crm, people: People) -> None:
        with crm.store.change() as books:
            for name in OBJECTS:
                books.of(name)
        seed.staff(crm)
        seed.people(crm, people)

    def expired(self) -> Response:
        return errors.refusal(errors.expired())

    def limit(self) -> Response:
        return errors.refusal(errors.over_limit())

    def failed(self) -> Response:
        message = "An unexpected error occurred. Please include this ErrorId if you contact support"
        return errors.refusal(errors.SalesforceError("UNKNOWN_EXCEPTION", message))

    def no_sign_in(self, reason: str) -> Response:
        error, description = _REFUSALS[reason]
        response = jsonify(error=error, error_description=description)
        response.status_code = 400
        return response

    def signed_in(self, url: str, grant: Grant, access_token: str, seconds: float) -> Fields:
        """Salesforce does not say how long the access token holds."""
        id = f"{url}/id/{about.ORG}/{grant.user}"
        issued = str(int(crm().now().timestamp() * 1000))
        secret = crm().settings.client_secret.encode()
        signature = hmac.digest(secret, f"{id}{issued}".encode(), hashlib.sha256)
        return {
            "access_token": access_token,
            "signature": base64.b64encode(signature).decode(),
            "scope": " ".join(grant.scopes),
            "instance_url": url,
            "id": id,
            "token_type": "Bearer",
            "issued_at": issued,
        }
