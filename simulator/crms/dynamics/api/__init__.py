"""The Web API: who may ask, how often and what, and what is read from a request."""

from typing import Any

import msgspec
from flask import Blueprint, Response, g, request

from simulator.crms.crm import crm
from simulator.crms.dynamics import limits
from simulator.crms.dynamics.entra import TENANT, USES
from simulator.crms.dynamics.errors import (
    NO_SET,
    DataverseError,
    bad_payload,
    bad_query,
    denied,
    limited,
    refusal,
    unauthorized,
)
from simulator.crms.dynamics.reference import BY_SET
from simulator.crms.dynamics.rows import guid
from simulator.crms.dynamics.schema import Table

BASE = "/api/data/v9.2"

blueprint = Blueprint("dataverse", __name__, url_prefix=BASE)
blueprint.register_error_handler(DataverseError, refusal)


@blueprint.before_request
def admit() -> Response | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    grant = crm().who(token) if scheme.lower() == "bearer" else None
    if not grant or not USES & set(grant.scopes):
        why = "The token is expired or not valid" if token else ""
        return unauthorized(crm().url, TENANT, why)
    g.user = grant.user
    seconds = limits.wait(crm())
    return limited("requests", seconds, limits.most(crm())) if seconds else None


@blueprint.after_request
def say(answer: Response) -> Response:
    answer.headers["OData-Version"] = "4.0"
    answer.headers["x-ms-ratelimit-burst-remaining-xrm-requests"] = str(limits.left(crm()))
    return answer


def table_named(set: str, verb: str) -> Table:
    """The table of an entity set, if the user may do this with it; ``verb`` is Create, Read, Write
    or Delete. A switch ``missing:prvCreateActivity`` takes a privilege away."""
    table = BY_SET.get(set)
    if not table:
        raise DataverseError(404, NO_SET, f"Resource not found for the segment '{set}'.")
    privilege = f"prv{verb}{table.privilege}"
    if f"missing:{privilege}" in crm().switches:
        raise denied(g.user, privilege, table.name, table.type_code)
    return table


def key(text: str) -> str:
    """The id in an address."""
    if found := guid(text):
        return found
    raise bad_query(f"Unrecognized 'Edm.Guid' literal '{text[:100]}' in the address.")


def body(table: Table) -> dict[str, Any]:
    try:
        return msgspec.json.decode(request.get_data(), type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise bad_payload(table.name, f"An error occurred while reading: {error}") from None


def prefer() -> str:
    return request.headers.get("Prefer", "")


def address(table: Table, id: str) -> str:
    return f"{crm().url}{BASE}/{table.set}({id})"
