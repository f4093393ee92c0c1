"""Repline's tables in PostgreSQL: the deployment of several machines.

All that SQLite and PostgreSQL do not say alike is in here and in :mod:`backend.models.sqlite`,
under the same names. ADR 14 says why there is one writer here too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Self

import peewee
import psycopg
from gevent.monkey import get_original
from psycopg import Connection, waiting
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import NumericLoader
from psycopg.types.string import StrDumperUnknown

from backend.models.base import ConnectionLost
from backend.models.native import NativeLock, NativeState

WRITER = 0x5265706C
"""The advisory lock of whoever writes: any number that other programs on this database leave."""

# Whoever waits for the writer's lock sees with the next statement what the one before committed: a
# snapshot of the whole transaction would be older than the lock. A standby refuses READ WRITE.
BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
# One that is not there and does not say so is given up, as is one that goes without a word while it
# is waited for. Seconds, but for the last: https://www.postgresql.org/docs/current/libpq-connect.html
REACHING = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
SETTINGS = {
    # A text that was answered 2xx is on disk.
    "synchronous_commit": "on",
    # As long as SQLite waits for its writer.
    "lock_timeout": "10s",
    # A writer that is cut off gives the lock back.
    "idle_in_transaction_session_timeout": "60s",
    # The server misses a writer that went without a word after a minute.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}


class _Context(peewee.Context):
    """What SQL is put together in."""

    def literal(self, keyword: str) -> Self:
        # SQLite needs to be told that no id is given twice; a sequence never does.
        return self if keyword == "AUTOINCREMENT" else super().literal(keyword)


_thread: Callable[[], int] = get_original("_thread", "get_ident")


class _Patient(Connection[Any]):
    """Its thread has no loop to hold up: it waits for an answer in C. As soon as gevent has patched
    anything psycopg waits through gevent everywhere, which cost a text a fifth of its CPU."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        return waiting.wait_c(gen, self.pgconn.socket, interval, timeout)


class _Adapter(peewee.Psycopg3Adapter):
    """Connects each thread as suits it. Made in the thread that serves."""

    def __init__(self) -> None:
        super().__init__()
        self._serves = _thread()

    def connect(self, db: "PostgresDatabase", **params: Any) -> Connection[Any]:
        kind = psycopg.Connection if _thread() == self._serves else _Patient
        reached = {**REACHING, **conninfo_to_dict(db.database)}
        return kind.connect(make_conninfo("", **reached), **params)


class PostgresDatabase(peewee.PostgresqlDatabase):
    context_class = _Context
    psycopg3_adapter = _Adapter
    # SQLite's integers have 64 bits, so these have them too.
    field_types = {  # noqa: RUF012 (peewee's own way)
        **peewee.PostgresqlDatabase.field_types,
        "AUTO": "BIGSERIAL",
        "INT": "BIGINT",
    }

    def __init__(self, url: str) -> None:
        super().__init__(url, prefer_psycopg3=True, autoconnect=True)
        self._state, self._lock = NativeState(), NativeLock()

    def run(self, sql: str, values: tuple[Any, ...] = ()) -> Any:
        """The cursor of a statement whose values are marked with ``?``."""
        return self._again_when_cut(sql.startswith("SELECT"), _translated(sql), values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction beside which nobody else writes, from its beginning on. Raises
        :class:`ConnectionLost` where it could not begin or was cut off."""
        conn = None
        try:
            with self.atomic():
                conn = self._state.conn
                self.run("SELECT pg_advisory_xact_lock(?)", (WRITER,))
                yield
        except (peewee.PeeweeException, psycopg.Error) as error:
            # Asked of the connection it ran on: undoing it has opened the next one.
            if conn is None or conn.closed:
                raise ConnectionLost(str(error)) from error
            raise

    def begin(self, isolation_level: str | None = None) -> None:
        self._again_when_cut(True, BEGIN)

    def commit(self) -> None:
        """Commit, or raise. PostgreSQL itself answers COMMIT after a statement that failed with a
        ROLLBACK and no error; and on a new connection with nothing but a warning."""
        conn = self._state.conn
        if conn is None or conn.info.transaction_status is not TransactionStatus.INTRANS:
            raise peewee.InternalError("The transaction failed before its end: nothing is kept.")
        self.execute_sql("COMMIT")

    @contextmanager
    def migrating(self) -> Iterator[None]:
        """What migrations run in: all are applied or none, by one process at a time, for which the
        others wait as long as it takes."""
        with self.atomic():
            self.execute_sql("SET LOCAL lock_timeout = 0")
            self.run("SELECT pg_advisory_xact_lock(?)", (WRITER,))
            yield

    def skip_ids(self, count: int) -> None:
        """Leave so many ids of each table to nobody; for good, also if the transaction fails."""
        self.run(
            "SELECT setval((quote_ident(schemaname) || '.' || quote_ident(sequencename))::regclass,"
            " coalesce(last_value, 0) + ?) FROM pg_sequences WHERE schemaname = current_schema()",
            (count,),
        )

    def optimize(self) -> None:
        """Nothing: autovacuum counts."""

    def count(self, *tables: str) -> None:
        """Have the planner count what is in these tables now. Autovacuum does so once a minute at
        best, and until then a table that was empty a moment ago is read from end to end, because
        to the planner each of its indexes is as good as the other. Writers wait for nothing."""
        self.execute_sql(f"ANALYZE {', '.join(tables)}")

    def empty_log(self) -> bool:
        """Nothing: vacuum clears what was deleted, and PostgreSQL recycles its log by itself."""
        return True

    def connection(self) -> Connection[Any]:
        """This thread's connection; a new one after the server or the way to it was gone, but never
        in the middle of a transaction, which has to fail as a whole."""
        state = self._state
        if state.closed or (state.conn.closed and not state.transactions):
            # Connecting switches greenlets: only the first of those who want it connects.
            with self._lock:
                if not state.closed and state.conn.closed:
                    self.close()
                self.connect(reuse_if_open=True)
        return state.conn

    def cursor(self, named_cursor: str | None = None) -> Any:
        return self.connection().cursor()

    def _again_when_cut(self, harmless: bool, sql: str, values: tuple[Any, ...] = ()) -> Any:
        """Whether the server was restarted since is learned by asking it. What is ``harmless`` and
        in no transaction is then asked once more, on a new connection."""
        try:
            return self.execute_sql(sql, values)
        except peewee.OperationalError:
            state = self._state
            # Nobody there to connect to: the next one tries again.
            if state.conn is None or not state.conn.closed:
                raise
            if not harmless or state.transactions:
                raise
        return self.execute_sql(sql, values)

    def _initialize_connection(self, conn: Connection[Any]) -> None:
        conn.adapters.register_dumper(str, _Text)
        conn.adapters.register_loader("numeric", _Whole)
        settings = ", ".join(f"set_config('{name}', %s, false)" for name in SETTINGS)
        conn.execute(f"SELECT {settings}", tuple(SETTINGS.values()))

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        try:
            return super().execute_sql(sql, params)
        except peewee.PeeweeException as error:
            told = getattr(error, "orig", None)
            if isinstance(told, psycopg.Error) and told.diag.message_detail:
                # The detail is the row, with what people wrote: nothing for a log.
                raise type(error)(told.diag.message_primary) from None
            raise
        except Exception:
            raise
        except BaseException:
            # A greenlet was ended while it waited. The answer is still to come, and nobody may take
            # it for their own.
            self._state.conn.close()
            raise


class _Text(StrDumperUnknown):
    """PostgreSQL keeps no NUL in a text. Nobody sees one either, so it becomes what is drawn for
    what cannot be drawn."""

    def dump(self, obj: str) -> Any:
        return super().dump(obj.replace("\0", "\N{REPLACEMENT CHARACTER}"))


class _Whole(NumericLoader):
    """A sum of whole numbers is one: PostgreSQL makes a ``numeric`` of it."""

    def load(self, data: Any) -> Any:
        number = super().load(data)
        return int(number) if number == int(number) else float(number)


@lru_cache(2048)
def _translated(sql: str) -> str:
    """SQLite's words as PostgreSQL and its driver have them: marks of values, a percent sign that
    stands for itself, and LIKE, to which capitals are small letters."""
    return sql.replace("%", "%%").replace("?", "%s").replace(" LIKE ", " ILIKE ")
