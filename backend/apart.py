"""Work that would hold gevent's loop (hashing, decoding, syncing a file), in native threads."""

import time
from collections.abc import Callable
from typing import TypeVar

from gevent import monkey
from gevent.threadpool import ThreadPool

T = TypeVar("T")
_BREATH_S = 0.0005


class Apart:
    """``at_once`` pieces of work at a time, the others wait. Without gevent's patches the caller's
    own thread does it."""

    def __init__(self, at_once: int) -> None:
        self._threads = ThreadPool(at_once) if monkey.is_module_patched("threading") else None

    def __call__(self, work: Callable[[], T]) -> T:
        """The result of ``work()``; what it raises goes to the caller."""
        # An idle pool is empty, and so would count as false.
        return work() if self._threads is None else self._threads.apply(work)

    def breathe(self) -> None:
        """Within long work in Python: let the loop run. A thread that computes keeps Python's lock
        for 5 ms at a time, for which requests would wait at each of their steps."""
        if self._threads is not None:
            time.sleep(_BREATH_S)
