"""Where tests keep their rows: SQLite files or a PostgreSQL server, as REPLINE_TEST_DATABASE says.

Both make an up-to-date and empty database once and copy it for each test.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from backend.models.connection import at, migrate
from tests.postgres import PostgresServer

KINDS = ("sqlite", "postgresql")


class Databases(Protocol):
    def blank(self, folder: Path) -> str:
        """The URL of a database in which there is no table yet."""

    def fresh(self, folder: Path) -> str:
        """The URL of a database that is up to date and empty."""

    def copied(self, url: str, folder: Path) -> str:
        """The URL of a database like that one, to which nobody is connected."""

    def drop(self, url: str) -> None:
        """Remove it, whoever is still connected."""


class SqliteFiles:
    def __init__(self, folder: Path) -> None:
        self._empty = self.blank(folder)
        _migrate(self._empty)

    def blank(self, folder: Path) -> str:
        return f"sqlite:///{folder}/repline.sqlite3"

    def fresh(self, folder: Path) -> str:
        return self.copied(self._empty, folder)

    def copied(self, url: str, folder: Path) -> str:
        opened = at(url)
        opened.empty_log()  # what is copied has to be in the file itself
        opened.close()
        copy = self.blank(folder)
        shutil.copyfile(url.removeprefix("sqlite:///"), copy.removeprefix("sqlite:///"))
        return copy

    def drop(self, url: str) -> None:
        """pytest removes its folder."""


class PostgresDatabases:
    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._numbers = count(1)
        self._empty = server.create("empty")
        _migrate(self._empty)

    def blank(self, folder: Path) -> str:
        return self._server.create(f"test{next(self._numbers)}")

    def fresh(self, folder: Path) -> str:
        return self.copied(self._empty, folder)

    def copied(self, url: str, folder: Path) -> str:
        return self._server.create(f"test{next(self._numbers)}", _name(url))

    def drop(self, url: str) -> None:
        self._server.drop(_name(url))


def kind() -> str:
    """Which database the tests run on: one of ``KINDS``."""
    wanted = os.environ.get("REPLINE_TEST_DATABASE", "") or KINDS[0]
    if wanted not in KINDS:
        raise ValueError(f"REPLINE_TEST_DATABASE is {wanted!r}: say {' or '.join(KINDS)}")
    return wanted


def refuse_sqlite() -> None:
    """From now on nobody in this process opens a SQLite file: a test that would is no test of
    PostgreSQL. RuntimeError where somebody tries; an audit hook stays for good."""
    sys.addaudithook(_refuse_sqlite)


def _refuse_sqlite(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "sqlite3.connect":
        raise RuntimeError(f"{arguments[0]!r} is SQLite, and this run is on PostgreSQL")


@contextmanager
def databases(folder: Path) -> Iterator[Databases]:
    if kind() == "sqlite":
        yield SqliteFiles(folder)
    else:
        with PostgresServer() as server:
            yield PostgresDatabases(server)


def look(url: str, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a process of its own finds in a database."""
    opened = at(url)
    try:
        return opened.run(sql, values).fetchall()
    finally:
        opened.close()


def change(url: str, sql: str, *values: Any) -> None:
    """As somebody would who writes into a database by hand, beside the processes that use it."""
    opened = at(url)
    try:
        with opened.writing():
            opened.run(sql, values)
    finally:
        opened.close()


def _migrate(url: str) -> None:
    opened = at(url)
    migrate(opened)
    opened.close()


def _name(url: str) -> str:
    return url.split("/")[3].split("?")[0]
