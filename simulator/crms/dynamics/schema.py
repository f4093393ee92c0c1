"""What tables, columns and lookups are.

A lookup is kept as ``_<name>_value`` and read under that name; it is written through a
navigation property and ``@odata.bind``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Options = Mapping[int, str]


@dataclass(frozen=True)
class Column:
    """``type``: string, memo, int, decimal, bool, datetime, guid or picklist. ``most`` characters.
    What is written into a read-only column is not looked at."""

    name: str
    type: str = "string"
    most: int = 100
    read_only: bool = False
    options: Options = field(default_factory=dict)


@dataclass(frozen=True)
class Lookup:
    """``ways``: the navigation properties and the table that each leads to."""

    name: str
    ways: Mapping[str, str]

    @property
    def kept_as(self) -> str:
        return f"_{self.name}_value"

    def refer(self, target: str, id: str | None) -> dict[str, str | None]:
        """What a row keeps of a reference."""
        return {self.kept_as: id, f"{self.kept_as}@table": target if id else None}

    def target(self, row: Mapping[str, object]) -> str:
        """The table that a row's reference leads to."""
        return str(row.get(f"{self.kept_as}@table") or next(iter(self.ways.values())))


@dataclass(frozen=True)
class State:
    """A state and its status reasons, the default one first."""

    label: str
    statuses: Options


@dataclass(frozen=True)
class Table:
    """``title``: the column that names a row. ``privilege``: as in ``prvRead<privilege>``.
    ``parties``: the navigation property of an activity's parties."""

    name: str
    set: str
    key: str
    title: str
    type_code: int
    columns: tuple[Column, ...]
    lookups: tuple[Lookup, ...] = ()
    states: Mapping[int, State] = field(default_factory=dict)
    privilege: str = ""
    parties: str = ""

    def column(self, name: str) -> Column | None:
        return next((c for c in self.all_columns() if c.name == name), None)

    def all_columns(self) -> tuple[Column, ...]:
        states = {number: state.label for number, state in self.states.items()}
        statuses = {n: s for state in self.states.values() for n, s in state.statuses.items()}
        state = Column("statecode", "picklist", options=states)
        status = Column("statuscode", "picklist", options=statuses)
        return (
            Column(self.key, "guid"),
            *self.columns,
            *((state, status) if self.states else ()),
            Column("createdon", "datetime", read_only=True),
            Column("modifiedon", "datetime", read_only=True),
            Column("versionnumber", "int", read_only=True),
        )

    def way(self, name: str) -> tuple[Lookup, str] | None:
        """The lookup that a navigation property belongs to, and the table that it leads to."""
        return next(((k, k.ways[name]) for k in self.lookups if name in k.ways), None)

    def lookup(self, kept_as: str) -> Lookup | None:
        return next((each for each in self.lookups if each.kept_as == kept_as), None)
