"""Which properties there are, and those that an app adds."""

import re
from typing import Any, Literal

import msgspec
from flask import Blueprint, Response
from msgspec import Struct

from simulator.crms.crm import crm
from simulator.crms.hubspot.api import body, kind_to_read, need
from simulator.crms.hubspot.associations import kind_named
from simulator.crms.hubspot.errors import HubSpotError, invalid
from simulator.crms.hubspot.schema import Kind, added, properties_of, property_wire

blueprint = Blueprint("properties", __name__)

UNIQUE_MOST = 10
"""Properties with unique values that an object has room for."""


class Option(Struct, rename="camel"):
    label: str
    value: str


class New(Struct, rename="camel"):
    name: str
    label: str
    group_name: str
    type: Literal["string", "number", "bool", "enumeration", "datetime", "date"]
    field_type: Literal[
        "text", "textarea", "number", "booleancheckbox", "select", "date", "radio", "phonenumber"
    ]
    options: list[Option] | None = None
    has_unique_value: bool = False


@blueprint.get("/v3/properties/<object>")
def index(object: str) -> dict[str, Any]:
    kind = kind_to_read(object)
    with crm().store.look() as books:
        return {"results": [property_wire(p) for p in properties_of(books, kind).values()]}


@blueprint.get("/v3/properties/<object>/<name>")
def fetch(object: str, name: str) -> dict[str, Any]:
    kind = kind_to_read(object)
    with crm().store.look() as books:
        found = properties_of(books, kind).get(name)
    if not found:
        raise _missing(name)
    return property_wire(found)


@blueprint.post("/v3/properties/<object>")
def create(object: str) -> tuple[dict[str, Any], int]:
    kind, new = _kind_to_change(object), body(New)
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,99}", new.name):
        raise invalid("A property's name begins with a letter and has a-z, 0-9 and _ only")
    with crm().store.change() as books:
        known = properties_of(books, kind)
        if new.name in known:
            message = f"A property named '{new.name}' already exists."
            raise HubSpotError(409, "OBJECT_ALREADY_EXISTS", message)
        if new.has_unique_value and sum(p.unique for p in known.values()) > UNIQUE_MOST:
            raise invalid(f"There can be {UNIQUE_MOST} properties with unique values at most.")
        fields = {**msgspec.to_builtins(new), "object": kind.name}
        made = books.create("properties", f"{kind.name}.{new.name}", fields, crm().now())
        return property_wire(added(made)), 201


@blueprint.delete("/v3/properties/<object>/<name>")
def archive(object: str, name: str) -> Response:
    kind = _kind_to_change(object)
    with crm().store.change() as books:
        found = properties_of(books, kind).get(name)
        if not found:
            raise _missing(name)
        if found.own:
            raise invalid(f"{name} is HubSpot's own property and cannot be archived")
        books.delete("properties", f"{kind.name}.{name}", crm().now())
    return Response(status=204)


def _kind_to_change(object: str) -> Kind:
    kind = kind_named(object)
    need("crm.schemas.contacts.write")
    return kind


def _missing(name: str) -> HubSpotError:
    return HubSpotError(404, "OBJECT_NOT_FOUND", f"Property '{name}' does not exist")
