"""Owners (users to whom records belong) and the pipeline of deals."""

from typing import Any

from flask import Blueprint, request

from simulator.crms.crm import crm
from simulator.crms.hubspot.api import kind_to_read, need, page_size
from simulator.crms.hubspot.errors import HubSpotError, object_not_found
from simulator.crms.hubspot.schema import CLOSED, STAGES
from simulator.crms.hubspot.values import iso
from simulator.crms.store import Fields

blueprint = Blueprint("owners", __name__)

SCOPE = "crm.objects.owners.read"


@blueprint.get("/v3/owners/")
def index() -> dict[str, Any]:
    """A page of owners, of one e-mail address where ``email`` asks for it."""
    need(SCOPE)
    email, after = request.args.get("email"), request.args.get("after", "")
    with crm().store.look() as books:
        found = [
            (id, fields)
            for id, fields in books.of("owners").items()
            if email is None or str(fields["email"]).casefold() == email.casefold()
        ]
    ids = [id for id, _ in found]
    found = found[ids.index(after) + 1 :] if after in ids else found
    size = page_size()
    paging = {"paging": {"next": {"after": found[size - 1][0]}}} if len(found) > size else {}
    return {"results": [_owner(id, fields) for id, fields in found[:size]], **paging}


@blueprint.get("/v3/owners/<id>")
def fetch(id: str) -> dict[str, Any]:
    need(SCOPE)
    by_user = request.args.get("idProperty") == "userId"
    with crm().store.look() as books:
        for key, fields in books.of("owners").items():
            if id == (str(fields["userId"]) if by_user else key):
                return _owner(key, fields)
    raise object_not_found(id)


@blueprint.get("/v3/pipelines/<object>")
def pipelines(object: str) -> dict[str, Any]:
    kind = kind_to_read(object)
    if kind.name != "deals":
        raise HubSpotError(400, "VALIDATION_ERROR", f"{kind.name} have no pipelines")
    at = iso(crm().now())
    times = {"createdAt": at, "updatedAt": at, "archived": False}
    stages = [
        {
            "id": stage,
            "label": label,
            "displayOrder": number,
            "metadata": {"isClosed": str(stage in CLOSED).lower()},
            **times,
        }
        for number, (stage, label) in enumerate(STAGES.items())
    ]
    whole = {"id": "default", "label": "Sales pipeline", "displayOrder": 0, "stages": stages}
    return {"results": [{**whole, **times}]}


def _owner(id: str, fields: Fields) -> dict[str, Any]:
    at = iso(crm().now())
    return {
        "id": id,
        "type": "PERSON",
        "email": fields["email"],
        "firstName": fields.get("firstName"),
        "lastName": fields.get("lastName"),
        "userId": fields["userId"],
        "userIdIncludingInactive": fields["userId"],
        "createdAt": at,
        "updatedAt": at,
        "archived": False,
    }
