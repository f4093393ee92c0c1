"""Work off the road of requests, in two lanes. Queues wake; tables are true.

A lane is a queue with workers of its own, so that what waits for strangers (hooks, files, look-ups)
never holds up a text.
"""

import threading
from collections.abc import Callable
from typing import Any, Literal

import structlog
from huey import Huey, MemoryHuey, RedisHuey, crontab
from huey.consumer import Consumer
from huey.storage import MemoryStorage, RedisStorage
from redis import ConnectionPool, RedisError
from redis import TimeoutError as RedisTimeoutError

from backend import metrics, request_ids
from backend.aside import Aside
from backend.ports import CarrierError
from backend.store import heartbeats
from backend.store.heartbeats import Every
from backend.store.rows import now
from backend.store.writer import Transaction, Writer

log = structlog.get_logger()
Lane = Literal["texts", "rest"]
WORKERS: dict[Lane, int] = {"texts": 8, "rest": 8}
FINISH_WITHIN_S = 8
"""A worker that is told to end: most hosts kill it after ten seconds."""
AHEAD_MS = 90_000
"""How far ahead a wake-up is set: further than to the next minute's look into the tables."""


class Queue:
    """The tasks of the house and who works on them. ``make(lane)`` gives a lane's queue."""

    def __init__(self, make: Callable[[Lane], Huey]) -> None:
        self._lanes = {lane: make(lane) for lane in WORKERS}
        self._tasks: dict[str, Any] = {}
        self._minutely: list[Callable[[], None]] = []
        self._consumers: list[Consumer] = []
        self._recurring: dict[str, Every] = {}
        self._writer: Writer | None = None
        self.alone_since = 0
        """When (ms) this process began to be the only one that works; 0 when it is not."""

    def task(self, name: str, do: Callable[..., object], lane: Lane = "rest") -> None:
        """``do`` is called with the arguments of each ``tx.wake(name, …)``, once that is on disk.

        Whoever waits (``wait=``) has to be found in the tables each minute as well: a wake-up that
        is far off is not set, so that a clock that steps and a queue that forgets make nothing late
        by more than a minute.
        """

        def named(*arguments: Any, request_id: str = "") -> None:
            request_ids.begin(request_id)
            do(*arguments)

        self._tasks[name] = self._lanes[lane].task(name=name)(named)

    def in_turns(
        self, name: str, do: Callable[[int], object], due: Callable[[int], list[int]], at_once: int
    ) -> None:
        """A task of rows that wait, of which ``due(limit)`` tells the ids: ``at_once`` at a time,
        the others when one of those ends. ``do`` claims its row, or leaves it to who did."""
        free = threading.BoundedSemaphore(at_once)

        def turn(row: int) -> None:
            if not free.acquire(blocking=False):
                return  # it waits in its table for the end of another
            try:
                do(row)
            finally:
                free.release()
                # Only now: who came meanwhile, and went, is seen.
                wake(due(1))

        def wake(rows: list[int]) -> None:
            for row in rows:
                self.wake(name, row)

        self.task(name, turn)
        self.each_minute(f"{name}_due", lambda: wake(due(at_once)))

    def each_minute(
        self, name: str, do: Callable[[], object], lane: Lane = "rest", *, noted: bool = True
    ) -> None:
        """And at the start. A turn that lasts is not begun a second time in this process.

        It is ``noted`` when it was last done, but for a round, which notes that itself."""
        once = self._alone(name, "minute", do, noted=noted)
        self._minutely.append(once)
        self._lanes[lane].periodic_task(crontab(minute="*"), name=name)(once)

    def at(
        self, hour: str, minute: str, name: str, do: Callable[[], object], *, noted: bool = True
    ) -> None:
        """Each day; hours and minutes as cron has them, in UTC. ``noted`` as of the others."""
        self._lanes["rest"].periodic_task(crontab(hour=hour, minute=minute), name=name)(
            self._alone(name, "day", do, noted=noted)
        )

    def note_through(self, writer: Writer) -> None:
        """From now on keep when each recurring job that is noted was last done; comes behind the
        last of them."""
        self._writer = writer
        writer(lambda tx: heartbeats.forget_jobs(tx, self._recurring))

    def sweep(self) -> None:
        """What each minute does, now and in this thread."""
        for do in self._minutely:
            do()

    def committed(self, transaction: Transaction) -> None:
        """Wake whoever acts on what a transaction left."""
        for each in transaction.wakes:
            self.wake(each.task, *each.arguments, wait=each.wait, request_id=each.request_id)

    def wake(self, name: str, *arguments: Any, wait: int = 0, request_id: str = "") -> None:
        """Do the task in ``wait`` ms; see :meth:`task`. ``request_id`` of what it follows from."""
        if not wait:
            self._tasks[name](*arguments, request_id=request_id)
        elif wait <= AHEAD_MS:
            self._tasks[name].schedule(
                arguments, kwargs={"request_id": request_id}, delay=wait / 1000
            )

    def waiting(self) -> int:
        """How many tasks wait for a worker, or for their time."""
        lanes = self._lanes.values()
        return sum(lane.pending_count() + lane.scheduled_count() for lane in lanes)

    def _alone(
        self, name: str, every: Every, do: Callable[[], object], *, noted: bool
    ) -> Callable[[], None]:
        """``do``, not begun a second time while it lasts; False of it says that it came to no
        end."""
        if noted:
            self._recurring[name] = every
        working = threading.Lock()

        def once() -> None:
            if not working.acquire(blocking=False):
                return
            request_ids.begin()
            try:
                if do() is not False and noted and self._writer:
                    self._writer(lambda tx: heartbeats.job_done(tx, name, every))
            except CarrierError as error:
                metrics.jobs_failed.inc()
                log.warning("job.carrier", job=name, cause=str(error))
            except Exception:
                # The next turn tries again; what waits is in the tables.
                metrics.jobs_failed.inc()
                log.exception("job.failed", job=name)
            finally:
                working.release()

        return once

    def start(self) -> None:
        """Work in threads of this process, which is the only one, until :meth:`stop`."""
        self.alone_since = now()
        self._consumers = [
            _QuietConsumer(huey, workers=WORKERS[lane], check_worker_health=False)
            for lane, huey in self._lanes.items()
        ]
        for consumer in self._consumers:
            consumer.start()

    def stop(self) -> None:
        for consumer in self._consumers:
            consumer.stop(graceful=False)

    def run(self) -> None:
        """Work in this process's main thread, with signals: the ``worker`` of the Procfile."""
        texts = self._lanes["texts"]
        if isinstance(texts.storage, _FoundAgain):
            # Not in the worker that noticed: it may have a text in hand.
            caught_up = Aside("catch up")
            texts.storage.found_again = lambda: caught_up(self.sweep)
        rest = _QuietConsumer(self._lanes["rest"], workers=WORKERS["rest"])
        _BothLanes(texts, beside=rest, workers=WORKERS["texts"]).run()


def in_memory(lane: Lane) -> Huey:
    return MemoryHuey(f"repline.{lane}", storage_class=_WakingStorage, results=False)


def through_redis(url: str) -> Callable[[Lane], Huey]:
    pool = ConnectionPool.from_url(url, socket_timeout=10, socket_connect_timeout=2)
    return lambda lane: RedisHuey(
        f"repline.{lane}", storage_class=_FoundAgain, connection_pool=pool, results=False
    )


class _FoundAgain(RedisStorage):
    """Who wanted to wake somebody while Redis was away could not. ``found_again`` is called once it
    answers, to look into the tables at once and not with the next minute."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.found_again: Callable[[], object] = lambda: None
        self._away = False

    def dequeue(self) -> bytes | None:
        try:
            found = self.conn.brpop(self.queue_key, timeout=self.read_timeout)
        except RedisTimeoutError:
            self._away = True
            return None  # huey's own word for it: nothing was there
        except RedisError:
            self._away = True
            raise
        if self._away:
            self._away = False
            self.found_again()
        return found[1] if found else None


class _WakingStorage(MemoryStorage):
    """Huey's memory storage polls; this one wakes its reader, so a text leaves at once."""

    blocking = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._filled = threading.Semaphore(0)

    def enqueue(self, data: bytes, priority: int | None = None) -> None:
        super().enqueue(data, priority)
        self._filled.release()

    def dequeue(self) -> bytes | None:
        return super().dequeue() if self._filled.acquire(timeout=1) else None


class _QuietConsumer(Consumer):
    """Lives inside another server, which owns the signals."""

    def _set_signal_handlers(self) -> None:
        pass


class _BothLanes(Consumer):
    """Owns the signals, and begins and ends with the consumer beside it."""

    def __init__(self, huey: Huey, beside: Consumer, workers: int) -> None:
        # What is in hand is finished: a text whose hand-over is cut off is in doubt, and a wake-up
        # that was taken and not acted on is found in the tables a minute later.
        super().__init__(
            huey, workers=workers, graceful_signal="TERM", shutdown_timeout=FINISH_WITHIN_S
        )
        self._beside = beside

    def start(self) -> None:
        self._beside.start()
        super().start()

    def stop(self, graceful: bool = False) -> None:
        self._beside.stop(graceful=False)  # its threads take nothing more
        super().stop(graceful)

    def _join_workers(self) -> bool:
        return super()._join_workers() and self._beside._join_workers()

    def check_worker_health(self) -> bool:
        whole = self._beside.check_worker_health()
        return super().check_worker_health() and whole
