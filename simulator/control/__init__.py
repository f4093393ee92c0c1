"""The simulator's own controls: phones that text, faults, and what an auditor wants to see."""

from typing import TypeVar

import msgspec
from flask import Blueprint, request

from simulator.errors import BadRequest
from simulator.phones import e164

Shape = TypeVar("Shape")

blueprint = Blueprint("control", __name__, url_prefix="/simulator")


@blueprint.before_request
def only_json() -> None:
    # A web page elsewhere may post forms and plain text here, but JSON only with our leave,
    # which nobody gets.
    if request.method == "POST" and request.content_length and not request.is_json:
        raise BadRequest("Content-Type must be application/json", 415)


def body(shape: type[Shape]) -> Shape:
    """The request's JSON as ``shape``; BadRequest that says what is wrong with it."""
    try:
        return msgspec.json.decode(request.get_data(), type=shape)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise BadRequest(f"not what is expected here: {error}") from None


def number(text: str, field: str) -> str:
    """The number in E.164, also if its ``+`` got lost in a query; BadRequest if it is not one."""
    text = text.strip()
    if text.isdigit() and len(text) in (5, 6):
        return text
    found = e164(text if not text.isdigit() or len(text) == 10 else f"+{text}")
    if not found:
        raise BadRequest(f"{field}: {text!r} is not a number such as +14045550187")
    return found
