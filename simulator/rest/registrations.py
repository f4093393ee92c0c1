"""Registrations: profiles, brands, campaigns, toll-free verifications. People decide on them, at
``POST /simulator/registrations``."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, g, request

from simulator import registrations
from simulator.errors import TwilioError
from simulator.phones import toll_free
from simulator.records import Registration
from simulator.resources import iso8601
from simulator.rest import carrier, not_found, protect
from simulator.rest.paging import meta_page
from simulator.rest.services import service

blueprint = Blueprint("registrations", __name__, url_prefix="/v1")
protect(blueprint)


@blueprint.get("/CustomerProfiles")
def profiles() -> dict[str, Any]:
    return _listed("profile", "results", _bundle)


@blueprint.post("/CustomerProfiles")
def add_profile() -> tuple[dict[str, Any], int]:
    return _bundle(_add("profile", name=_needed("FriendlyName"))), 201


@blueprint.get("/TrustProducts")
def products() -> dict[str, Any]:
    return _listed("product", "results", _bundle)


@blueprint.post("/TrustProducts")
def add_product() -> tuple[dict[str, Any], int]:
    return _bundle(_add("product", name=_needed("FriendlyName"))), 201


@blueprint.get("/a2p/BrandRegistrations")
def brands() -> dict[str, Any]:
    return _listed("brand", "data", _brand)


@blueprint.post("/a2p/BrandRegistrations")
def add_brand() -> tuple[dict[str, Any], int]:
    _needed("A2PProfileBundleSid")
    return _brand(_add("brand", of=_needed("CustomerProfileBundleSid"))), 201


@blueprint.get("/a2p/BrandRegistrations/<sid>")
def brand(sid: str) -> dict[str, Any]:
    return _brand(_found(sid))


@blueprint.get("/Services/<service_sid>/Compliance/Usa2p")
def campaigns(service_sid: str) -> dict[str, Any]:
    service(service_sid)
    return _listed("campaign", "compliance", _campaign, lambda r: r.of == service_sid)


@blueprint.post("/Services/<service_sid>/Compliance/Usa2p")
def add_campaign(service_sid: str) -> tuple[dict[str, Any], int]:
    service(service_sid)
    description, brand_sid = _needed("Description"), _needed("BrandRegistrationSid")
    if not 40 <= len(description) <= 4096:
        raise TwilioError(20001, "Description")
    if _found(brand_sid).status != "APPROVED":
        raise TwilioError(21713, brand_sid)
    return _campaign(_add("campaign", of=service_sid, brand=brand_sid, name=description)), 201


@blueprint.get("/Tollfree/Verifications")
def verifications() -> dict[str, Any]:
    number = request.args.get("TollfreePhoneNumberSid")
    return _listed("verification", "verifications", _verification, lambda r: number in (None, r.of))


@blueprint.post("/Tollfree/Verifications")
def add_verification() -> tuple[dict[str, Any], int]:
    sid = _needed("TollfreePhoneNumberSid")
    with carrier().state.look() as books:
        number = books.numbers.get(sid)
    if not number or number.account_sid != g.account_sid or not toll_free(number.phone_number):
        raise TwilioError(20001, "TollfreePhoneNumberSid")
    return _verification(_add("verification", of=sid, name=_needed("BusinessName"))), 201


def _needed(name: str) -> str:
    value = request.form.get(name, "")
    if not value:
        raise TwilioError(20001, name)
    return value


def _add(kind: str, **more: str) -> Registration:
    with carrier().state.change() as books:
        return registrations.add(books, kind, g.account_sid, carrier().now(), **more)


def _found(sid: str) -> Registration:
    with carrier().state.look() as books:
        found = books.registrations.get(sid)
    if not found or found.account_sid != g.account_sid:
        raise not_found()
    return found


def _listed(
    kind: str,
    key: str,
    write: Callable[[Registration], dict[str, Any]],
    wanted: Callable[[Registration], bool] = lambda record: True,
) -> dict[str, Any]:
    with carrier().state.look() as books:
        found = [
            each
            for each in books.registrations.values()
            if each.kind == kind and each.account_sid == g.account_sid and wanted(each)
        ]
    return meta_page(key, found, lambda each: each.sid, write)


def _written(record: Registration) -> dict[str, Any]:
    return {
        "sid": record.sid,
        "account_sid": record.account_sid,
        "status": record.status,
        "date_created": iso8601(record.created),
        "date_updated": iso8601(record.updated),
    }


def _bundle(record: Registration) -> dict[str, Any]:
    errors = [{"code": 22222, "message": each} for each in record.errors]
    return {**_written(record), "friendly_name": record.name, "errors": errors}


def _brand(record: Registration) -> dict[str, Any]:
    errors = [{"code": "30798", "description": each} for each in record.errors]
    return {
        **_written(record),
        "brand_type": "STANDARD",
        "customer_profile_bundle_sid": record.of,
        "errors": errors,
        "failure_reason": None,
        "mock": False,
    }


def _campaign(record: Registration) -> dict[str, Any]:
    written = _written(record)
    errors = [{"error_code": 30886, "description": each} for each in record.errors]
    return {
        **written,
        "campaign_status": written.pop("status"),
        "messaging_service_sid": record.of,
        "brand_registration_sid": record.brand,
        "description": record.name,
        "us_app_to_person_usecase": "MIXED",
        "errors": errors,
        "mock": False,
    }


def _verification(record: Registration) -> dict[str, Any]:
    return {
        **_written(record),
        "tollfree_phone_number_sid": record.of,
        "business_name": record.name,
        "rejection_reason": "; ".join(record.errors) or None,
    }
