"""What is different from CRM to CRM, as HubSpot has it."""

from datetime import datetime
from uuid import uuid4

from flask import Blueprint, Response, jsonify

from simulator.crms.crm import Crm, Door, People
from simulator.crms.hubspot import errors, oauth, page, records, seeding
from simulator.crms.hubspot.api import associations, batches, objects, owners, properties
from simulator.crms.hubspot.api import blueprint as crm_api
from simulator.crms.hubspot.schema import ACTIVITIES
from simulator.crms.store import Fields, Grant

for module in (associations, batches, objects, owners, properties):
    crm_api.register_blueprint(module.blueprint)

SCOPES = (
    "oauth",
    *(
        f"crm.objects.{object}.{what}"
        for object in ("contacts", "companies", "deals")
        for what in ("read", "write")
    ),
    "crm.objects.owners.read",
    "crm.schemas.contacts.read",
    "crm.schemas.contacts.write",
)

REFUSALS = {
    "client": ("BAD_CLIENT_ID", "invalid_client", "missing or invalid client id"),
    "secret": ("BAD_CLIENT_SECRET", "invalid_client", "missing or invalid client secret"),
    "grant_type": ("BAD_GRANT_TYPE", "unsupported_grant_type", "missing or invalid grant type"),
    "code": ("BAD_AUTH_CODE", "invalid_grant", "missing or unknown auth code"),
    "redirect": ("BAD_REDIRECT_URI", "invalid_grant", "missing or invalid redirect uri"),
    "verifier": ("BAD_CODE_VERIFIER", "invalid_grant", "missing or invalid code verifier"),
    "refresh": ("BAD_REFRESH_TOKEN", "invalid_grant", "missing or invalid refresh token"),
}


class HubSpot:
    """Settings that HubSpot heeds: ``burst`` (requests in ten seconds), ``budget`` (in 24 hours)
    and ``search_lag`` (seconds until what was created is found)."""

    name = "hubspot"
    title = "HubSpot"
    api: tuple[str, ...] = ("/crm/",)
    activities: tuple[str, ...] = ACTIVITIES
    blueprints: tuple[Blueprint, ...] = (crm_api, oauth.blueprint, page.blueprint)
    door = Door(
        authorize="/oauth/authorize",
        token="/oauth/2026-03/token",  # noqa: S106 (a path)
        revoke="/oauth/2026-03/token/revoke",
        user="owners",
        scopes=SCOPES,
        access_seconds=1800,
        needs_challenge=False,
    )

    def canonical(self, object: str, id: str) -> str:
        return id.strip()

    def own_fields(self, object: str, id: str, at: datetime, created: bool) -> Fields:
        return records.own_fields(object, id, at, created)

    def seed(self, crm: Crm, people: People) -> None:
        seeding.seed(crm, people)

    def expired(self) -> Response:
        return errors.refusal(errors.expired_credentials("2026-01-01T00:00:00.000Z"))

    def limit(self) -> Response:
        return errors.rate_limited("TEN_SECONDLY_ROLLING")

    def failed(self) -> Response:
        return errors.refusal(errors.HubSpotError(500, "INTERNAL_ERROR", "internal error"))

    def no_sign_in(self, reason: str) -> Response:
        status, error, message = REFUSALS[reason]
        response = jsonify(
            status=status,
            message=message,
            correlationId=str(uuid4()),
            error=error,
            error_description=message,
        )
        response.status_code = 400
        return response

    def signed_in(self, url: str, grant: Grant, access_token: str, seconds: float) -> Fields:
        # HubSpot answers a refresh with the refresh token that it was asked with.
        return {
            "token_type": "bearer",
            "access_token": access_token,
            "refresh_token": grant.refresh_token,
            "expires_in": int(seconds),
            "hub_id": records.PORTAL,
            "user_id": oauth.user_id(grant),
            "scopes": grant.scopes,
        }
