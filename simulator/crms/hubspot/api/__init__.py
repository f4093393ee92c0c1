"""The CRM API: who may ask, how often, and what is read from a request."""

from typing import TypeVar

import msgspec
from flask import Blueprint, Response, g, request

from simulator.crms.crm import crm
from simulator.crms.hubspot import limits
from simulator.crms.hubspot.associations import kind_named
from simulator.crms.hubspot.errors import (
    HubSpotError,
    expired_credentials,
    invalid,
    missing_scopes,
    no_credentials,
    rate_limited,
    refusal,
)
from simulator.crms.hubspot.schema import Kind
from simulator.crms.hubspot.values import iso

Shape = TypeVar("Shape")

blueprint = Blueprint("hubspot_api", __name__, url_prefix="/crm")
blueprint.register_error_handler(HubSpotError, refusal)


@blueprint.before_request
def admit() -> Response | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    grant = crm().who(token) if scheme.lower() == "bearer" else None
    if not grant:
        with crm().store.look() as books:
            known = books.accesses.get(token)
        raise expired_credentials(iso(known.ends)) if known else no_credentials()
    g.scopes = grant.scopes
    over = limits.passed(crm(), searching=_searching())
    return rate_limited(over) if over else None


@blueprint.after_request
def say_limits(answer: Response) -> Response:
    return answer if _searching() else limits.say(crm(), answer)


def _searching() -> bool:
    return request.path.endswith("/search")


def need(scope: str) -> None:
    """HubSpotError when the token is not good for ``scope``."""
    if scope not in g.scopes:
        raise missing_scopes(scope)


def kind_to_read(name: str) -> Kind:
    kind = kind_named(name)
    need(f"crm.objects.{kind.scope}.read")
    return kind


def kind_to_write(name: str) -> Kind:
    kind = kind_named(name)
    need(f"crm.objects.{kind.scope}.write")
    return kind


def body(shape: type[Shape]) -> Shape:
    """The request's JSON as ``shape``; HubSpotError that says what is wrong with it."""
    try:
        return msgspec.json.decode(request.get_data(), type=shape)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise invalid(f"Invalid input JSON: {error}") from None


def listed(name: str) -> list[str]:
    """The values of a query parameter that is given several times, or with commas."""
    given = [each.strip() for text in request.args.getlist(name) for each in text.split(",")]
    return [each for each in given if each]


def page_size(most: int = 100, usual: int = 10) -> int:
    """``limit`` of the query."""
    text = request.args.get("limit", str(usual))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= most:
        raise invalid(f"limit must be from 1 to {most}")
    return int(text)
