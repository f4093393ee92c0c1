"""The stand-ins' controls: faults, what the CRM's people do, what an auditor wants to see."""

from typing import Annotated, Any

import msgspec
from flask import Blueprint, request
from msgspec import Meta, Struct

from simulator.control import body, only_json
from simulator.crms.crm import crm
from simulator.crms.faults import Fault
from simulator.crms.store import Fields
from simulator.errors import BadRequest

blueprint = Blueprint("control", __name__, url_prefix="/simulator")
blueprint.before_request(only_json)


@blueprint.get("/faults")
def armed() -> dict[str, Any]:
    return {"faults": msgspec.to_builtins(crm().faults.armed())}


@blueprint.post("/faults")
def arm() -> tuple[dict[str, Any], int]:
    """Arm one fault, or a list of them, behind those that are armed."""
    asked = body(Fault | list[Fault])  # type: ignore[arg-type]
    crm().faults.arm(asked if isinstance(asked, list) else [asked])
    return armed(), 201


@blueprint.delete("/faults")
def disarm() -> dict[str, Any]:
    crm().faults.clear()
    return armed()


@blueprint.post("/revoke")
def revoke() -> dict[str, Any]:
    """An admin of the CRM ends every leave that was given to the connected app."""
    with crm().store.change() as books:
        for grant in books.grants:
            grant.revoked = True
        return {"revoked": len(books.grants)}


@blueprint.post("/expire")
def expire() -> dict[str, Any]:
    """Every access token ends now; refresh tokens stay."""
    with crm().store.change() as books:
        for access in books.accesses.values():
            access.ends = min(access.ends, crm().now())
        return {"expired": len(books.accesses)}


class Narrowed(Struct, forbid_unknown_fields=True):
    scopes: list[str]


@blueprint.post("/scopes")
def narrow() -> dict[str, Any]:
    """Every leave holds for these scopes at most, from now on."""
    left = body(Narrowed).scopes
    with crm().store.change() as books:
        for grant in books.grants:
            grant.scopes = [scope for scope in grant.scopes if scope in left]
        return {"grants": [grant.scopes for grant in books.grants]}


class Redirect(Struct, forbid_unknown_fields=True):
    uri: str


@blueprint.post("/redirects")
def allow_redirect() -> dict[str, Any]:
    """The connected app may be answered at one more address."""
    crm().redirect_uris.add(body(Redirect).uri)
    return {"redirect_uris": sorted(crm().redirect_uris)}


class Switches(Struct, forbid_unknown_fields=True):
    on: list[str] = []
    off: list[str] = []


@blueprint.post("/switches")
def switch() -> dict[str, Any]:
    """What an admin of the CRM sets the org to, in the words of the CRM's own module."""
    asked = body(Switches)
    crm().switches = (crm().switches | set(asked.on)) - set(asked.off)
    return {"switches": sorted(crm().switches)}


@blueprint.get("/activities")
def activities() -> dict[str, Any]:
    """What is logged, in the order in which it was created, without what was deleted:
    ``[{"object", "id", "by", "fields"}]``; ``by`` is who created it: api or person."""
    kinds = crm().dialect.activities
    with crm().store.look() as books:
        made = [w for w in books.writes if w.did == "created" and w.object in kinds]
        # What was deleted and put back was created twice and is there once.
        found = {(w.object, w.id): (w.by, books.of(w.object).get(w.id)) for w in made}
    return {
        "activities": [
            {"object": object, "id": id, "by": by, "fields": fields}
            for (object, id), (by, fields) in found.items()
            if fields is not None
        ]
    }


@blueprint.get("/writes")
def writes() -> dict[str, Any]:
    """Every write that was accepted, oldest first; of one object with ``object``."""
    object = request.args.get("object")
    with crm().store.look() as books:
        found = [w for w in books.writes if object in (None, w.object)]
        return {"writes": msgspec.to_builtins(found)}


@blueprint.get("/requests")
def requests() -> dict[str, Any]:
    """How often each ``METHOD /path/<with its variables>`` of the CRM was asked."""
    with crm().store.look() as books:
        return {"requests": dict(books.requests)}


@blueprint.get("/records/<object>")
def records(object: str) -> dict[str, Any]:
    """``{"records": {id: fields}}``"""
    with crm().store.look() as books:
        return {"records": dict(_known(object, books.records))}


@blueprint.route("/records/<object>/<id>", methods=["PUT", "PATCH"])
def write(object: str, id: str) -> dict[str, Any]:
    """What a user of the CRM does on its own pages: PUT creates or changes, PATCH changes."""
    fields = body(Fields)
    with crm().store.look() as books:
        known = _known(object, books.records)
        if request.method == "PATCH" and crm().dialect.canonical(object, id) not in known:
            raise BadRequest(f"there is no {object} {id!r}", 404)
    id = crm().put(object, id, fields)
    with crm().store.look() as books:
        return {"id": id, "fields": dict(books.of(object)[id])}


@blueprint.delete("/records/<object>/<id>")
def delete(object: str, id: str) -> dict[str, Any]:
    try:
        crm().remove(object, id)
    except KeyError:
        raise BadRequest(f"there is no {object} {id!r}", 404) from None
    return {"deleted": id}


class Advance(Struct, forbid_unknown_fields=True):
    advance_seconds: Annotated[float, Meta(ge=0, le=366 * 86_400)]


@blueprint.post("/clock")
def advance() -> dict[str, Any]:
    """Move the CRM's clock forward: tokens end, and budgets fill up again."""
    return {"now": crm().clock.advance(body(Advance).advance_seconds).isoformat()}


@blueprint.post("/reset")
def reset() -> dict[str, Any]:
    """As it was at first: no sign-ins, counts or faults, and the records that were seeded."""
    crm().reset()
    return {"reset": True}


def _known(object: str, records: dict[str, dict[str, Fields]]) -> dict[str, Fields]:
    if object not in records:
        raise BadRequest(f"object: there is none called {object!r}", 404)
    return records[object]
