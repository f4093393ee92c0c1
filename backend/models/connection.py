"""Opening the database and bringing its tables up to date."""

from pathlib import Path

import peewee
from gevent.monkey import get_original
from playhouse.migrations import Runner

from backend.models.base import database

MIGRATIONS = Path(__file__).parent.parent / "migrations"

PRAGMAS = {
    "journal_mode": "wal",
    # A text that was answered 2xx is on disk: FULL syncs the log at every commit.
    "synchronous": "full",
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "cache_size": -32_768,
    "mmap_size": 268_435_456,
    "temp_store": "memory",
}


class _NativeState(peewee._ConnectionState, get_original("threading", "local")):  # type: ignore[misc]
    """One connection per native thread, also under gevent.

    gevent makes ``threading.local`` local to a greenlet, which would open a connection for each
    request. SQLite calls never switch greenlets, so those of a thread can share one.
    """


class SqliteDatabase(peewee.SqliteDatabase):
    def __init__(self, path: str) -> None:
        super().__init__(path, pragmas=PRAGMAS, autoconnect=True)
        self._state = _NativeState()


def connect(url: str) -> SqliteDatabase:
    """Open ``sqlite:///path`` and make it the database of this process's tables."""
    opened = SqliteDatabase(url.removeprefix("sqlite:///"))
    database.initialize(opened)
    return opened


def migrate(opened: SqliteDatabase) -> list[str]:
    """Apply what is pending, oldest first, and return the names of what was applied."""
    applied = list(Runner(opened, str(MIGRATIONS)).up())
    optimize(opened)
    return applied


def optimize(opened: peewee.Database) -> None:
    """Have SQLite count again where its plans would gain by it: https://sqlite.org/lang_analyze.html
    A thousand rows of each index are enough, so that nobody waits long for the writer."""
    opened.execute_sql("PRAGMA analysis_limit = 1000")
    # Since SQLite 3.46 also tables that this connection has not asked yet.
    opened.execute_sql("PRAGMA optimize = 0x10002")
