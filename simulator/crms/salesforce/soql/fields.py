"""From the names in a query to the org's fields, and from those to what a record says."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from simulator.crms.salesforce.errors import SalesforceError
from simulator.crms.salesforce.objects import BY_PREFIX, find
from simulator.crms.salesforce.schema import Field, Object
from simulator.crms.salesforce.soql.parts import Path
from simulator.crms.salesforce.values import found, value
from simulator.crms.store import Books, Fields

_TYPE = Field("Type", length=40, computed=True)
"""Which object a reference that may name several does name."""
_OF_ANY = frozenset({"id", "name", "type"})
_STEPS = 5


@dataclass(frozen=True)
class Row:
    object: Object
    id: str
    fields: Fields
    gone: bool = False


@dataclass(frozen=True)
class Way:
    """``references`` lead from the row to the record whose ``field`` is meant."""

    references: tuple[Field, ...]
    field: Field


def resolve(object: Object, path: Path, switches: Collection[str], text: str) -> Way:
    """The path's fields; SalesforceError INVALID_FIELD for a name that the user cannot see."""
    references: list[Field] = []
    here: Object | None = object
    # A query may begin with the object's own name: Contact.Name FROM Contact.
    names = path.names[1:] if path.names[0].lower() == object.name.lower() else path.names
    for name in names[:-1]:
        reference = here.related(name) if here else None
        if not reference or reference.hidden or len(references) == _STEPS:
            raise SalesforceError(
                "INVALID_FIELD",
                f"{_pointed(text, path)}Didn't understand relationship '{name}' in field path. If "
                "you are attempting to use a custom relationship, be sure to append the '__r' "
                "after the custom relationship name. Please reference your WSDL or the describe "
                "call for the appropriate names.",
            )
        references.append(reference)
        several = len(reference.refers_to) > 1
        here = None if several else find(reference.refers_to[0], switches)
    field = _last(names[-1], here) if names else None
    if not field:
        entity = here.name if here else "Name"
        raise SalesforceError(
            "INVALID_FIELD",
            f"{_pointed(text, path)}No such column '{path.names[-1]}' on entity '{entity}'. If you "
            "are attempting to use a custom field, be sure to append the '__c' after the custom "
            "field name. Please reference your WSDL or the describe call for the appropriate "
            "names.",
        )
    return Way(tuple(references), field)


def _last(name: str, here: Object | None) -> Field | None:
    if here:
        field = here.field(name)
        return None if field and field.hidden else field
    if name.lower() not in _OF_ANY:
        return None
    contact = find("Contact", ())
    return _TYPE if name.lower() == "type" or not contact else contact.field(name)


def follow(books: Books, row: Row, references: tuple[Field, ...]) -> Row | None:
    """The record at the end of the references; None when one of them names nothing."""
    for reference in references:
        id = row.fields.get(reference.name) or ""
        object = BY_PREFIX.get(id[:3])
        fields = found(books, object, id) if object else None
        if not object or fields is None:
            return None
        row = Row(object, id, fields)
    return row


def say(books: Books, row: Row, way: Way) -> Any:
    """What the record at the end of the way says."""
    last = follow(books, row, way.references)
    if not last:
        return None
    if way.field is _TYPE:
        return last.object.name
    return value(last.object, last.id, last.fields, way.field, last.gone)


def _pointed(text: str, path: Path) -> str:
    """The lines with which Salesforce points into the query."""
    return f"\n{text}\n{' ' * (path.at - 1)}^\nERROR at Row:1:Column:{path.at}\n"
