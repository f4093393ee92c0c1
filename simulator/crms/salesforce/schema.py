"""What an object is made of, and how an org's admin changes that.

Switches (``crm.switches``), each about a field such as ``Task.Type``:

- ``missing:Task.Repline_Key__c`` the org has no such field
- ``hidden:Contact.MobilePhone`` field-level security hides it from the user
- ``read_only:Task.Type`` the user may see it and not change it
- ``restricted:Task.Type`` its picklist takes no other values
- ``not_unique:Task.Repline_Key__c``, ``case_sensitive:…``, ``no_external_id:…`` its key's flags

and ``locked:<id>``: somebody else is changing that record right now.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

Type = Literal[
    "id",
    "string",
    "textarea",
    "phone",
    "email",
    "url",
    "boolean",
    "int",
    "currency",
    "date",
    "datetime",
    "picklist",
    "reference",
]
TEXTS = frozenset({"string", "textarea", "phone", "email", "url", "picklist"})


@dataclass(frozen=True)
class Field:
    """``refers_to``: the objects that a reference may name, reached in SOQL as ``relationship``.
    ``default``: for a new record; "user" is who makes it. ``computed``: the org writes it."""

    name: str
    type: Type = "string"
    length: int = 0
    label: str = ""
    required: bool = False
    computed: bool = False
    create_only: bool = False
    values: tuple[str, ...] = ()
    restricted: bool = False
    refers_to: tuple[str, ...] = ()
    relationship: str = ""
    default: object = None
    external_id: bool = False
    unique: bool = False
    case_sensitive: bool = False
    hidden: bool = False
    read_only: bool = False

    @property
    def filterable(self) -> bool:
        """Long texts cannot be asked for in a WHERE."""
        return self.type != "textarea"

    @property
    def writable(self) -> bool:
        return not (self.computed or self.read_only or self.hidden)


@dataclass(frozen=True)
class Object:
    """``prefix``: the first three characters of its records' ids."""

    name: str
    prefix: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """By its name in any case; also a hidden one."""
        return _by_name(self).get(name.lower())

    def related(self, relationship: str) -> Field | None:
        """The reference that is reached as ``relationship``."""
        wanted = relationship.lower()
        return next((f for f in self.fields if f.relationship.lower() == wanted), None)

    def visible(self) -> list[Field]:
        return [field for field in self.fields if not field.hidden]


@lru_cache(maxsize=512)
def _by_name(object: Object) -> dict[str, Field]:
    return {field.name.lower(): field for field in object.fields}


def as_set(object: Object, switches: Collection[str]) -> Object:
    """The object in an org with these switches."""
    return _as_set(object, frozenset(switches)) if switches else object


@lru_cache(maxsize=512)
def _as_set(object: Object, switches: frozenset[str]) -> Object:
    def on(verb: str, field: Field) -> bool:
        return f"{verb}:{object.name}.{field.name}" in switches

    return replace(
        object,
        fields=tuple(
            replace(
                field,
                hidden=on("hidden", field),
                read_only=on("read_only", field),
                restricted=field.restricted or on("restricted", field),
                unique=field.unique and not on("not_unique", field),
                external_id=field.external_id and not on("no_external_id", field),
                case_sensitive=field.case_sensitive or on("case_sensitive", field),
            )
            for field in object.fields
            if not on("missing", field)
        ),
    )
