"""Short codes that an account rents: list, fetch, change."""

from typing import Any

from flask import Blueprint, request

from simulator.phones import short_code
from simulator.records import Number
from simulator.resources import account_uri, rfc2822
from simulator.rest import carrier, not_found, protect
from simulator.rest.paging import page

blueprint = Blueprint("short_codes", __name__, url_prefix="/2010-04-01/Accounts/<account_sid>/SMS")
protect(blueprint)


@blueprint.get("/ShortCodes.json")
def index(account_sid: str) -> dict[str, Any]:
    with carrier().state.look() as books:
        found = [
            n
            for n in books.numbers.values()
            if n.account_sid == account_sid and short_code(n.phone_number)
        ]
    return page("short_codes", found, lambda n: n.sid, _written)


@blueprint.get("/ShortCodes/<sid>.json")
def fetch(account_sid: str, sid: str) -> dict[str, Any]:
    return _written(_number(account_sid, sid))


@blueprint.post("/ShortCodes/<sid>.json")
def update(account_sid: str, sid: str) -> dict[str, Any]:
    number = _number(account_sid, sid)
    with carrier().state.change():
        number.sms_url = request.form.get("SmsUrl", number.sms_url)
        number.sms_method = request.form.get("SmsMethod", number.sms_method)
        number.friendly_name = request.form.get("FriendlyName", number.friendly_name)
        number.updated = carrier().now()
    return _written(number)


def _number(account_sid: str, sid: str) -> Number:
    with carrier().state.look() as books:
        number = books.numbers.get(sid)
    if not number or number.account_sid != account_sid or not short_code(number.phone_number):
        raise not_found()
    return number


def _written(number: Number) -> dict[str, Any]:
    return {
        "sid": number.sid,
        "account_sid": number.account_sid,
        "short_code": number.phone_number,
        "friendly_name": number.friendly_name,
        "sms_url": carrier().inbound_url(number),
        "sms_method": number.sms_method,
        "sms_fallback_url": None,
        "sms_fallback_method": "POST",
        "api_version": "2010-04-01",
        "date_created": rfc2822(number.created),
        "date_updated": rfc2822(number.updated),
        "uri": f"{account_uri(number.account_sid)}/SMS/ShortCodes/{number.sid}.json",
    }
