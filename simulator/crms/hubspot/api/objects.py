"""One record at a time, pages of them, searching and merging."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from msgspec import Struct

from simulator.crms.crm import crm
from simulator.crms.hubspot import associations, records, search
from simulator.crms.hubspot.api import (
    body,
    kind_to_read,
    kind_to_write,
    listed,
    page_size,
)
from simulator.crms.hubspot.errors import invalid, object_not_found
from simulator.crms.hubspot.schema import Kind
from simulator.crms.store import Books, Fields

blueprint = Blueprint("objects", __name__)


class Given(Struct):
    properties: Fields
    associations: Any = None


class Merge(Struct, rename="camel"):
    primary_object_id: str
    object_id_to_merge: str


@blueprint.get("/v3/objects/<name>/<id>")
def fetch(name: str, id: str) -> dict[str, Any]:
    """A record; for one that was merged into another, that other."""
    kind = kind_to_read(name)
    with crm().store.look() as books:
        if request.args.get("archived", "").lower() == "true":
            if id not in books.deleted.get(kind.name, {}):
                raise object_not_found(id)
            return records.wire(books, kind, id, listed("properties"), archived=True)
        return _told(books, kind, there(books, kind, id, request.args.get("idProperty", "")))


@blueprint.post("/v3/objects/<name>")
def create(name: str) -> tuple[dict[str, Any], int]:
    kind, given = kind_to_write(name), body(Given)
    with crm().store.change() as books:
        asked = associations.asked_on_create(kind, given.associations)
        associations.check_there(books, asked)
        id = records.create(crm(), books, kind, given.properties)
        associations.link_new(crm(), books, kind, id, asked)
        return records.wire(books, kind, id, list(given.properties)), 201


@blueprint.patch("/v3/objects/<name>/<id>")
def update(name: str, id: str) -> dict[str, Any]:
    kind, given = kind_to_write(name), body(Given)
    with crm().store.change() as books:
        id = there(books, kind, id, request.args.get("idProperty", ""))
        records.update(crm(), books, kind, id, given.properties)
        return records.wire(books, kind, id, list(given.properties))


@blueprint.delete("/v3/objects/<name>/<id>")
def archive(name: str, id: str) -> Response:
    kind = kind_to_write(name)
    with crm().store.change() as books:
        if id in books.of(kind.name):
            books.delete(kind.name, id, crm().now())
        elif id not in books.deleted.get(kind.name, {}):
            raise object_not_found(id)
    return Response(status=204)


@blueprint.get("/v3/objects/<name>")
def index(name: str) -> dict[str, Any]:
    """A page, by id; ``after`` is the last id of the page before."""
    kind, size, after = kind_to_read(name), page_size(), request.args.get("after", "")
    with crm().store.look() as books:
        ids = list(books.of(kind.name))
        if after and after not in ids:
            raise invalid("after is not a cursor of ours")
        ids = ids[ids.index(after) + 1 :] if after else ids
        shown, more = ids[:size], len(ids) > size
        results = [_told(books, kind, id) for id in shown]
    return {"results": results, **(_next(shown[-1]) if more else {})}


@blueprint.post("/v3/objects/<name>/search")
def find(name: str) -> dict[str, Any]:
    kind, asked = kind_to_read(name), body(search.Search)
    after = str(asked.after or 0)
    if not after.isascii() or not after.isdigit() or int(after[:9]) + asked.limit > 10_000:
        raise invalid("after must be a number, and no more than 10,000 results are answered")
    start = int(after)
    with crm().store.look() as books:
        found = search.found(crm(), books, kind, asked)
        shown = found[start : start + asked.limit]
        results = [records.wire(books, kind, id, asked.properties) for id in shown]
    end = start + len(shown)
    paging = {"paging": {"next": {"after": str(end)}}} if end < len(found) else {}
    return {"total": len(found), "results": results, **paging}


@blueprint.post("/v3/objects/<name>/merge")
def merge(name: str) -> dict[str, Any]:
    """The primary record stays with its values, takes what it lacks and every association; the
    other's id leads to it from now on."""
    kind, asked = kind_to_write(name), body(Merge)
    with crm().store.change() as books:
        primary = there(books, kind, asked.primary_object_id)
        other = there(books, kind, asked.object_id_to_merge)
        if primary == other:
            raise invalid("A record cannot be merged into itself")
        associations.move(crm(), books, kind, other, primary)
        kept, gone = books.of(kind.name)[primary], books.of(kind.name)[other]
        ids = [*records.merged(kept), *records.merged(gone), other]
        lacking = {k: v for k, v in gone.items() if v and not kept.get(k)}
        books.delete(kind.name, other, crm().now())
        own = records.own_fields(kind.name, primary, crm().now(), False)
        fields = {**lacking, "hs_merged_object_ids": ";".join(ids)}
        books.update(kind.name, primary, fields, crm().now(), **own)
        return records.wire(books, kind, primary)


def there(books: Books, kind: Kind, id: str, by: str = "") -> str:
    """The id of the record that ``id`` names; HubSpotError without one."""
    if found := records.find(books, kind, id, by):
        return found
    raise object_not_found(id)


def _told(books: Books, kind: Kind, id: str) -> dict[str, Any]:
    """A record with what the query asks for: ``properties`` and ``associations``."""
    told = records.wire(books, kind, id, listed("properties"))
    for name in listed("associations"):
        to = associations.kind_named(name)
        if found := associations.of(books, kind, id, to):
            told.setdefault("associations", {})[to.name] = {
                "results": [
                    {"id": other, "type": f"{kind.singular}_to_{to.singular}"} for other in found
                ]
            }
    return told


def _next(after: str) -> dict[str, Any]:
    others = [(k, v) for k, v in request.args.items(multi=True) if k != "after"]
    link = f"{request.base_url}?{urlencode([*others, ('after', after)])}"
    return {"paging": {"next": {"after": after, "link": link}}}
