"""A run on PostgreSQL is one."""

import sqlite3

import pytest

from backend.models.connection import at

pytestmark = pytest.mark.only_on("postgresql")


def test_whoever_opens_a_sqlite_file_is_told(tmp_path):
    with pytest.raises(RuntimeError, match="this run is on PostgreSQL"):
        sqlite3.connect(tmp_path / "some.sqlite3")
    with pytest.raises(RuntimeError, match="this run is on PostgreSQL"):
        at(f"sqlite:///{tmp_path}/some.sqlite3").run("SELECT 1")
