"""Cursors of pages that go from the latest to the oldest: a time and an id."""

from collections.abc import Callable
from typing import Protocol, TypeVar


class BadCursor(ValueError):
    """A cursor that we did not make."""


class Row(Protocol):
    @property
    def id(self) -> int: ...


Found = TypeVar("Found", bound=Row)


def cut(found: list[Found], limit: int, at: Callable[[Found], int]) -> tuple[list[Found], str]:
    """The page of at most ``limit`` rows, and the cursor of the next one: empty where ``found``,
    which was asked for one more, holds none. ``at`` (ms) is what the rows are sorted by."""
    if len(found) <= limit:
        return found, ""
    last = found[limit - 1]
    return found[:limit], f"{at(last)}-{last.id}"


def read(text: str) -> tuple[int, int] | None:
    """(ms, id) of the last row held, None for the first page; raises :class:`BadCursor`."""
    if not text:
        return None
    at, _, row = text.partition("-")
    # Sixteen digits are a time or an id; more would not fit into the database.
    if not all(each.isdecimal() and each.isascii() and len(each) <= 16 for each in (at, row)):
        raise BadCursor(text)
    return int(at), int(row)
