"""Reconciliation: what could not be filed, texts whose status is asked for, what rounds found."""

from peewee import BigIntegerField, CharField, Default, ForeignKeyField, IntegerField, Model
from playhouse.sqlite_ext import AutoIncrementField


class _Team(Model):
    class Meta:
        table_name = "team"


class _Message(Model):
    class Meta:
        table_name = "message"


class _WebhookEvent(Model):
    class Meta:
        table_name = "webhook_event"


def _none(field, **options):
    """A count that begins at nothing."""
    return field(default=0, constraints=[Default("0")], **options)


def _empty(field, **options):
    return field(default="", constraints=[Default("''")], **options)


def up(migrator, db):
    class Quarantine(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(_Team, null=True, index=False)
        key = CharField(max_length=100, unique=True)
        kind = CharField(max_length=16)
        reason = CharField(max_length=16)
        detail = _empty(CharField, max_length=300)
        mobile = _empty(CharField, max_length=64)
        webhook = ForeignKeyField(_WebhookEvent, null=True, index=False)
        message = ForeignKeyField(_Message, null=True, index=False)
        attempts = _none(IntegerField)
        not_before = _none(BigIntegerField)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "quarantine"
            indexes = (
                (("team", "id"), False),
                (("team", "mobile"), False),
                (("at",), False),
                (("not_before",), False),
            )

    Quarantine.add_index(
        Quarantine.index(Quarantine.message, name="quarantine_message").where(
            Quarantine.message.is_null(False)
        )
    )

    class StatusAsk(Model):
        team = ForeignKeyField(_Team, index=False)
        message = ForeignKeyField(_Message, unique=True)
        asks = _none(IntegerField)
        not_before = BigIntegerField()
        given_up_at = BigIntegerField(null=True)
        cause = _empty(CharField, max_length=200)

        class Meta:
            database = db
            table_name = "status_ask"
            indexes = (
                (("given_up_at", "not_before"), False),
                (("team", "given_up_at"), False),
            )

    class Finding(Model):
        team = ForeignKeyField(_Team, index=False)
        round = CharField(max_length=40)
        at = BigIntegerField()
        found = IntegerField()
        mended = IntegerField()

        class Meta:
            database = db
            table_name = "finding"
            indexes = ((("team", "round"), True),)

    db.create_tables([Quarantine, StatusAsk, Finding])
    migrator.migrate(
        migrator.add_column("heartbeat", "tried_at", BigIntegerField(null=True)),
        migrator.add_column("heartbeat", "cause", _empty(CharField, max_length=200)),
    )
