"""The one road by which anything is written: work runs inside a transaction of the writer.

What a transaction tells the rest of the house (feed events, texts to hand over) is collected in it
and passed on only after the commit, in the order of commits.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeVar

import structlog

from backend import metrics, request_ids
from backend.models import ConnectionLost as ConnectionLost
from backend.models import database
from backend.ports import Event

T = TypeVar("T")
log = structlog.get_logger()


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
    def __call__(self, work: Callable[[Transaction], T], *, repeatable: bool = False) -> T:
        """Run ``work`` in a transaction and return its result once it is committed.

        When ``work`` raises, what it wrote is undone and the exception goes to the caller.

        ``repeatable`` says that nothing comes of it twice however often it is committed: it finds
        by a key what it did before, and touches nothing but the database. It is then run once more
        when the database's server was lost on the way, perhaps after the commit. Never so what
        claims: a claim that is there already is somebody's.
        """


class InlineWriter:
    """Writes in the caller's own thread: for commands, workers and tests."""

    def __init__(self, committed: Committed) -> None:
        self._committed = committed
        self._lock = threading.RLock()

    def __call__(self, work: Callable[[Transaction], T], *, repeatable: bool = False) -> T:
        with self._lock:
            began = time.perf_counter()
            try:
                transaction, result = _alone(work)
            except ConnectionLost as error:
                if not repeatable:
                    raise
                _said_again(error, 1)
                transaction, result = _alone(work)
            committed(began, 1)
            self._committed(transaction)
        return result


def _alone(work: Callable[[Transaction], T]) -> tuple[Transaction, T]:
    transaction = Transaction()
    with database.writing():
        result = work(transaction)
    return transaction, result


def _said_again(error: ConnectionLost, works: int) -> None:
    log.warning("writer.connection_lost", again=works, cause=str(error)[:200])


def committed(began: float, works: int) -> None:
    """Measure a transaction of so many pieces of work that is on disk; ``began`` as
    ``time.perf_counter`` tells."""
    metrics.commit_seconds.observe(time.perf_counter() - began)
    metrics.commit_works.observe(works)


class Work(NamedTuple):
    """What a writer was given to do."""

    run: Callable[[Transaction], Any]
    repeatable: bool = False


Outcome = tuple[Transaction, Any, Exception | None]
"""What the work did, its result, and why it failed."""


def run_batch(works: Sequence[Work]) -> list[Outcome]:
    """Run each work in a savepoint of one transaction, and what is repeatable once more where the
    server was lost on the way.

    One commit, so one sync of the disk, serves all that arrived while the last one was written.
    """
    try:
        return _together(works)
    except ConnectionLost as error:
        return _once_more(works, error)
    except Exception as error:
        # Nothing was committed: whoever waits must hear it, or a text would be answered 2xx.
        return _failed(works, error)


def _together(works: Sequence[Work]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    with database.writing():
        for work in works:
            transaction = Transaction()
            try:
                result = _apart(work.run, transaction)
            except Exception as error:
                outcomes.append((Transaction(), None, error))
            else:
                # Only now: a savepoint that cannot be released fails its work.
                outcomes.append((transaction, result, None))
    return outcomes


def _once_more(works: Sequence[Work], error: ConnectionLost) -> list[Outcome]:
    again = [work for work in works if work.repeatable]
    if not again:
        return _failed(works, error)
    _said_again(error, len(again))
    try:
        outcomes = iter(_together(again))
    except Exception as failed:
        outcomes = iter(_failed(again, failed))
    return [next(outcomes) if work.repeatable else (Transaction(), None, error) for work in works]


def _failed(works: Sequence[Work], error: Exception) -> list[Outcome]:
    return [(Transaction(), None, error) for _ in works]


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
