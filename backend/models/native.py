"""What each native thread has of its own, also under gevent: a connection, a lock to open it."""

import threading

import peewee
from gevent.monkey import get_original


class NativeState(peewee._ConnectionState, get_original("threading", "local")):  # type: ignore[misc]
    """The state of a thread's connection.

    gevent makes ``threading.local`` local to a greenlet, which would open a connection for each
    request. Those of a thread can share one: a call of SQLite never switches greenlets, and one of
    psycopg holds the connection's lock until its answer is there.
    """


class NativeLock(get_original("threading", "local")):  # type: ignore[misc]
    """Held by one greenlet of a thread at a time, and any number of times by that one.

    Threads do not exclude each other: they share no connection, and a lock of gevent's that they
    shared could be free while a greenlet waits for it for good
    (https://github.com/gevent/gevent/issues/1744).
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()
