"""Associations, in their fourth version."""

from typing import Any

from flask import Blueprint, Response
from msgspec import Struct

from simulator.crms.crm import crm
from simulator.crms.hubspot import associations
from simulator.crms.hubspot.api import body, kind_to_read, kind_to_write, page_size
from simulator.crms.hubspot.api.batches import Ids, complete
from simulator.crms.hubspot.api.objects import there
from simulator.crms.hubspot.errors import invalid
from simulator.crms.hubspot.records import find
from simulator.crms.hubspot.schema import Kind

blueprint = Blueprint("associations", __name__)

_PAIR = "/v4/objects/<from_name>/<from_id>/associations/<to_name>/<to_id>"


class Spec(Struct, rename="camel"):
    association_category: str
    association_type_id: int


@blueprint.put("/v4/objects/<from_name>/<from_id>/associations/default/<to_name>/<to_id>")
def link_default(from_name: str, from_id: str, to_name: str, to_id: str) -> dict[str, Any]:
    """The default association of two records, both directions in the answer."""
    from_, to = kind_to_write(from_name), kind_to_write(to_name)
    number = associations.default_type(from_, to)
    with crm().store.change() as books:
        one, other = associations.link(crm(), books, from_, from_id, to, to_id, [number])
    back = associations.default_type(to, from_)
    return complete([_told(one, other, number), _told(other, one, back)])


@blueprint.put(_PAIR)
def link(from_name: str, from_id: str, to_name: str, to_id: str) -> tuple[dict[str, Any], int]:
    from_, to = kind_to_write(from_name), kind_to_write(to_name)
    specs = body(list[Spec])
    if not specs:
        raise invalid("There must be one association type at least")
    numbers = [spec.association_type_id for spec in specs]
    with crm().store.change() as books:
        one, other = associations.link(crm(), books, from_, from_id, to, to_id, numbers)
    labels = [label for n in numbers if (label := associations.types(from_, to)[n])]
    return {
        "fromObjectTypeId": from_.type_id,
        "fromObjectId": one,
        "toObjectTypeId": to.type_id,
        "toObjectId": other,
        "labels": labels,
    }, 201


@blueprint.delete(_PAIR)
def unlink(from_name: str, from_id: str, to_name: str, to_id: str) -> Response:
    from_, to = kind_to_write(from_name), kind_to_write(to_name)
    with crm().store.change() as books:
        ids = there(books, from_, from_id), there(books, to, to_id)
        associations.unlink(crm(), books, from_, ids[0], to, ids[1])
    return Response(status=204)


@blueprint.get("/v4/objects/<from_name>/<from_id>/associations/<to_name>")
def index(from_name: str, from_id: str, to_name: str) -> dict[str, Any]:
    """What a record is associated with, of one kind. Ids are numbers here, as HubSpot has them."""
    from_, to = kind_to_read(from_name), kind_to_read(to_name)
    size = page_size(most=500, usual=500)
    with crm().store.look() as books:
        found = associations.of(books, from_, there(books, from_, from_id), to)
    return {"results": _listed(from_, to, found)[:size]}


@blueprint.post("/v4/associations/<from_name>/<to_name>/batch/read")
def read(from_name: str, to_name: str) -> tuple[dict[str, Any], int]:
    """207 when some have none."""
    from_, to, asked = kind_to_read(from_name), kind_to_read(to_name), body(Ids)
    results, none = [], []
    with crm().store.look() as books:
        for each in asked.inputs:
            id = find(books, from_, each.id)
            found = associations.of(books, from_, id, to) if id else {}
            if found:
                results.append({"from": {"id": each.id}, "to": _listed(from_, to, found)})
            else:
                none.append(each.id)
    answer = complete(results)
    if none:
        told = f"No {to.singular} is associated with {from_.singular} {', '.join(none)}."
        error = {"status": "error", "category": "OBJECT_NOT_FOUND", "message": told}
        answer |= {"numErrors": 1, "errors": [error]}
    return answer, 207 if none else 200


@blueprint.get("/v4/associations/<from_name>/<to_name>/labels")
def labels(from_name: str, to_name: str) -> dict[str, Any]:
    found = associations.types(kind_to_read(from_name), kind_to_read(to_name))
    return {"results": [_spec(number, label) for number, label in found.items()]}


def _listed(from_: Kind, to: Kind, found: dict[str, list[int]]) -> list[dict[str, Any]]:
    names = associations.types(from_, to)
    return [
        {"toObjectId": int(id), "associationTypes": [_spec(n, names[n]) for n in numbers]}
        for id, numbers in found.items()
    ]


def _spec(number: int, label: str | None) -> dict[str, Any]:
    return {"category": associations.category(number), "typeId": number, "label": label}


def _told(from_: str, to: str, number: int) -> dict[str, Any]:
    spec = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": number}
    return {"from": {"id": from_}, "to": {"id": to}, "associationSpec": spec}
