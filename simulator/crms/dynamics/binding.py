"""References to other rows: ``<navigation property>@odata.bind`` and the parties of an activity."""

import re
from typing import Any
from uuid import UUID

from simulator.crms.dynamics.errors import DataverseError, bad_payload, no_such_row
from simulator.crms.dynamics.reference import BY_SET, PARTY_WAYS, ROLES
from simulator.crms.dynamics.schema import Table
from simulator.crms.store import Books, Fields

_REFERENCE = re.compile(r"/?(?:api/data/v9\.[0-9]/)?([a-z_]{1,100})\(([0-9A-Fa-f-]{32,38})\)")


def bound(books: Books, table: Table, way: str, value: Any, url: str) -> Fields:
    """What is kept of a reference; null takes it away."""
    found = table.way(way)
    if not found:
        raise undeclared(table, way)
    lookup, target = found
    id = None if value is None else _row(books, table, value, target, url)
    return dict(lookup.refer(target, id))


def party(books: Books, table: Table, given: Any, url: str) -> Fields:
    """One party: ``{"partyid_contact@odata.bind": "/contacts(…)", "participationtypemask": 2}``."""
    if not isinstance(given, dict):
        raise bad_payload(table.name, "A party must be an object")
    mask = given.get("participationtypemask")
    if isinstance(mask, bool) or mask not in ROLES:
        raise bad_payload(
            table.name, f"{mask} is no participationtypemask of a {table.name}: 1 from, 2 to"
        )
    ways = [name for name in given if name != "participationtypemask"]
    known = [name.removesuffix("@odata.bind") for name in ways if name.endswith("@odata.bind")]
    if len(ways) != 1 or len(known) != 1 or known[0] not in PARTY_WAYS:
        raise undeclared(table, next(iter(ways), "partyid"))
    target = PARTY_WAYS[known[0]]
    id = _row(books, table, given[ways[0]], target, url)
    return {"participationtypemask": mask, "_partyid_value": id, "_partyid_value@table": target}


def undeclared(table: Table, name: str) -> DataverseError:
    """A navigation property that there is not; its name is compared with its case."""
    return bad_payload(
        table.name,
        f"Microsoft.OData.ODataException: An undeclared property '{name}' which only has property "
        "annotations in the payload but no property value was found in the payload. In OData, only "
        "declared navigation properties and declared named streams can be represented as "
        "properties without values.",
    )


def _row(books: Books, table: Table, value: Any, target: str, url: str) -> str:
    """The id of the row that a reference leads to, which must be of the ``target`` table."""
    text = value.removeprefix(url) if isinstance(value, str) else ""
    match = _REFERENCE.fullmatch(text)
    found = BY_SET.get(match[1]) if match else None
    if not match or not found or found.name != target:
        raise bad_payload(table.name, f"Invalid reference to a {target}: {str(value)[:200]}")
    try:
        id = str(UUID(match[2]))
    except ValueError:
        raise bad_payload(table.name, f"Invalid reference: {match[2]}") from None
    if id not in books.of(target):
        raise no_such_row(target, id)
    return id
