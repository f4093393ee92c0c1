import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from peewee import ForeignKeyField
from playhouse.migrations import Runner
from playhouse.schema_diff import diff_models

from backend.models import TABLES, Conversation, Message, Person
from backend.models.connection import MIGRATIONS, connect, migrate
from tests.databases import kind

FIRST_RELEASE = Path(__file__).with_name("first_release.sql")


def test_the_migrations_make_the_tables_that_the_models_say(database):
    assert not diff_models(database, TABLES)


def test_migrating_twice_changes_nothing(database):
    assert migrate(database) == []


def test_the_database_syncs_at_every_commit(database):
    if kind() == "sqlite":
        assert database.pragma("synchronous") == 2  # FULL
        assert database.pragma("journal_mode") == "wal"
    else:
        assert database.execute_sql("SHOW synchronous_commit").fetchone() == ("on",)


@pytest.mark.only_on("sqlite")
def test_plans_are_made_anew_of_what_the_tables_hold(world, database):
    for number in range(100):
        world.person(f"+1404555{number:04}")
    database.execute_sql("SELECT * FROM person WHERE team_id = 1 AND account = 'x'").fetchall()
    database.optimize()
    counted = database.execute_sql("SELECT tbl, stat FROM sqlite_stat1").fetchall()
    assert any(table == "person" and stat.startswith("100 ") for table, stat in counted)


REFERENCES = [
    (table._meta.table_name, field.column_name)
    for table in TABLES
    for field in table._meta.sorted_fields
    if isinstance(field, ForeignKeyField) and field.rel_model in (Message, Conversation, Person)
]


@pytest.mark.parametrize(("table", "column"), REFERENCES)
def test_what_refers_to_an_erased_row_is_found_by_an_index(database, table, column):
    """For each row that is deleted, the database looks for those that refer to it: looking through
    a million takes 100 ms."""
    sql = f"SELECT {column} FROM {table} WHERE {column} = 1"
    if kind() == "sqlite":
        plan = [row[3] for row in database.execute_sql("EXPLAIN QUERY PLAN " + sql)]
        assert all(step.startswith("SEARCH") for step in plan)
    else:
        # Of an empty table it would look through the whole.
        database.execute_sql("SET enable_seqscan = off")
        plan = "".join(row[0] for row in database.execute_sql("EXPLAIN " + sql))
        assert f"({column} = 1)" in plan
        assert "Seq Scan" not in plan


def test_the_opt_outs_of_the_first_release_begin_the_history_of_consent(databases, tmp_path):
    url = databases.blank(tmp_path)
    opened = connect(url)
    with opened.connection_context():
        shutil.copy(MIGRATIONS / "0001_first_release.py", tmp_path)
        list(Runner(opened, str(tmp_path)).up())
        opened.execute_sql(
            "INSERT INTO team (id, name, messenger_enabled, created_at)"
            " VALUES (1, 'BrightPath', true, 1)"
        )
        opened.execute_sql(
            "INSERT INTO opt_out (team_id, mobile, cause, at) VALUES (1, '+14045550187', 'stop', 7)"
        )
        migrate(opened)
        rows = opened.execute_sql("SELECT team_id, mobile, kind, cause, at FROM consent_event")
        assert rows.fetchall() == [(1, "+14045550187", "opted_out", "stop", 7)]
    databases.drop(url)


@pytest.fixture
def first_release(tmp_path):
    """Its database as a file, with data of every kind."""
    with closing(sqlite3.connect(tmp_path / "first.sqlite3")) as held:
        held.executescript(FIRST_RELEASE.read_text("utf-8"))
    return tmp_path / "first.sqlite3"


def every_row(path):
    """Each table's rows as {column: value}, by table."""
    with closing(sqlite3.connect(path)) as held:
        held.row_factory = sqlite3.Row
        return {
            name: [dict(row) for row in held.execute(f'SELECT * FROM "{name}" ORDER BY rowid')]
            for (name,) in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_")
        }


@pytest.mark.only_on("sqlite")
def test_the_first_releases_database_has_data_of_every_kind(first_release):
    assert [table for table, rows in every_row(first_release).items() if not rows] == []


@pytest.mark.only_on("sqlite")
def test_the_first_releases_database_is_brought_up_to_date_and_loses_nothing(first_release):
    before = every_row(first_release)
    opened = connect(f"sqlite:///{first_release}")
    migrate(opened)
    assert not diff_models(opened, TABLES)
    assert opened.execute_sql("PRAGMA foreign_key_check").fetchall() == []
    assert opened.execute_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
    opened.close()
    after = every_row(first_release)
    before.pop("schema_migration")
    for table, rows in before.items():
        kept = [{name: row.get(name) for name in rows[0]} for row in after[table]]
        assert kept == rows, table
