"""Opening the database and bringing its tables up to date."""

from pathlib import Path

from playhouse.migrations import Runner

from backend.config import on_server
from backend.models.base import database
from backend.models.postgres import PostgresDatabase
from backend.models.sqlite import SqliteDatabase

MIGRATIONS = Path(__file__).parent.parent / "migrations"
Opened = SqliteDatabase | PostgresDatabase


def at(url: str) -> Opened:
    """The database ``sqlite:///path`` or ``postgresql://…``. It is opened when first asked."""
    if on_server(url):
        return PostgresDatabase("postgresql://" + url.partition("://")[2])
    return SqliteDatabase(url.removeprefix("sqlite:///"))


def connect(url: str) -> Opened:
    """The same, as the database of this process's tables."""
    opened = at(url)
    database.initialize(opened)
    return opened


def migrate(opened: Opened) -> list[str]:
    """Apply what is pending, oldest first, and return the names of what was applied."""
    with opened.migrating():
        applied = list(Runner(opened, str(MIGRATIONS)).up())
    opened.optimize()
    return applied
