"""Tables that search, sort and page on the server: what was asked for, and what is shown of it.

Pages are found by key, not by counting rows away, so the last costs what the first does.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec
from flask import request, url_for
from werkzeug.exceptions import NotFound

T = TypeVar("T")
PAGE = 50
LONGEST_SEARCH = 100
Key = tuple[str | int, int]
"""What a table is sorted by, and the id of the row: where a page ends."""


@dataclass(frozen=True)
class Asked:
    """``filters`` by name; ``sort`` is a column, ``down`` its order; ``after`` where to go on."""

    search: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    sort: str = ""
    down: bool = False
    after: Key | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out on purpose."""
        return bool(self.search or any(self.filters.values()))

    def address(self, **changes: str) -> str:
        """This page with other query values; paging begins anew unless ``after`` is one."""
        query = {
            "search": self.search,
            "sort": ("-" if self.down else "") + self.sort,
            **self.filters,
            **changes,
        }
        values: dict[str, Any] = {name: value for name, value in query.items() if value}
        return url_for(request.endpoint or "", **{**(request.view_args or {}), **values})


@dataclass(frozen=True)
class Table(Generic[T]):
    """One page of rows. ``following`` is the address of the next, empty on the last."""

    asked: Asked
    rows: Sequence[T]
    following: str

    @property
    def first(self) -> bool:
        return self.asked.after is None


def asked(*filters: str, sorts: Sequence[str] = (), down: bool = False) -> Asked:
    """What the address asks for. ``sorts`` are the columns that it may, the first is the usual
    one, and ``down`` its usual order. What makes no sense is left out; a cursor of another sort
    begins anew."""
    values = request.args
    wanted = values.get("sort", "")
    column = wanted.removeprefix("-")
    usual = sorts[0] if sorts else ""
    known = column in sorts
    return Asked(
        search=" ".join(values.get("search", "").replace("\x00", "").split())[:LONGEST_SEARCH],
        filters={name: values.get(name, "")[:LONGEST_SEARCH] for name in filters},
        sort=column if known else usual,
        down=wanted.startswith("-") if known else down,
        after=_read(values.get("after", "")),
    )


def table(
    question: Asked, rows: Sequence[T], key: Callable[[T], Key], page: int = PAGE
) -> Table[T]:
    """The page of ``rows``, of which one more than ``page`` was looked for."""
    more = len(rows) > page
    shown = rows[:page]
    following = question.address(after=_write(key(shown[-1]))) if more else ""
    return Table(question, shown, following)


def _write(key: Key) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def _read(text: str) -> Key | None:
    if not text:
        return None
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
        key = msgspec.json.decode(raw, type=Key)
    except (binascii.Error, msgspec.MsgspecError, ValueError):
        raise NotFound from None
    if any(isinstance(each, int) and not 0 <= each < 2**53 for each in key):
        raise NotFound
    return key
