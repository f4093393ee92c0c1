"""Lookup v2: what kind of line a number is."""

from typing import Any

import phonenumbers
from flask import Blueprint, request

from simulator.phones import e164, region, toll_free
from simulator.rest import carrier, not_found, protect
from simulator.state import phone

blueprint = Blueprint("lookups", __name__, url_prefix="/v2/PhoneNumbers")
protect(blueprint)

_PACKAGES = (
    "caller_name",
    "sim_swap",
    "call_forwarding",
    "line_status",
    "line_type_intelligence",
    "identity_match",
    "reassigned_number",
    "sms_pumping_risk",
    "phone_number_quality_score",
    "pre_fill",
)


@blueprint.get("/<text>")
def fetch(text: str) -> dict[str, Any]:
    if not any(c.isdigit() for c in text):
        raise not_found()
    number = e164(text)
    body: dict[str, Any] = dict.fromkeys(_PACKAGES)
    body |= {"phone_number": number or text, "url": f"{carrier().url}{request.path}"}
    if not number:
        return body | {
            "valid": False,
            "validation_errors": ["INVALID_BUT_POSSIBLE" if len(text) > 7 else "TOO_SHORT"],
            "calling_country_code": None,
            "country_code": None,
            "national_format": None,
        }
    parsed = phonenumbers.parse(number)
    form = phonenumbers.PhoneNumberFormat.NATIONAL
    body |= {
        "valid": True,
        "validation_errors": [],
        "calling_country_code": str(parsed.country_code),
        "country_code": region(number),
        "national_format": phonenumbers.format_number(parsed, form),
    }
    if "line_type_intelligence" in request.args.get("Fields", ""):
        body["line_type_intelligence"] = _line(number)
    return body


def _line(number: str) -> dict[str, Any]:
    nothing = dict.fromkeys(
        ("type", "carrier_name", "mobile_country_code", "mobile_network_code", "error_code")
    )
    # Canada needs an approval that no account has here.
    if region(number) == "CA":
        return nothing | {"error_code": 60601}
    with carrier().state.look() as books:
        line = phone(books, number)
        chosen = number in books.phones
    kind = "tollFree" if toll_free(number) and not chosen else line.line_type
    codes = {"mobile_country_code": "310", "mobile_network_code": "999"}
    return nothing | {
        "type": kind,
        "carrier_name": line.carrier_name,
        **(codes if kind == "mobile" else {}),
    }
