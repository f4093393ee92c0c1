"""Searching: filters, order, pages; and an index that lags behind.

What was just created is not found yet: HubSpot says so in its guide and gives no time.
https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm
"""

import math
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any

from msgspec import Meta, Struct

from simulator.crms.crm import Crm
from simulator.crms.hubspot import associations
from simulator.crms.hubspot.errors import invalid
from simulator.crms.hubspot.records import full
from simulator.crms.hubspot.schema import Kind, kind_of, properties_of
from simulator.crms.hubspot.values import moment
from simulator.crms.store import Books, Fields


class Filter(Struct, rename="camel"):
    property_name: str
    operator: str
    value: str | None = None
    values: list[str] = []
    high_value: str | None = None


class Group(Struct, rename="camel"):
    filters: Annotated[list[Filter], Meta(max_length=6)] = []


class Search(Struct, rename="camel"):
    filter_groups: Annotated[list[Group], Meta(max_length=5)] = []
    sorts: Annotated[list[str | dict[str, str]], Meta(max_length=1)] = []
    query: str | None = None
    properties: list[str] = []
    limit: Annotated[int, Meta(ge=1, le=200)] = 10
    after: str | int | None = None


def found(crm: Crm, books: Books, kind: Kind, search: Search) -> list[str]:
    """The ids of all records that the search finds, in its order."""
    seen_until = crm.now() - timedelta(seconds=crm.settings.search_lag)
    hits = [
        (id, full(kind, fields))
        for id, fields in books.of(kind.name).items()
        if (created := moment(str(fields[kind.created]))) and created <= seen_until
    ]
    if search.filter_groups:
        groups = [[_test(books, kind, f) for f in group.filters] for group in search.filter_groups]
        hits = [hit for hit in hits if any(all(test(*hit) for test in tests) for tests in groups)]
    if search.query:
        words = search.query.casefold().split()
        hits = [(id, f) for id, f in hits if all(w in _shown(kind, f) for w in words)]
    return [id for id, _ in _sorted(books, kind, search, hits)]


def _shown(kind: Kind, fields: Fields) -> str:
    names = (*kind.shown, "phone", "mobilephone", "company")
    return " ".join(str(fields.get(name) or "") for name in names).casefold()


def _sorted(
    books: Books, kind: Kind, search: Search, hits: list[tuple[str, Fields]]
) -> list[tuple[str, Fields]]:
    if not search.sorts:
        return hits
    asked = search.sorts[0]
    if isinstance(asked, str):
        name, down = asked.removeprefix("-"), asked.startswith("-")
    else:
        name, down = asked.get("propertyName", ""), asked.get("direction") == "DESCENDING"
    _known(books, kind, name)
    return sorted(hits, key=lambda hit: _comparable(hit[1].get(name)), reverse=down)


def _test(books: Books, kind: Kind, filter: Filter) -> Callable[[str, Fields], bool]:
    """Whether a record, given by its id and its fields, passes."""
    name, operator = filter.property_name, filter.operator
    if name.startswith("associations."):
        to = kind_of(name.removeprefix("associations."))
        if not to or operator not in {"EQ", "IN"}:
            raise invalid(f"{name} cannot be searched with {operator}")
        wanted = set(filter.values or [filter.value or ""])
        return lambda id, _: bool(wanted & associations.of(books, kind, id, to).keys())
    _known(books, kind, name)
    if operator not in _OPERATORS:
        raise invalid(f"operator: {operator} is not one of {', '.join(_OPERATORS)}")
    if operator in {"IN", "NOT_IN"} and not filter.values:
        raise invalid(f"{operator} needs values")
    if operator not in {"IN", "NOT_IN", "HAS_PROPERTY", "NOT_HAS_PROPERTY"} and not filter.value:
        raise invalid(f"{operator} needs a value")
    passes = _OPERATORS[operator]
    return lambda _, fields: passes(fields.get(name), filter)


def _known(books: Books, kind: Kind, name: str) -> None:
    if name not in properties_of(books, kind):
        message = f"There was a problem with the request. Property {name} does not exist."
        raise invalid(message, propertyName=[name])


def _comparable(value: Any) -> tuple[int, float, str]:
    """Nothing first, then numbers and times, then texts without regard to case."""
    text = "" if value is None else str(value).casefold()
    if not text:
        return (0, 0.0, "")
    try:
        number = float(text)
    except ValueError:
        at = moment(text.upper())
        return (1, at.timestamp() * 1000, "") if at else (2, 0.0, text)
    # Nan and Inf are names of people.
    return (1, number, "") if math.isfinite(number) else (2, 0.0, text)


def _eq(value: Any, filter: Filter) -> bool:
    return _comparable(value) == _comparable(filter.value)


def _in(value: Any, filter: Filter) -> bool:
    return _comparable(value) in {_comparable(each) for each in filter.values}


def _has(value: Any, filter: Filter) -> bool:
    return value not in (None, "")


def _tokens(value: Any, filter: Filter) -> bool:
    """Whole words; ``*`` at an end of the filter's stands for the rest of the word."""
    pattern = re.escape((filter.value or "").casefold()).replace(r"\*", r"\w*")
    return bool(re.search(rf"(?<!\w){pattern}(?!\w)", str(value or "").casefold()))


def _not(passes: Callable[[Any, Filter], bool]) -> Callable[[Any, Filter], bool]:
    return lambda value, filter: not passes(value, filter)


def _between(value: Any, filter: Filter) -> bool:
    low, high = _comparable(filter.value), _comparable(filter.high_value)
    return low <= _comparable(value) <= high


_OPERATORS: dict[str, Callable[[Any, Filter], bool]] = {
    "EQ": _eq,
    "NEQ": _not(_eq),
    "IN": _in,
    "NOT_IN": _not(_in),
    "HAS_PROPERTY": _has,
    "NOT_HAS_PROPERTY": _not(_has),
    "CONTAINS_TOKEN": _tokens,
    "NOT_CONTAINS_TOKEN": _not(_tokens),
    "LT": lambda value, f: _has(value, f) and _comparable(value) < _comparable(f.value),
    "LTE": lambda value, f: _has(value, f) and _comparable(value) <= _comparable(f.value),
    "GT": lambda value, f: _comparable(value) > _comparable(f.value),
    "GTE": lambda value, f: _comparable(value) >= _comparable(f.value),
    "BETWEEN": _between,
}
