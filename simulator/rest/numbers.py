"""Numbers that an account rents: list, rent, look at, change, give back."""

from typing import Any

from flask import Blueprint, Response, request

from simulator import resources
from simulator.errors import TwilioError
from simulator.phones import e164, short_code
from simulator.records import Number
from simulator.rest import carrier, not_found, protect
from simulator.rest.paging import page
from simulator.state import owned

blueprint = Blueprint("numbers", __name__, url_prefix="/2010-04-01/Accounts/<account_sid>")
protect(blueprint)


@blueprint.get("/IncomingPhoneNumbers.json")
def index(account_sid: str) -> dict[str, Any]:
    exact, name = request.args.get("PhoneNumber"), request.args.get("FriendlyName")
    with carrier().state.look() as books:
        found = [
            n
            for n in books.numbers.values()
            if n.account_sid == account_sid
            and not short_code(n.phone_number)
            and exact in (None, n.phone_number)
            and name in (None, n.friendly_name)
        ]
    return page("incoming_phone_numbers", found, lambda n: n.sid, _written)


@blueprint.post("/IncomingPhoneNumbers.json")
def create(account_sid: str) -> tuple[dict[str, Any], int]:
    wanted = request.form.get("PhoneNumber", "")
    phone_number = e164(wanted) if wanted else _free(request.form.get("AreaCode", ""))
    if not phone_number:
        raise TwilioError(21421, wanted)
    with carrier().state.change() as books:
        if owned(books, phone_number):
            raise TwilioError(21422, phone_number)
        number = carrier().add_number(account_sid, phone_number)
        _change(number)
    return _written(number), 201


@blueprint.get("/IncomingPhoneNumbers/<sid>.json")
def fetch(account_sid: str, sid: str) -> dict[str, Any]:
    return _written(_number(account_sid, sid))


@blueprint.post("/IncomingPhoneNumbers/<sid>.json")
def update(account_sid: str, sid: str) -> dict[str, Any]:
    number = _number(account_sid, sid)
    with carrier().state.change():
        _change(number)
    return _written(number)


@blueprint.delete("/IncomingPhoneNumbers/<sid>.json")
def delete(account_sid: str, sid: str) -> Response:
    number = _number(account_sid, sid)
    with carrier().state.change() as books:
        books.numbers.pop(number.sid, None)
    return Response(status=204)


def _change(number: Number) -> None:
    form = request.form
    method = form.get("SmsMethod", number.sms_method)
    if method not in ("GET", "POST"):
        raise TwilioError(20001, "SmsMethod")
    number.sms_method = method
    number.friendly_name = form.get("FriendlyName", number.friendly_name)
    number.sms_url = form.get("SmsUrl", number.sms_url)
    number.sms_application_sid = form.get("SmsApplicationSid", number.sms_application_sid)
    number.updated = carrier().now()


def _free(area_code: str) -> str | None:
    """A number of the area that nobody rents, from those set aside for examples."""
    with carrier().state.look() as books:
        for line in range(100):
            phone_number = e164(f"+1{area_code}55501{line:02}")
            if phone_number and not owned(books, phone_number):
                return phone_number
    return None


def _number(account_sid: str, sid: str) -> Number:
    with carrier().state.look() as books:
        number = books.numbers.get(sid)
    if not number or number.account_sid != account_sid:
        raise not_found()
    return number


def _written(number: Number) -> dict[str, Any]:
    return resources.number(number, carrier().inbound_url(number))
