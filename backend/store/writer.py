"""The one road by which anything is written: work runs inside a transaction of the writer.

What a transaction tells the rest of the house (feed events, texts to hand over) is collected in it
and passed on only after the commit, in the order of commits.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeVar

from backend import metrics, request_ids
from backend.models import database
from backend.ports import Event

T = TypeVar("T")


class Wake(NamedTuple):
    """A task that has something to do in ``wait`` ms: hand_over(message), push(user, payload),
    fetch(media), deliver(delivery), look_up(team, mobile)."""

    task: str
    arguments: tuple[Any, ...]
    wait: int
    request_id: str = ""
    """Of what it follows from."""


@dataclass
class Transaction:
    """What one piece of work did, for those who are told once it is on disk."""

    events: list[Event] = field(default_factory=list)
    wakes: list[Wake] = field(default_factory=list)

    def wake(self, task: str, *arguments: Any, wait: int = 0) -> None:
        """Have a task of :mod:`backend.queue` done in ``wait`` ms, once this is on disk."""
        self.wakes.append(Wake(task, arguments, wait, request_ids.current()))

    def execute(self, sql: str, values: tuple[Any, ...] = ()) -> Any:
        """Run prepared SQL on the writer's connection; returns the driver's cursor."""
        return database.run(sql, values)


Committed = Callable[[Transaction], None]


class Writer(Protocol):
    def __call__(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in a transaction and return its result once it is committed.

        When ``work`` raises, what it wrote is undone and the exception goes to the caller.
        """


class InlineWriter:
    """Writes in the caller's own thread: for commands, workers and tests."""

    def __init__(self, committed: Committed) -> None:
        self._committed = committed
        self._lock = threading.RLock()

    def __call__(self, work: Callable[[Transaction], T]) -> T:
        transaction = Transaction()
        with self._lock:
            began = time.perf_counter()
            with database.writing():
                result = work(transaction)
            committed(began, 1)
            self._committed(transaction)
        return result


def committed(began: float, works: int) -> None:
    """Measure a transaction of so many pieces of work that is on disk; ``began`` as
    ``time.perf_counter`` tells."""
    metrics.commit_seconds.observe(time.perf_counter() - began)
    metrics.commit_works.observe(works)


def run_batch(works: list[Callable[[Transaction], Any]]) -> list[tuple[Transaction, Any, Any]]:
    """Run each work in a savepoint of one transaction; rows of (transaction, result, error).

    One commit, so one sync of the disk, serves all that arrived while the last one was written.
    """
    outcomes: list[tuple[Transaction, Any, Any]] = []
    try:
        with database.writing():
            for work in works:
                transaction = Transaction()
                try:
                    result = _apart(work, transaction)
                except Exception as error:
                    outcomes.append((Transaction(), None, error))
                else:
                    # Only now: a savepoint that cannot be released fails its work.
                    outcomes.append((transaction, result, None))
    except Exception as error:
        # Nothing was committed: whoever waits must hear it, or a text would be answered 2xx.
        return [(Transaction(), None, error) for _ in works]
    return outcomes


def _apart(work: Callable[[Transaction], T], transaction: Transaction) -> T:
    """Run the work in a savepoint. Always of the same name: peewee makes one up for each, which is
    SQL that no connection has prepared."""
    execute = database.connection().execute
    execute("SAVEPOINT work")
    try:
        result = work(transaction)
        execute("RELEASE SAVEPOINT work")
    except BaseException:
        execute("ROLLBACK TO SAVEPOINT work")
        raise
    return result
