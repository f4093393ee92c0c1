from playhouse.schema_diff import diff_models

from backend.models import TABLES
from backend.models.connection import migrate


def test_the_migrations_make_the_tables_that_the_models_say(database):
    assert not diff_models(database, TABLES)


def test_migrating_twice_changes_nothing(database):
    assert migrate(database) == []


def test_the_database_syncs_at_every_commit(database):
    assert database.pragma("synchronous") == 2  # FULL
    assert database.pragma("journal_mode") == "wal"
