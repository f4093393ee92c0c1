"""Repline's tables in a SQLite file: the deployment of one machine."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import peewee

from backend.models.native import NativeLock, NativeState

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


class SqliteDatabase(peewee.SqliteDatabase):
    def __init__(self, path: str) -> None:
        super().__init__(path, pragmas=PRAGMAS, autoconnect=True)
        self._state, self._lock = NativeState(), NativeLock()

    def run(self, sql: str, values: tuple[Any, ...] = ()) -> Any:
        """The cursor of a statement whose values are marked with ``?``."""
        return self.connection().execute(sql, values)

    def writing(self) -> AbstractContextManager[Any]:
        """A transaction beside which nobody else writes, from its beginning on."""
        return self.atomic("IMMEDIATE")

    def migrating(self) -> AbstractContextManager[Any]:
        """What migrations run in; each has a transaction of its own."""
        return nullcontext()

    def skip_ids(self, count: int) -> None:
        """Leave so many ids of each table to nobody."""
        self.run("UPDATE sqlite_sequence SET seq = seq + ?", (count,))

    def optimize(self) -> None:
        """Have SQLite count again where its plans would gain by it:
        https://sqlite.org/lang_analyze.html A thousand rows of each index are enough, so that
        nobody waits long for the writer."""
        self.execute_sql("PRAGMA analysis_limit = 1000")
        # Since SQLite 3.46 also tables that this connection has not asked yet.
        self.execute_sql("PRAGMA optimize = 0x10002")

    def count(self, *tables: str) -> None:
        """Nothing: SQLite takes the index that knows most of what is asked, however many rows
        there are."""

    def empty_log(self) -> bool:
        """Move the log into the database and empty it: what was deleted is still in there. False
        when others were at work just then; the log is overwritten by and by."""
        connection = self.connection()
        # Nobody is kept waiting: it is tried once.
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.execute(f"PRAGMA busy_timeout = {PRAGMAS['busy_timeout']}")
        return not busy
