"""Rows: listed, read, created, changed, made if they are not there, and deleted."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from flask import Blueprint, Response, g, jsonify, request

from simulator.crms.crm import crm
from simulator.crms.dynamics import errors, queries, rows
from simulator.crms.dynamics.api import BASE, address, body, key, prefer, table_named
from simulator.crms.dynamics.errors import DataverseError, no_such_row
from simulator.crms.dynamics.schema import Table
from simulator.crms.store import Books

blueprint = Blueprint("tables", __name__)
ORGANIZATION = "0b9f4c1e-3f57-4f0c-8d0a-6a1c2b3d4e5f"


@blueprint.get("/WhoAmI")
def who_am_i() -> dict[str, Any]:
    return {
        "@odata.context": f"{crm().url}{BASE}/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse",
        "BusinessUnitId": ORGANIZATION,
        "UserId": g.user,
        "OrganizationId": ORGANIZATION,
    }


@blueprint.get("/<set>")
def index(set: str) -> dict[str, Any]:
    table, args = table_named(set, "Read"), dict(request.args)
    shape = queries.shape(table, args, prefer())
    with crm().store.look() as books:
        ids = queries.found(books, table, args)
        shown, following = queries.cut(ids, args, prefer())
        values = [queries.wire(crm(), books, table, id, shape) for id in shown]
    answer: dict[str, Any] = {"@odata.context": _context(table), "value": values}
    if args.get("$count") == "true":
        answer["@odata.count"] = len(ids)
    if following is not None:
        query = urlencode({**args, "$skiptoken": following})
        answer["@odata.nextLink"] = f"{crm().url}{BASE}/{table.set}?{query}"
    return answer


@blueprint.get("/<set>(<id>)")
def fetch(set: str, id: str) -> Response:
    table, id = table_named(set, "Read"), key(id)
    shape = queries.shape(table, dict(request.args), prefer())
    with crm().store.look() as books:
        if id not in books.of(table.name):
            raise no_such_row(table.name, id)
        if request.headers.get("If-None-Match") == rows.etag(books.of(table.name)[id]):
            return Response(status=304)
        return _told(books, table, id, shape)


@blueprint.post("/<set>")
def create(set: str) -> Response:
    table = table_named(set, "Create")
    given = body(table)
    with crm().store.change() as books:
        kept = rows.read(crm(), books, table, given)
        id = kept.get(table.key) or str(uuid4())
        if id in books.of(table.name):
            raise DataverseError(412, errors.DUPLICATE, "Cannot insert duplicate key.")
        rows.create(crm(), books, table, id, kept, g.user)
        return _done(books, table, id, 201)


@blueprint.patch("/<set>(<id>)")
def change(set: str, id: str) -> Response:
    """Change the row, or make it: ``If-Match: *`` forbids the one, ``If-None-Match: *`` the other.
    ``If-Match`` with an etag holds for that version alone."""
    id = key(id)
    only_new = request.headers.get("If-None-Match") == "*"
    match = request.headers.get("If-Match")
    with crm().store.change() as books:
        there = books.of(table_named(set, "Read").name).get(id)
        table = table_named(set, "Write" if there else "Create")
        if there and only_new:
            told = "A record with matching key values already exists."
            raise DataverseError(412, errors.DUPLICATE, told)
        if not there and match:
            raise no_such_row(table.name, id)
        if there and match not in (None, "*", rows.etag(there)):
            told = "The version of the existing record doesn't match the RowVersion property "
            raise DataverseError(412, errors.STALE, f"{told}provided.")
        kept = rows.read(crm(), books, table, body(table))
        if there:
            rows.update(crm(), books, table, id, kept)
        else:
            rows.create(crm(), books, table, id, kept, g.user)
        return _done(books, table, id, 200 if there else 201)


@blueprint.delete("/<set>(<id>)")
def delete(set: str, id: str) -> Response:
    table, id = table_named(set, "Delete"), key(id)
    with crm().store.change() as books:
        if id not in books.of(table.name):
            raise no_such_row(table.name, id)
        books.delete(table.name, id, crm().now())
    return Response(status=204)


def _done(books: Books, table: Table, id: str, status: int) -> Response:
    """What was written, if the client prefers it so; else where it is."""
    if "return=representation" in prefer():
        response = _told(books, table, id, queries.shape(table, dict(request.args), prefer()))
        response.status_code = status
        response.headers["Preference-Applied"] = "return=representation"
    else:
        response = Response(status=204)
    response.headers["OData-EntityId"] = address(table, id)
    return response


def _told(books: Books, table: Table, id: str, shape: queries.Shape) -> Response:
    row = queries.wire(crm(), books, table, id, shape)
    response = jsonify({"@odata.context": f"{_context(table)}/$entity", **row})
    response.headers["ETag"] = rows.etag(books.of(table.name)[id])
    return response


def _context(table: Table) -> str:
    return f"{crm().url}{BASE}/$metadata#{table.set}"
