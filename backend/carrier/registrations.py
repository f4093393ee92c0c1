"""What Twilio says of brands, campaigns and toll-free verifications, read through its library."""

from collections.abc import Iterable
from typing import Any

from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from backend.ports import Registrations, Review

_FEW = 100
"""More of a kind than any company has."""


def read_registrations(client: Client, services: Iterable[str]) -> Registrations:
    messaging, trusthub = client.messaging.v1, client.trusthub.v1
    campaigns = {
        service: _review(made, made.campaign_status, made.brand_registration_sid)
        for service in services
        for made in messaging.services(service).us_app_to_person.stream(limit=1)
    }
    return Registrations(
        profiles=_bundles(trusthub.customer_profiles),
        products=_bundles(trusthub.trust_products),
        brands={
            made.sid: _review(made, made.status, made.customer_profile_bundle_sid)
            for made in messaging.brand_registrations.stream(limit=_FEW)
        },
        campaigns=campaigns,
        verifications={
            made.tollfree_phone_number_sid: _review(made, made.status)
            for made in messaging.tollfree_verifications.stream(limit=_FEW)
        },
    )


def _bundles(listed: Any) -> tuple[Review, ...]:
    try:
        return tuple(_review(made, made.status) for made in listed.stream(limit=_FEW))
    except TwilioException:
        # A subaccount may be kept from its parent's profiles; brand and campaign tell enough.
        return ()


def _review(made: Any, status: Any, of: str | None = None) -> Review:
    told = [*(getattr(made, "errors", None) or ())]
    # A brand has a reason beside its errors, a toll-free verification has nothing else.
    told += [
        getattr(made, name, None)
        for name in ("failure_reason", "rejection_reason")
        if isinstance(getattr(made, name, None), str)
    ]
    errors = tuple(dict.fromkeys(filter(None, map(_words, told))))
    return Review(made.sid, str(status or ""), errors, of or "")


def _words(error: Any) -> str:
    if isinstance(error, dict):
        error = error.get("description") or error.get("message") or error.get("error_code") or ""
    return str(error)[:300]
