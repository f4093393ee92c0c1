"""Records: found, made and changed by HubSpot's rules. Everything inside the books' lock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import request

from simulator.crms.crm import Crm
from simulator.crms.hubspot import values
from simulator.crms.hubspot.errors import HubSpotError, Problem, invalid, invalid_properties
from simulator.crms.hubspot.schema import CLOSED, Kind, kind_of, properties_of
from simulator.crms.store import Books, Fields

PORTAL = 4_711_000
"""The number of the one account (HubSpot: hub or portal) that there is."""
FIRST_ID = 90_000_000_000
"""Ids of new records begin here; those that were seeded are smaller."""


def own_fields(object: str, id: str, at: datetime, created: bool) -> Fields:
    """What HubSpot itself writes when a record is made or changed."""
    kind = kind_of(object)
    if not kind:
        return {}
    fields: Fields = {kind.modified: values.iso(at)}
    return {**fields, kind.created: values.iso(at), "hs_object_id": id} if created else fields


def find(books: Books, kind: Kind, id: str, by: str = "") -> str | None:
    """The id of the record that ``id`` names: its own id, that of a record that was merged into
    it, or the value of the unique property ``by``."""
    records = books.of(kind.name)
    if by and by != "hs_object_id":
        known = properties_of(books, kind).get(by)
        if not known or not known.unique:
            raise invalid(
                f"Unable to find by non-unique {kind.type_id} property {by} in portal ID {PORTAL}"
            )
        return next((key for key, f in records.items() if same(f.get(by), id)), None)
    if id in records:
        return id
    return next(
        (key for key, f in records.items() if id in merged(f)),
        None,
    )


def same(kept: Any, asked: str) -> bool:
    """Unique values are compared without regard to case."""
    return kept is not None and str(kept).casefold() == asked.casefold()


def merged(fields: Fields) -> list[str]:
    """The ids of the records that were merged into this one."""
    return [id for id in str(fields.get("hs_merged_object_ids") or "").split(";") if id]


def checked(
    crm: Crm, books: Books, kind: Kind, given: Mapping[str, Any], id: str = ""
) -> dict[str, str | None]:
    """The values as they will be kept; HubSpotError for what the record ``id`` cannot have."""
    known = properties_of(books, kind)
    kept, problems = values.read(given, known)
    problems += [
        {"name": name, "error": "PROPERTY_DOESNT_EXIST", "message": _no_such(name)}
        for name in crm.faults.rejected(request.method, request.path, kept)
    ]
    for name, value in kept.items():
        if value is None or not known[name].unique:
            continue
        other = find(books, kind, value, name)
        if other and other != id:
            if kind.name == "contacts" and name == "email":
                message = f"Contact already exists. Existing ID: {other}"
                raise HubSpotError(409, "CONFLICT", message)
            problems.append(_conflict(kind, name, value, other))
    if problems:
        raise invalid_properties(problems, PORTAL)
    return kept


def check_complete(kind: Kind, given: Mapping[str, Any]) -> None:
    """HubSpotError when a new record lacks what it must have."""
    if lacking := [name for name in kind.needed if not given.get(name)]:
        message = f"Error creating {kind.singular.upper()}. Some required properties were not set."
        raise invalid(message, properties=lacking)


def create(crm: Crm, books: Books, kind: Kind, given: Mapping[str, Any]) -> str:
    """A new record -> its id."""
    kept = {name: value for name, value in checked(crm, books, kind, given).items() if value}
    check_complete(kind, kept)
    id = str(FIRST_ID + books.next_number())
    own = own_fields(kind.name, id, crm.now(), True)
    books.create(kind.name, id, kept, crm.now(), **own)
    return id


def update(crm: Crm, books: Books, kind: Kind, id: str, given: Mapping[str, Any]) -> None:
    """Change a record that is there."""
    kept = checked(crm, books, kind, given, id)
    own = own_fields(kind.name, id, crm.now(), False)
    books.update(kind.name, id, kept, crm.now(), **own)


def full(kind: Kind, fields: Fields) -> Fields:
    """A record with what follows from its own values."""
    if kind.name != "deals":
        return fields
    stage = str(fields.get("dealstage") or "")
    closed = {"hs_is_closed": stage in CLOSED, "hs_is_closed_won": stage == "closedwon"}
    return {**fields, **{name: str(value).lower() for name, value in closed.items()}}


def wire(
    books: Books, kind: Kind, id: str, asked: list[str] | None = None, archived: bool = False
) -> dict[str, Any]:
    """A record as the API answers with it; of the properties that were asked for those that exist,
    null where it has none."""
    fields = full(kind, (books.deleted if archived else books.records)[kind.name][id])
    known = properties_of(books, kind)
    names = dict.fromkeys([*kind.defaults(), *(n for n in asked or () if n in known)])
    return {
        "id": id,
        "properties": {name: _text(fields.get(name)) for name in names},
        "createdAt": fields[kind.created],
        "updatedAt": fields[kind.modified],
        "archived": archived,
    }


def _text(value: Any) -> str | None:
    # A user of the CRM may have written any JSON value through the stand-in's controls.
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def _no_such(name: str) -> str:
    return f'Property "{name}" does not exist'


def _conflict(kind: Kind, name: str, value: str, other: str) -> Problem:
    where = f"portalId={PORTAL}, objectTypeId={kind.type_id}, propertyName={name}, value={value}"
    message = f"Cannot set PropertyValueCoordinates{{{where}}}. {other} already has that value."
    return {"name": name, "error": "CONFLICTING_UNIQUE_VALUE", "message": message}
