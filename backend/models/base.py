"""The database handle that every table shares, and the fields that recur."""

from typing import Any

from peewee import BigIntegerField, DatabaseProxy, Model

database = DatabaseProxy()
"""Filled by :func:`backend.models.connection.connect`; one database per process."""


class Table(Model):
    class Meta:
        database = database
        legacy_table_names = False


def instant(**options: Any) -> BigIntegerField:
    """A moment in milliseconds since 1970 UTC."""
    return BigIntegerField(**options)
