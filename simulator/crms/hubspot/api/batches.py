"""Up to 100 records in one request. A write is carried out whole, or not at all."""

from typing import Annotated, Any

from flask import Blueprint, Response
from msgspec import Meta, Struct

from simulator.crms.crm import crm
from simulator.crms.hubspot import associations, records
from simulator.crms.hubspot.api import body, kind_to_read, kind_to_write
from simulator.crms.hubspot.api.objects import Given, there
from simulator.crms.hubspot.errors import invalid
from simulator.crms.hubspot.records import PORTAL, find
from simulator.crms.hubspot.schema import Kind, properties_of
from simulator.crms.hubspot.values import iso
from simulator.crms.store import Books, Fields

blueprint = Blueprint("batches", __name__)

Most = Meta(min_length=1, max_length=100)


class Id(Struct):
    id: str


class Read(Struct, rename="camel"):
    inputs: Annotated[list[Id], Most]
    properties: list[str] = []
    id_property: str = ""


class Creates(Struct):
    inputs: Annotated[list[Given], Most]


class Update(Struct, rename="camel"):
    id: str
    properties: Fields
    id_property: str = ""


class Updates(Struct):
    """Of an upsert too. Associations are no part of it: what else is given is not looked at."""

    inputs: Annotated[list[Update], Most]


class Ids(Struct):
    inputs: Annotated[list[Id], Most]


@blueprint.post("/v3/objects/<name>/batch/read")
def read(name: str) -> tuple[dict[str, Any], int]:
    """207 when some are not there."""
    kind, asked = kind_to_read(name), body(Read)
    with crm().store.look() as books:
        found = [(each.id, find(books, kind, each.id, asked.id_property)) for each in asked.inputs]
        results = [records.wire(books, kind, id, asked.properties) for _, id in found if id]
    answer = complete(results)
    if missing := [given for given, id in found if not id]:
        answer |= {"numErrors": 1, "errors": [_missing(kind, missing)]}
    return answer, 207 if missing else 200


@blueprint.post("/v3/objects/<name>/batch/create")
def create(name: str) -> tuple[dict[str, Any], int]:
    kind, asked = kind_to_write(name), body(Creates)
    with crm().store.change() as books:
        _check(books, kind, [(each.properties, "") for each in asked.inputs])
        links = [associations.asked_on_create(kind, each.associations) for each in asked.inputs]
        for each in links:
            associations.check_there(books, each)
        results = []
        for given, wanted in zip(asked.inputs, links, strict=True):
            id = records.create(crm(), books, kind, given.properties)
            associations.link_new(crm(), books, kind, id, wanted)
            results.append(records.wire(books, kind, id, list(given.properties)))
    return complete(results), 201


@blueprint.post("/v3/objects/<name>/batch/update")
def update(name: str) -> dict[str, Any]:
    kind, asked = kind_to_write(name), body(Updates)
    with crm().store.change() as books:
        ids = [there(books, kind, each.id, each.id_property) for each in asked.inputs]
        given = [(each.properties, id) for each, id in zip(asked.inputs, ids, strict=True)]
        _check(books, kind, given)
        for fields, id in given:
            records.update(crm(), books, kind, id, fields)
        results = [records.wire(books, kind, id, list(fields)) for fields, id in given]
    return complete(results)


@blueprint.post("/v3/objects/<name>/batch/upsert")
def upsert(name: str) -> dict[str, Any]:
    """Each input's ``id`` is the value of its ``idProperty``, which must be unique."""
    kind, asked = kind_to_write(name), body(Updates)
    with crm().store.change() as books:
        known = properties_of(books, kind)
        given: list[tuple[Fields, str]] = []
        for each in asked.inputs:
            by = known.get(each.id_property)
            if not by or not by.unique or by.read_only:
                raise invalid(
                    f"Unable to perform update/upsert by non-unique {kind.type_id} property "
                    f"{each.id_property} in portal ID {PORTAL}"
                )
            fields = {by.name: each.id, **each.properties}
            given.append((fields, find(books, kind, each.id, by.name) or ""))
        _check(books, kind, given)
        results = []
        for fields, id in given:
            if id:
                records.update(crm(), books, kind, id, fields)
            made = id or records.create(crm(), books, kind, fields)
            results.append({**records.wire(books, kind, made, list(fields)), "new": not id})
    return complete(results)


@blueprint.post("/v3/objects/<name>/batch/archive")
def archive(name: str) -> Response:
    kind, asked = kind_to_write(name), body(Ids)
    with crm().store.change() as books:
        for each in asked.inputs:
            if each.id in books.of(kind.name):
                books.delete(kind.name, each.id, crm().now())
    return Response(status=204)


def complete(results: list[dict[str, Any]]) -> dict[str, Any]:
    at = iso(crm().now())
    return {"status": "COMPLETE", "results": results, "startedAt": at, "completedAt": at}


def _check(books: Books, kind: Kind, given: list[tuple[Fields, str]]) -> None:
    """HubSpotError for the first that cannot be, before any is written. No two may ask for the
    same unique value."""
    known = properties_of(books, kind)
    taken: set[tuple[str, str]] = set()
    for fields, id in given:
        kept = records.checked(crm(), books, kind, fields, id)
        if not id:
            records.check_complete(kind, fields)
        unique = {(k, v.casefold()) for k, v in kept.items() if v and known[k].unique}
        if twice := taken & unique:
            values = sorted(value for _, value in twice)
            raise invalid(f"Duplicate IDs found in batch input: {values}", ids=values)
        taken |= unique


def _missing(kind: Kind, ids: list[str]) -> dict[str, Any]:
    return {
        "status": "error",
        "category": "OBJECT_NOT_FOUND",
        "message": f"Could not get some {kind.singular.upper()} objects, they may be deleted or "
        "not exist. Check that ids are valid.",
        "context": {"ids": ids},
    }
