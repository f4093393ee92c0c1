"""Group commit under gevent: one native thread writes, so no sync of the disk holds the loop."""

from collections.abc import Callable
from contextvars import copy_context
from time import perf_counter
from typing import TypeVar

import gevent
import structlog
from gevent.event import AsyncResult, Event
from gevent.threadpool import ThreadPool

from backend.store.writer import Committed, Transaction, Work, committed, run_batch

T = TypeVar("T")
log = structlog.get_logger()
LARGEST_BATCH = 256


class GroupWriter:
    """A :class:`~backend.store.writer.Writer` for greenlets.

    Work that arrives while a batch is on its way to the disk forms the next one.
    """

    def __init__(self, committed: Committed) -> None:
        self._committed = committed
        self._waiting: list[tuple[Work, AsyncResult]] = []
        self._ready = Event()
        self._thread = ThreadPool(1)
        self._greenlet = gevent.spawn(self._run)

    def __call__(self, work: Callable[[Transaction], T], *, repeatable: bool = False) -> T:
        result: AsyncResult = AsyncResult()
        # What the thread that writes says and wakes belongs to the request of whoever asked.
        context = copy_context()
        self._waiting.append((Work(lambda tx: context.run(work, tx), repeatable), result))
        self._ready.set()
        return result.get()

    def _run(self) -> None:
        while True:
            self._ready.wait()
            batch, self._waiting = self._waiting[:LARGEST_BATCH], self._waiting[LARGEST_BATCH:]
            if not self._waiting:
                self._ready.clear()
            began = perf_counter()
            outcomes = self._thread.apply(run_batch, ([work for work, _ in batch],))
            committed(began, len(batch))
            for (_, result), (transaction, value, error) in zip(batch, outcomes, strict=True):
                if error is None:
                    self._tell(transaction)
                    result.set(value)
                else:
                    result.set_exception(error)

    def _tell(self, transaction: Transaction) -> None:
        try:
            self._committed(transaction)
        except Exception:
            # It is on disk, and sweeps find what nobody was told. The writer must live on.
            log.exception("committed.not_told")
