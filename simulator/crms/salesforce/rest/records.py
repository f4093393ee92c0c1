"""Records one at a time, by their id or by an external id."""

from typing import Any

from flask import Response, jsonify, request

from simulator.crms.crm import crm
from simulator.crms.salesforce.errors import SalesforceError, not_found
from simulator.crms.salesforce.rest import blueprint, body, named, root, writer
from simulator.crms.salesforce.schema import Field, Object
from simulator.crms.salesforce.values import value
from simulator.crms.salesforce.writing import Several, matching

_RESULT: dict[str, Any] = {"success": True, "errors": []}


@blueprint.post("/sobjects/<object>")
@blueprint.post("/sobjects/<object>/")
def create(version: str, object: str) -> Response:
    kind = named(object)
    id = writer().create(kind, body())
    return _created(version, kind, id, {"id": id, **_RESULT})


@blueprint.get("/sobjects/<object>/<id>")
def fetch(version: str, object: str, id: str) -> dict[str, Any]:
    kind = named(object)
    with crm().store.look() as books:
        return _record(version, kind, writer().there(books, kind, id))


@blueprint.patch("/sobjects/<object>/<id>")
def update(version: str, object: str, id: str) -> tuple[str, int]:
    root(version)
    given = body()
    if "id" in map(str.lower, given):
        message = "The Id field should not be specified in the sobject data."
        raise SalesforceError("INVALID_FIELD", message)
    writer().update(named(object), id, given)
    return "", 204


@blueprint.delete("/sobjects/<object>/<id>")
def delete(version: str, object: str, id: str) -> tuple[str, int]:
    root(version)
    writer().delete(named(object), id)
    return "", 204


@blueprint.get("/sobjects/<object>/<key>/<path:wanted>")
def fetch_by_key(version: str, object: str, key: str, wanted: str) -> dict[str, Any]:
    kind = named(object)
    with crm().store.look() as books:
        matches = matching(books, kind, external(kind, key), wanted)
        if len(matches) > 1:
            raise Several(matches)
        if not matches:
            raise not_found()
        return _record(version, kind, matches[0])


@blueprint.patch("/sobjects/<object>/<key>/<path:wanted>")
def upsert(version: str, object: str, key: str, wanted: str) -> Response | tuple[Any, int]:
    """201 when the record is new; 200 when it was there, and before version 46 an empty 204."""
    kind = named(object)
    where = root(version)
    id, new = writer().upsert(kind, external(kind, key), wanted, body())
    tells = where >= root("46.0")
    result = {"id": id, **_RESULT, **({"created": new} if tells else {})}
    if new:
        return _created(version, kind, id, result)
    return (jsonify(result), 200) if tells else ("", 204)


def external(object: Object, name: str) -> Field:
    """The external id of that name; SalesforceError when the field is none, or is not there."""
    field = object.field(name)
    if not field or field.hidden or not field.external_id:
        raise not_found(f"Provided external ID field does not exist or is not accessible: {name}")
    return field


def _record(version: str, kind: Object, id: str) -> dict[str, Any]:
    """The record with the fields that the query's ``fields`` names; all without it."""
    wanted = kind.visible()
    if asked := request.args.get("fields"):
        wanted = [_visible(kind, name.strip()) for name in asked.split(",")]
    with crm().store.look() as books:
        fields = books.of(kind.name)[id]
        said = {field.name: value(kind, id, fields, field, gone=False) for field in wanted}
    url = f"{root(version)}/sobjects/{kind.name}/{id}"
    return {"attributes": {"type": kind.name, "url": url}, **said, "Id": id}


def _visible(object: Object, name: str) -> Field:
    field = object.field(name)
    if not field or field.hidden:
        message = f"No such column '{name}' on sobject of type {object.name}"
        raise SalesforceError("INVALID_FIELD", message)
    return field


def _created(version: str, object: Object, id: str, result: dict[str, Any]) -> Response:
    response = jsonify(result)
    response.status_code = 201
    response.headers["Location"] = f"{root(version)}/sobjects/{object.name}/{id}"
    return response
