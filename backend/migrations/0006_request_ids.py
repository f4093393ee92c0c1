"""A text that waits keeps the name of the request that wrote it."""

from peewee import CharField, Default


def up(migrator, db):
    migrator.migrate(
        migrator.add_column(
            "outbox",
            "request_id",
            CharField(max_length=32, default="", constraints=[Default("''")]),
        )
    )


def down(migrator, db):
    migrator.migrate(migrator.drop_column("outbox", "request_id"))
