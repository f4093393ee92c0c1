"""Query options: which rows, in which order, how much of each, and a page at a time."""

import re
from dataclasses import dataclass, field
from typing import Any

from simulator.crms.crm import Crm
from simulator.crms.dynamics import filters, rows
from simulator.crms.dynamics.errors import bad_query
from simulator.crms.dynamics.reference import BY_NAME, ROLES
from simulator.crms.dynamics.schema import Table
from simulator.crms.store import Books, Fields

PAGE = 5000
_KNOWN = {"$select", "$filter", "$expand", "$orderby", "$top", "$count", "$skiptoken"}
_FORMATTED = "@OData.Community.Display.V1.FormattedValue"
_LOGICAL = "@Microsoft.Dynamics.CRM.lookuplogicalname"


@dataclass
class Shape:
    """What of a row is answered: columns (all without any) and what is behind lookups."""

    columns: list[str]
    expand: dict[str, list[str]] = field(default_factory=dict)
    annotated: bool = False


def shape(table: Table, args: dict[str, str], prefer: str) -> Shape:
    """``$select`` and ``$expand``; DataverseError for what there is not."""
    if unknown := sorted(name for name in args if name.startswith("$") and name not in _KNOWN):
        raise bad_query(f"The query parameter {unknown[0]} is not supported.")
    wanted = Shape(_selected(table, args.get("$select", "")))
    wanted.annotated = "odata.include-annotations" in prefer
    for name, inner in re.findall(r"([\w]+)(?:\(([^()]*)\))?(?:,|$)", args.get("$expand", "")):
        way = table.way(name)
        if not way and name != table.parties:
            raise filters.no_such_property(table, name)
        select = inner.strip().removeprefix("$select=")
        wanted.expand[name] = _selected(BY_NAME[way[1]], select) if way else []
    return wanted


def found(books: Books, table: Table, args: dict[str, str]) -> list[str]:
    """The ids of all rows that ``$filter`` finds, in the order of ``$orderby``."""
    kept = list(books.of(table.name).items())
    if "$filter" in args:
        test = filters.parse(books, table, args["$filter"])
        kept = [(id, row) for id, row in kept if test(row)]
    for part in reversed([p for p in args.get("$orderby", "").split(",") if p.strip()]):
        name, _, way = part.strip().partition(" ")
        filters.check_column(table, name)
        if way not in ("", "asc", "desc"):
            raise bad_query(f"Syntax error in '{part[:200]}'.")
        kept.sort(key=lambda each: _order(each[1].get(name)), reverse=way == "desc")
    return [id for id, _ in kept]


def cut(ids: list[str], args: dict[str, str], prefer: str) -> tuple[list[str], int | None]:
    """A page of them, and where the next one begins; None at the end."""
    asked = re.search(r"odata\.maxpagesize=(\d{1,9})", prefer)
    size = min(int(asked[1]), PAGE) if asked else PAGE
    top, start = args.get("$top", ""), args.get("$skiptoken", "0")
    if not start.isdecimal() or (top and not top.isdecimal()) or size < 1:
        raise bad_query("$top and $skiptoken must be whole numbers.")
    if top:
        return ids[: int(top)], None
    end = int(start) + size
    return ids[int(start) : end], end if end < len(ids) else None


def wire(crm: Crm, books: Books, table: Table, id: str, wanted: Shape) -> dict[str, Any]:
    """A row as the API answers with it."""
    row = books.of(table.name)[id]
    told: dict[str, Any] = {"@odata.etag": rows.etag(row)}
    for name in dict.fromkeys([*wanted.columns, table.key]):
        told[name] = row.get(name)
        if wanted.annotated:
            told |= _annotations(books, table, row, name)
    for name, columns in wanted.expand.items():
        if name == table.parties:
            told[name] = [_party(books, each, wanted) for each in row.get(name) or ()]
        elif way := table.way(name):
            lookup, target = way
            other = str(row.get(lookup.kept_as))
            there = lookup.target(row) == target and other in books.of(target)
            told[name] = wire(crm, books, BY_NAME[target], other, Shape(columns)) if there else None
    return told


def title(books: Books, table: str, id: str) -> str | None:
    """What a row is called."""
    row = books.of(table).get(id)
    return row.get(BY_NAME[table].title) if row else None


def _selected(table: Table, text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        filters.check_column(table, name)
    everything = [column.name for column in table.all_columns()]
    return names or [*everything, *(lookup.kept_as for lookup in table.lookups)]


def _annotations(books: Books, table: Table, row: Fields, name: str) -> dict[str, Any]:
    value = row.get(name)
    if value is None:
        return {}
    if lookup := table.lookup(name):
        other = lookup.target(row)
        return {f"{name}{_LOGICAL}": other, f"{name}{_FORMATTED}": title(books, other, value)}
    column = table.column(name)
    if column and column.options:
        return {f"{name}{_FORMATTED}": column.options.get(value)}
    return {f"{name}{_FORMATTED}": "Yes" if value else "No"} if isinstance(value, bool) else {}


def _party(books: Books, kept: Fields, wanted: Shape) -> dict[str, Any]:
    mask, id, other = (
        kept[name] for name in ("participationtypemask", "_partyid_value", "_partyid_value@table")
    )
    told = {"participationtypemask": mask, "_partyid_value": id}
    if not wanted.annotated:
        return told
    return {
        **told,
        f"participationtypemask{_FORMATTED}": ROLES[mask],
        f"_partyid_value{_FORMATTED}": title(books, other, id),
        f"_partyid_value{_LOGICAL}": other,
    }


def _order(value: Any) -> tuple[int, float, str]:
    """Nothing first, then numbers, then texts without regard to case."""
    if value is None:
        return (0, 0.0, "")
    if isinstance(value, int | float):
        return (1, float(value), "")
    return (2, 0.0, str(value).casefold())
