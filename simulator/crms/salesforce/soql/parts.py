"""What a query is made of."""

from dataclasses import dataclass
from typing import Literal

Operator = Literal["=", "!=", "<", "<=", ">", ">=", "LIKE", "IN", "NOT IN"]
Kind = Literal["string", "number", "boolean", "null", "date", "datetime", "day"]


@dataclass(frozen=True)
class Literally:
    """A value as it stands in the query. ``day`` is a relative one: TODAY, LAST_N_DAYS:30."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Path:
    """A field, by the relationships that lead to it: ``Account.Name``. ``at`` counts from 1."""

    names: tuple[str, ...]
    at: int

    def __str__(self) -> str:
        return ".".join(self.names)


@dataclass(frozen=True)
class Comparison:
    """With IN and NOT IN ``value`` is a list of values, or a query for one field."""

    path: Path
    operator: Operator
    value: "Literally | tuple[Literally, ...] | Query"


@dataclass(frozen=True)
class Not:
    condition: "Condition"


@dataclass(frozen=True)
class Joined:
    """All of the conditions (``and``), or any of them (``or``)."""

    word: Literal["and", "or"]
    conditions: "tuple[Condition, ...]"


Condition = Comparison | Not | Joined


@dataclass(frozen=True)
class Order:
    path: Path
    descending: bool
    nulls_last: bool


@dataclass(frozen=True)
class Query:
    text: str
    fields: tuple[Path, ...]
    object: str
    where: Condition | None
    order: tuple[Order, ...]
    limit: int | None
    offset: int
