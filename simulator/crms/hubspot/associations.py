"""What belongs together: pairs of records, each with a type that has a number in each direction.

The numbers are HubSpot's:
https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide#association-type-id-values
"""

from collections.abc import Iterable
from typing import Any

from simulator.crms.crm import Crm
from simulator.crms.hubspot.errors import HubSpotError, invalid, object_not_found
from simulator.crms.hubspot.records import find
from simulator.crms.hubspot.schema import KINDS, Kind, kind_of
from simulator.crms.store import Books, By, Fields

KEPT_AS = "associations"
"""The name under which the books keep them: ``{from, from_id, to, to_id, types}``."""
_DEFAULT = {
    ("contacts", "companies"): (279, 280),
    ("deals", "contacts"): (3, 4),
    ("deals", "companies"): (341, 342),
    ("communications", "contacts"): (81, 82),
    ("communications", "companies"): (87, 88),
    ("communications", "deals"): (85, 86),
    ("calls", "contacts"): (194, 193),
    ("calls", "companies"): (182, 181),
    ("calls", "deals"): (206, 205),
    ("notes", "contacts"): (202, 201),
    ("notes", "companies"): (190, 189),
    ("notes", "deals"): (214, 213),
    ("tasks", "contacts"): (204, 203),
    ("tasks", "companies"): (192, 191),
    ("tasks", "deals"): (216, 215),
}
_PRIMARY = {("contacts", "companies"): (1, 2), ("deals", "companies"): (5, 6)}
# What the admins of this account added: HubSpot has no primary contact of a deal.
_ADDED = {("deals", "contacts"): (51, 52)}


def types(from_: Kind, to: Kind) -> dict[int, str | None]:
    """The types in this direction, the default one first: number -> label."""
    pair, back = (from_.name, to.name), (to.name, from_.name)
    found = [(t[pair][0], label) for t, label in _TABLES if pair in t]
    return dict(found + [(t[back][1], label) for t, label in _TABLES if back in t])


_TABLES: tuple[tuple[dict[tuple[str, str], tuple[int, int]], str | None], ...] = (
    (_DEFAULT, None),
    (_PRIMARY, "Primary"),
    (_ADDED, "Primary contact"),
)


def category(number: int) -> str:
    """Whose type it is."""
    added = {each for numbers in _ADDED.values() for each in numbers}
    return "USER_DEFINED" if number in added else "HUBSPOT_DEFINED"


def default_type(from_: Kind, to: Kind) -> int:
    """HubSpotError when the two cannot be associated."""
    found = types(from_, to)
    if not found:
        raise invalid(f"Cannot associate {from_.type_id} with {to.type_id}")
    return next(iter(found))


def link(
    crm: Crm,
    books: Books,
    from_: Kind,
    from_id: str,
    to: Kind,
    to_id: str,
    numbers: Iterable[int],
    by: By = "api",
) -> tuple[str, str]:
    """Associate two records -> their ids. HubSpotError without one of them, and for a type that is
    not one of theirs."""
    allowed = types(from_, to)
    if unknown := [n for n in numbers if n not in allowed]:
        raise invalid(f"{unknown[0]} is no association type from {from_.name} to {to.name}")
    ids = []
    for kind, asked in ((from_, from_id), (to, to_id)):
        if not (id := find(books, kind, asked)):
            raise object_not_found(asked)
        ids.append(id)
    key, there = _key(from_, ids[0], to, ids[1])
    turned = there["from"] != from_.name
    wanted = {_turned(n, from_, to) if turned else n for n in numbers}
    kept = books.of(KEPT_AS).get(key)
    fields = {**there, "types": sorted(wanted | set(kept["types"] if kept else ()))}
    if not kept:
        books.create(KEPT_AS, key, fields, crm.now(), by)
    elif kept["types"] != fields["types"]:
        books.update(KEPT_AS, key, fields, crm.now(), by)
    return ids[0], ids[1]


def move(crm: Crm, books: Books, kind: Kind, from_id: str, to_id: str) -> None:
    """Give all associations of one record to another of the same kind."""
    for other in KINDS:
        for id, numbers in of(books, kind, from_id, other).items() if types(kind, other) else ():
            unlink(crm, books, kind, from_id, other, id)
            link(crm, books, kind, to_id, other, id, numbers)


def unlink(crm: Crm, books: Books, from_: Kind, from_id: str, to: Kind, to_id: str) -> None:
    """End all associations of two records; nothing happens when there are none."""
    key, _ = _key(from_, from_id, to, to_id)
    if key in books.of(KEPT_AS):
        books.delete(KEPT_AS, key, crm.now())


def of(books: Books, from_: Kind, id: str, to: Kind) -> dict[str, list[int]]:
    """What a record is associated with: id -> types, the earliest first."""
    found: dict[str, list[int]] = {}
    for each in books.of(KEPT_AS).values():
        numbers = each["types"]
        if (each["from"], each["from_id"], each["to"]) == (from_.name, id, to.name):
            found[each["to_id"]] = numbers
        elif (each["to"], each["to_id"], each["from"]) == (from_.name, id, to.name):
            found[each["from_id"]] = [_turned(n, to, from_) for n in numbers]
    return {key: numbers for key, numbers in found.items() if key in books.of(to.name)}


def asked_on_create(from_: Kind, given: Any) -> list[tuple[Kind, str, list[int]]]:
    """The ``associations`` of a create: ``[{"to": {"id"}, "types": [{"associationTypeId"}]}]``.
    What a type leads to is found by its number."""
    if not isinstance(given, list | None):
        raise invalid("associations must be a list")
    found = []
    for each in given or ():
        try:
            numbers = [int(spec["associationTypeId"]) for spec in each["types"]]
            id = str(each["to"]["id"])
        except (KeyError, TypeError, ValueError):
            raise invalid("An association needs to.id and types[].associationTypeId") from None
        to = next((k for k in KINDS if numbers and set(numbers) <= types(from_, k).keys()), None)
        if not to:
            raise invalid(f"One or more association types of {from_.name} are not valid: {numbers}")
        found.append((to, id, numbers))
    return found


def link_new(crm: Crm, books: Books, kind: Kind, id: str, asked: Any) -> None:
    """Associate a record that is being created."""
    for to, to_id, numbers in asked:
        link(crm, books, kind, id, to, to_id, numbers)


def check_there(books: Books, asked: list[tuple[Kind, str, list[int]]]) -> None:
    """HubSpotError when something to be associated with is not there, before anything is made."""
    for to, id, _ in asked:
        if not find(books, to, id):
            message = "One or more associations are not valid"
            wrong = {"message": f"{to.singular.upper()}={id} is not valid", "code": "INVALID_ID"}
            raise HubSpotError(400, "VALIDATION_ERROR", message, errors=[wrong])


def _key(from_: Kind, from_id: str, to: Kind, to_id: str) -> tuple[str, Fields]:
    """How the books keep a pair: in the one direction in which the tables have it."""
    if any((to.name, from_.name) in table for table, _ in _TABLES):
        from_, from_id, to, to_id = to, to_id, from_, from_id
    there = {"from": from_.name, "from_id": from_id, "to": to.name, "to_id": to_id}
    return f"{from_.name}-{from_id}-{to.name}-{to_id}", there


def _turned(number: int, from_: Kind, to: Kind) -> int:
    """The same type seen from the other side."""
    at = list(types(from_, to)).index(number)
    return list(types(to, from_))[at]


def kind_named(name: str) -> Kind:
    """HubSpotError for a kind that there is not."""
    if found := kind_of(name):
        return found
    raise invalid(f"Unable to infer object type from: {name}")
