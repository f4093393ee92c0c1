"""Work off the road of requests: handing over, pushing, sweeping. Queues wake; tables are true."""

import threading
from collections.abc import Callable
from typing import Any

import structlog
from huey import Huey, MemoryHuey, RedisHuey, crontab
from huey.consumer import Consumer
from huey.storage import MemoryStorage
from redis import ConnectionPool

from backend.media.tidying import Tidying
from backend.messaging import reconcile
from backend.messaging.hand_over import HandOver
from backend.ports import Carrier, CarrierError
from backend.store import arriving_media, feed, heartbeats, outbox, sessions
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from backend.team.pausing import pause_filtered

log = structlog.get_logger()
WORKERS = 8
AHEAD_MS = 90_000
"""How far ahead a sweep sets wake-ups: further than to the next one."""
SESSIONS_KEPT_MS = 90 * 24 * 3600 * 1000
"""How long a sign-in that is over can still be looked up."""


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


def queue(redis_url: str) -> Huey:
    """Redis when there is one, else this process's memory."""
    if redis_url:
        pool = ConnectionPool.from_url(redis_url, socket_timeout=10, socket_connect_timeout=2)
        return RedisHuey("repline", connection_pool=pool, results=False)
    return MemoryHuey("repline", storage_class=_WakingStorage, results=False)


def _nowhere(media: int) -> None:
    """Without a folder for media nothing is fetched: it waits for a backend that has one."""


class Jobs:
    """The tasks and what starts them. ``send_push(user, payload)`` delivers to all browsers,
    ``fetch(media)`` gets a media from the carrier."""

    def __init__(
        self,
        huey: Huey,
        writer: Writer,
        carrier: Carrier,
        hand_over: HandOver,
        send_push: Callable[[int, bytes], None],
        fetch: Callable[[int], None] = _nowhere,
        tidying: Tidying | None = None,
    ) -> None:
        self._writer = writer
        self._carrier = carrier
        self.huey = huey
        self._hand_over = huey.task(name="hand_over")(hand_over.__call__)
        self._push = huey.task(name="push")(send_push)
        self._fetch = huey.task(name="fetch")(fetch)
        self._tidying = tidying
        huey.periodic_task(crontab(minute="*"), name="sweep")(self.sweep)
        huey.periodic_task(crontab(minute="17", hour="4"), name="tidy")(self.tidy)
        self._consumer: Consumer | None = None
        self._alone_since = 0

    def committed(self, transaction: Transaction) -> None:
        """Wake whoever acts on what a transaction left."""
        for message, wait in transaction.hand_overs:
            self._wake(message, wait)
        for user, payload in transaction.pushes:
            self._push(user, payload)
        for media, wait in transaction.fetches:
            self._fetch.schedule((media,), delay=wait / 1000) if wait else self._fetch(media)

    def start(self) -> None:
        """Work in threads of this process, which is the only one, until :meth:`stop`."""
        self._alone_since = now()
        self._consumer = _QuietConsumer(self.huey, workers=WORKERS, check_worker_health=False)
        self._consumer.start()

    def stop(self) -> None:
        if self._consumer:
            self._consumer.stop(graceful=False)

    def run(self) -> None:
        """Work in this process's main thread, with signals: the ``worker`` of the Procfile."""
        self.huey.create_consumer(workers=WORKERS).run()

    def sweep(self) -> None:
        """What lost wake-ups and dead processes left behind; every minute and at the start."""
        steps = (self._recover, self._wake_due, self._fetch_due, self._prune, self._reconcile)
        for step in (*steps, self._pause):
            try:
                step()
            except CarrierError as error:
                log.warning("sweep.carrier", cause=str(error))
            except Exception:
                # The next sweep tries again; what waits is in the tables.
                log.exception("sweep.failed", step=step.__name__)

    def tidy(self) -> None:
        """What is looked for once a day, at night."""
        if self._tidying:
            self._tidying.sweep_files()

    def _recover(self) -> None:
        reconcile.recover(self._writer, self._alone_since)

    def _wake_due(self) -> None:
        for message, wait in outbox.due(within=AHEAD_MS):
            self._wake(message, wait)

    def _wake(self, message: int, wait: int) -> None:
        """Hand the text over in ``wait`` ms; what is further off is left to a later sweep, so that
        a clock that steps and a queue that forgets make no text late by more than a minute."""
        if not wait:
            self._hand_over(message)
        elif wait <= AHEAD_MS:
            self._hand_over.schedule((message,), delay=wait / 1000)

    def _fetch_due(self) -> None:
        for media in arriving_media.due():
            self._fetch(media)

    def _prune(self) -> None:
        if self._tidying:
            self._tidying.expire()
        self._writer(lambda tx: feed.prune(tx, now() - feed.KEPT_MS))
        self._writer(lambda tx: sessions.prune(tx, now() - SESSIONS_KEPT_MS))

    def _reconcile(self) -> None:
        reconcile.reconcile(self._writer, self._carrier)
        self._writer(lambda tx: heartbeats.beat(tx, "reconcile"))

    def _pause(self) -> None:
        pause_filtered(self._writer)
