"""One connection for each native thread."""

import peewee
from gevent.monkey import get_original


class NativeState(peewee._ConnectionState, get_original("threading", "local")):  # type: ignore[misc]
    """The state of a thread's connection, also under gevent.

    gevent makes ``threading.local`` local to a greenlet, which would open a connection for each
    request. Those of a thread can share one: a call of SQLite never switches greenlets, and one of
    psycopg holds the connection's lock until its answer is there.
    """
