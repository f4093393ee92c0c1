"""The database handle that every table shares, and the fields that recur."""

from typing import Any

from peewee import BigIntegerField, DatabaseProxy, ForeignKeyField, Model, OperationalError
from playhouse.sqlite_ext import AutoIncrementField

database = DatabaseProxy()
"""Filled by :func:`backend.models.connection.connect`; one database per process."""


class ConnectionLost(OperationalError):
    """The server, or the way to it, went away from a transaction. Nothing of it is kept, unless it
    was just being committed: then nobody knows."""


class Table(Model):
    class Meta:
        database = database
        legacy_table_names = False


def index_references(table: type[Table], *fields: ForeignKeyField) -> None:
    """An index that begins with each of these columns, of the rows that refer to anything: whoever
    deletes what they refer to would have SQLite look through the whole table for each row.
    Call after the class, since peewee's own indexes begin with the team."""
    for field in fields:
        index = table.index(field, name=f"{table._meta.table_name}_{field.name}")
        table.add_index(index.where(field.is_null(False)) if field.null else index)


class LastingId(AutoIncrementField):
    """An id that no other row is ever given. SQLite hands the highest one out again once its row is
    gone, and browsers, callbacks and programs may still hold it: after an erasure a waiting text
    would go to whoever comes next."""


def instant(**options: Any) -> BigIntegerField:
    """A moment in milliseconds since 1970 UTC."""
    return BigIntegerField(**options)
