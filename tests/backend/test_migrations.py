import pytest
from peewee import ForeignKeyField
from playhouse.schema_diff import diff_models

from backend.models import TABLES, Conversation, Message, Person
from backend.models.connection import migrate


def test_the_migrations_make_the_tables_that_the_models_say(database):
    assert not diff_models(database, TABLES)


def test_migrating_twice_changes_nothing(database):
    assert migrate(database) == []


def test_the_database_syncs_at_every_commit(database):
    assert database.pragma("synchronous") == 2  # FULL
    assert database.pragma("journal_mode") == "wal"


REFERENCES = [
    (table._meta.table_name, field.column_name)
    for table in TABLES
    for field in table._meta.sorted_fields
    if isinstance(field, ForeignKeyField) and field.rel_model in (Message, Conversation, Person)
]


@pytest.mark.parametrize(("table", "column"), REFERENCES)
def test_what_refers_to_an_erased_row_is_found_by_an_index(database, table, column):
    """As SQLite does for each row that is deleted: looking through a million takes 100 ms."""
    sql = f"EXPLAIN QUERY PLAN SELECT rowid FROM {table} WHERE {column} = ?"
    plan = [row[3] for row in database.execute_sql(sql, (1,))]
    assert all(step.startswith("SEARCH") for step in plan)
