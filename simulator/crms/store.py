"""What a CRM keeps: records, who may act for whom, and a ledger of every write that it accepted.

Plain data and its lock; the rules of records are each CRM's own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

from simulator.memory import Memory

Fields = dict[str, Any]
"""A record's fields, JSON values only, by the names that the CRM gives them."""
By = Literal["api", "person"]
"""Who wrote: a program through the API, or a user of the CRM on its own pages."""


class Write(Struct):
    """A write that was accepted. ``number`` counts from 1. ``fields`` are those that were given,
    empty for a deletion."""

    number: int
    at: datetime
    did: Literal["created", "updated", "deleted"]
    object: str
    id: str
    fields: Fields
    by: By


class Grant(Struct):
    """A user's leave for the connected app, until ``revoked``. ``nonce`` is what the app wants to
    find in an ID token."""

    user: str
    scopes: list[str]
    refresh_token: str
    revoked: bool = False
    nonce: str = ""


class Access(Struct):
    """An access token: ``grant`` is the index in ``Books.grants``."""

    grant: int
    ends: datetime


class Code(Struct):
    """An authorization code that waits to be exchanged."""

    user: str
    scopes: list[str]
    redirect_uri: str
    challenge: str
    ends: datetime
    nonce: str = ""


class Books(Struct):
    """``records`` and ``deleted``: object name -> id -> fields, oldest first. ``requests``: how
    often each ``METHOD /path/<variable>`` was asked. ``calls``: when the API was called in the
    last 24 hours, for budgets; ``searches``: when it was searched, where that has a limit."""

    records: dict[str, dict[str, Fields]] = field(default_factory=dict)
    deleted: dict[str, dict[str, Fields]] = field(default_factory=dict)
    writes: list[Write] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    accesses: dict[str, Access] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    requests: dict[str, int] = field(default_factory=dict)
    calls: list[datetime] = field(default_factory=list)
    searches: list[datetime] = field(default_factory=list)
    last_id: int = 0

    def of(self, object: str) -> dict[str, Fields]:
        """The object's records by id; to be changed through ``create``, ``update``, ``delete``."""
        return self.records.setdefault(object, {})

    def next_number(self) -> int:
        """A number that was not given before, for an id."""
        self.last_id += 1
        return self.last_id

    def create(
        self, object: str, id: str, fields: Fields, at: datetime, by: By = "api", **more: Any
    ) -> Fields:
        """Keep a new record. ``more`` are fields that the CRM itself adds; the ledger has only
        what was given."""
        self.of(object)[id] = {**fields, **more}
        self.deleted.get(object, {}).pop(id, None)
        self._note("created", object, id, fields, at, by)
        return self.records[object][id]

    def update(
        self, object: str, id: str, fields: Fields, at: datetime, by: By = "api", **more: Any
    ) -> Fields:
        """Change a record that is there (KeyError without it); what is not named stays."""
        record = self.of(object)[id]
        record |= {**fields, **more}
        self._note("updated", object, id, fields, at, by)
        return record

    def delete(self, object: str, id: str, at: datetime, by: By = "api") -> None:
        """Move a record to the bin (KeyError without it)."""
        self.deleted.setdefault(object, {})[id] = self.of(object).pop(id)
        self._note("deleted", object, id, {}, at, by)

    def _note(
        self,
        did: Literal["created", "updated", "deleted"],
        object: str,
        id: str,
        fields: Fields,
        at: datetime,
        by: By,
    ) -> None:
        self.writes.append(Write(len(self.writes) + 1, at, did, object, id, dict(fields), by))


class Store(Memory[Books]):
    """``with store.change() as books:`` and ``with store.look() as books:``, one at a time."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__(Books, path)

    def forget(self) -> None:
        with self.change():
            self.books = Books()

    @contextmanager
    def undoable(self) -> Iterator[Callable[[], None]]:
        """Hold the store for several changes; what is given undoes all of them."""
        with self.change() as books:
            before = deepcopy(books)

            def undo() -> None:
                self.books = before

            yield undo
