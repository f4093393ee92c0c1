"""What a database wants now and then, apart from any table."""

from backend.models import connection as opened
from backend.models import database
from backend.store.writer import Transaction


def optimize(_tx: Transaction) -> None:
    """Have the planner count again where it would plan better."""
    opened.optimize(database.obj)


def empty_log() -> bool:
    """Move SQLite's log into the database and empty it: what was deleted is still in there. False
    when others were at work just then; the log is overwritten by and by."""
    connection = database.connection()
    # Nobody is kept waiting: it is tried once.
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {opened.PRAGMAS['busy_timeout']}")
    return not busy
