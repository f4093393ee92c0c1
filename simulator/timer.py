"""Things to do later, done by a few threads; it knows when nothing is left to do."""

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

Job = Callable[[], object]
log = logging.getLogger(__name__)


class Timer:
    def __init__(self, workers: int = 16) -> None:
        self._due: list[tuple[float, int, Job]] = []
        self._order = itertools.count()
        self._moved = threading.Condition()
        self._open = 0
        self._closed = False
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="simulator")
        self._thread = threading.Thread(target=self._run, daemon=True, name="simulator-timer")
        self._thread.start()

    def after(self, seconds: float, job: Job) -> None:
        """Run ``job`` on another thread; those due at the same moment start in this order."""
        with self._moved:
            if self._closed:
                return
            self._open += 1
            heapq.heappush(self._due, (time.monotonic() + seconds, next(self._order), job))
            self._moved.notify_all()

    def settle(self, timeout: float) -> bool:
        """Wait until no job runs or is due; False when that takes more than ``timeout`` seconds."""
        with self._moved:
            return self._moved.wait_for(lambda: not self._open, timeout)

    def close(self) -> None:
        """Forget what is due. Jobs that run finish on their own."""
        with self._moved:
            self._closed = True
            self._due.clear()
            self._moved.notify_all()
        self._thread.join()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> None:
        while True:
            with self._moved:
                while not self._closed and (not self._due or self._due[0][0] > time.monotonic()):
                    self._moved.wait(self._due[0][0] - time.monotonic() if self._due else None)
                if self._closed:
                    return
                job = heapq.heappop(self._due)[2]
            self._pool.submit(self._do, job)

    def _do(self, job: Job) -> None:
        try:
            job()
        except Exception:
            log.exception("a job of the simulator failed")
        finally:
            with self._moved:
                self._open -= 1
                self._moved.notify_all()
