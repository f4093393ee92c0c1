"""Messaging Services: pools of numbers, and where what arrives on them goes."""

from typing import Any

from flask import Blueprint, Response, g, request

from simulator import registrations
from simulator.errors import TwilioError
from simulator.phones import short_code
from simulator.records import Number, Service
from simulator.resources import iso8601
from simulator.rest import carrier, not_found, protect
from simulator.rest.paging import meta_page

blueprint = Blueprint("services", __name__, url_prefix="/v1/Services")
protect(blueprint)


@blueprint.get("")
def index() -> dict[str, Any]:
    with carrier().state.look() as books:
        found = [s for s in books.service_settings.values() if s.account_sid == g.account_sid]
    return meta_page("services", found, lambda s: s.sid, _written)


@blueprint.post("")
def create() -> tuple[dict[str, Any], int]:
    name = request.form.get("FriendlyName", "")
    if not name:
        raise TwilioError(20001, "FriendlyName")
    with carrier().state.change() as books:
        made = registrations.add_service(books, g.account_sid, name, carrier().now())
        _change(made)
    return _written(made), 201


@blueprint.get("/<sid>")
def fetch(sid: str) -> dict[str, Any]:
    return _written(service(sid))


@blueprint.post("/<sid>")
def update(sid: str) -> dict[str, Any]:
    found = service(sid)
    with carrier().state.change():
        _change(found)
    return _written(found)


@blueprint.get("/<sid>/PhoneNumbers")
def phone_numbers(sid: str) -> dict[str, Any]:
    found = [n for n in _pool(sid) if not short_code(n.phone_number)]
    return meta_page("phone_numbers", found, lambda n: n.sid, lambda n: _member(n, sid))


@blueprint.get("/<sid>/ShortCodes")
def short_codes(sid: str) -> dict[str, Any]:
    found = [n for n in _pool(sid) if short_code(n.phone_number)]
    return meta_page("short_codes", found, lambda n: n.sid, lambda n: _member(n, sid))


@blueprint.post("/<sid>/PhoneNumbers")
def add_number(sid: str) -> tuple[dict[str, Any], int]:
    service(sid)
    with carrier().state.change() as books:
        number = books.numbers.get(request.form.get("PhoneNumberSid", ""))
        if not number or number.account_sid != g.account_sid:
            raise TwilioError(20404, "PhoneNumberSid")
        if any(number.phone_number in pool for pool in books.services.values()):
            raise TwilioError(21710, number.phone_number)
        books.services[sid].append(number.phone_number)
    return _member(number, sid), 201


@blueprint.delete("/<sid>/PhoneNumbers/<number_sid>")
def remove_number(sid: str, number_sid: str) -> Response:
    number = next((n for n in _pool(sid) if n.sid == number_sid), None)
    if number is None:
        raise not_found()
    with carrier().state.change() as books:
        books.services[sid].remove(number.phone_number)
    return Response(status=204)


def service(sid: str) -> Service:
    """The account's service; TwilioError 20404."""
    with carrier().state.look() as books:
        found = books.service_settings.get(sid)
    if not found or found.account_sid != g.account_sid:
        raise not_found()
    return found


def _pool(sid: str) -> list[Number]:
    service(sid)
    with carrier().state.look() as books:
        return [n for n in books.numbers.values() if n.phone_number in books.services[sid]]


def _change(found: Service) -> None:
    form = request.form
    found.friendly_name = form.get("FriendlyName", found.friendly_name)
    found.inbound_request_url = form.get("InboundRequestUrl", found.inbound_request_url) or None
    found.inbound_method = form.get("InboundMethod", found.inbound_method)
    if "UseInboundWebhookOnNumber" in form:
        found.webhook_on_number = form["UseInboundWebhookOnNumber"].lower() == "true"
    found.updated = carrier().now()


def _written(found: Service) -> dict[str, Any]:
    return {
        "sid": found.sid,
        "account_sid": found.account_sid,
        "friendly_name": found.friendly_name,
        "inbound_request_url": found.inbound_request_url,
        "inbound_method": found.inbound_method,
        "use_inbound_webhook_on_number": found.webhook_on_number,
        "usecase": "undeclared",
        "date_created": iso8601(found.created),
        "date_updated": iso8601(found.updated),
        "url": f"https://messaging.twilio.com/v1/Services/{found.sid}",
    }


def _member(number: Number, sid: str) -> dict[str, Any]:
    key = "short_code" if short_code(number.phone_number) else "phone_number"
    can = {"SMS": number.sms, "MMS": number.mms, "Voice": number.voice}
    return {
        "sid": number.sid,
        "account_sid": number.account_sid,
        "service_sid": sid,
        key: number.phone_number,
        "country_code": "US",
        "capabilities": [name for name, has in can.items() if has],
        "date_created": iso8601(number.created),
        "date_updated": iso8601(number.updated),
    }
