"""Compliance, schedules, media, settings, audit, usage, API keys and webhooks of teams."""

from peewee import (
    AutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    Default,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)
from playhouse.sqlite_ext import AutoIncrementField


class _User(Model):
    id = AutoField()

    class Meta:
        table_name = "user"


def up(migrator, db):
    _columns(migrator)
    db.execute_sql(
        "CREATE INDEX message_scheduled ON message (team_id, conversation_id)"
        " WHERE status = 'scheduled'"
    )
    _tables(db)
    for table in ("opt_out", "restriction"):
        # For a search by the last digits.
        db.execute_sql(
            f"CREATE INDEX {table}_ending ON {table} (team_id, substr(mobile, length(mobile) - 3))"
        )
    _references(db)
    # The history of what the first release kept begins with it.
    db.execute_sql(
        "INSERT INTO consent_event (team_id, mobile, kind, cause, at)"
        " SELECT team_id, mobile, 'opted_out', cause, at FROM opt_out ORDER BY at, id"
    )


def _references(db):
    # Of what is deleted, SQLite looks for rows that still refer to it.
    for table, column in (
        ("message", "conversation"),
        ("conversation", "person"),
        ("activity", "person"),
        ("person_number", "person"),
    ):
        db.execute_sql(f"CREATE INDEX {table}_{column} ON {table} ({column}_id)")
    for table in ("decision", "media", "restriction", "consent_event"):
        db.execute_sql(
            f"CREATE INDEX {table}_message ON {table} (message_id) WHERE message_id IS NOT NULL"
        )


def _columns(migrator):
    migrator.migrate(
        migrator.add_column(
            "team",
            "time_zone",
            CharField(
                max_length=64,
                default="America/New_York",
                constraints=[Default("'America/New_York'")],
            ),
        ),
        migrator.add_column(
            "team", "hours_from", IntegerField(default=540, constraints=[Default("540")])
        ),
        migrator.add_column(
            "team", "hours_until", IntegerField(default=1200, constraints=[Default("1200")])
        ),
        migrator.add_column(
            "team", "sunday_from", IntegerField(default=720, constraints=[Default("720")])
        ),
        migrator.add_column(
            "team", "sunday_until", IntegerField(default=1200, constraints=[Default("1200")])
        ),
        migrator.add_column(
            "team",
            "landlines",
            CharField(max_length=8, default="warn", constraints=[Default("'warn'")]),
        ),
        migrator.add_column(
            "team", "crm_required", BooleanField(default=False, constraints=[Default("false")])
        ),
        migrator.add_column(
            "team", "user_daily_cap", IntegerField(default=500, constraints=[Default("500")])
        ),
        migrator.add_column(
            "team", "team_daily_cap", IntegerField(default=5000, constraints=[Default("5000")])
        ),
        migrator.add_column("team", "monthly_budget", BigIntegerField(null=True)),
        migrator.add_column(
            "team", "segment_price", IntegerField(default=8300, constraints=[Default("8300")])
        ),
        migrator.add_column(
            "team", "media_price", IntegerField(default=20000, constraints=[Default("20000")])
        ),
        migrator.add_column("team", "retention_days", IntegerField(null=True)),
        migrator.add_column("team", "messenger_seats", IntegerField(null=True)),
        migrator.add_column("team", "dialer_seats", IntegerField(null=True)),
        migrator.add_column("team", "paused_at", BigIntegerField(null=True)),
        migrator.add_column(
            "team",
            "paused_cause",
            CharField(max_length=200, default="", constraints=[Default("''")]),
        ),
        migrator.add_column(
            "person", "region", CharField(max_length=40, default="", constraints=[Default("''")])
        ),
        migrator.add_column(
            "number", "label", CharField(max_length=64, default="", constraints=[Default("''")])
        ),
        migrator.add_column(
            "number",
            "messaging_service_sid",
            CharField(max_length=40, default="", constraints=[Default("''")]),
        ),
        migrator.add_column(
            "number", "a2p", CharField(max_length=16, default="", constraints=[Default("''")])
        ),
        migrator.add_column(
            "number", "a2p_detail", TextField(default="", constraints=[Default("''")])
        ),
        migrator.add_column("number", "synced_at", BigIntegerField(null=True)),
        migrator.add_column("number", "retired_at", BigIntegerField(null=True)),
        migrator.add_column("message", "scheduled_for", BigIntegerField(null=True)),
        migrator.add_column(
            "message", "hold", CharField(max_length=16, default="", constraints=[Default("''")])
        ),
        migrator.add_column("message", "cost", IntegerField(null=True)),
        migrator.add_column(
            "message", "cause", CharField(max_length=300, default="", constraints=[Default("''")])
        ),
        migrator.add_column(
            "message",
            "content_hash",
            CharField(max_length=64, default="", constraints=[Default("''")]),
        ),
        migrator.add_column("message", "counted_at", BigIntegerField(null=True)),
        migrator.add_column(
            "message", "counted_cost", IntegerField(default=0, constraints=[Default("0")])
        ),
        migrator.add_column(
            "activity", "user_id", ForeignKeyField(_User, field=_User.id, null=True, index=False)
        ),
        migrator.add_column("activity", "text", TextField(default="", constraints=[Default("''")])),
        migrator.add_column(
            "decision", "detail", CharField(max_length=200, default="", constraints=[Default("''")])
        ),
        migrator.add_column(
            "decision", "mobile", CharField(max_length=64, default="", constraints=[Default("''")])
        ),
        migrator.add_column(
            "decision",
            "road",
            CharField(max_length=16, default="pane", constraints=[Default("'pane'")]),
        ),
        migrator.alter_column_type("opt_out", "mobile", CharField(max_length=64)),
        migrator.add_index("opt_out", ("team_id", "at"), False),
        migrator.add_index("message", ("team_id", "at"), False),
        migrator.add_index("person", ("team_id", "account"), False),
        migrator.add_index("person", ("team_id", "account_url"), False),
        migrator.add_index("decision", ("team_id", "at"), False),
        migrator.add_index("decision", ("team_id", "reason", "at"), False),
        migrator.add_index("decision", ("team_id", "user_id", "reason", "at"), False),
        migrator.add_index("decision", ("team_id", "mobile"), False),
        migrator.add_column("user", "welcome_hash", CharField(max_length=64, null=True)),
        migrator.add_column("user", "welcome_until", BigIntegerField(null=True)),
        migrator.add_index("user", ("welcome_hash",), True),
    )


def _tables(db):
    class Message(Model):
        class Meta:
            database = db
            table_name = "message"

    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class Team(Model):
        class Meta:
            database = db
            table_name = "team"

    class User(Model):
        class Meta:
            database = db
            table_name = "user"

    class ApiKey(Model):
        team = ForeignKeyField(Team)
        user = ForeignKeyField(User, index=False)
        name = CharField(max_length=100)
        prefix = CharField(max_length=16)
        token_hash = CharField(unique=True, max_length=64)
        scopes = CharField(max_length=200)
        created_at = BigIntegerField()
        used_at = BigIntegerField(null=True)
        revoked_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "api_key"

    class Audit(Model):
        team = ForeignKeyField(Team, index=False)
        user = ForeignKeyField(User, null=True, index=False)
        actor = CharField(max_length=254)
        address = CharField(max_length=64, default="", constraints=[Default("''")])
        action = CharField(max_length=40)
        subject = CharField(max_length=254, default="", constraints=[Default("''")])
        before = TextField(default="", constraints=[Default("''")])
        after = TextField(default="", constraints=[Default("''")])
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "audit"
            indexes = (
                (("team", "at"), False),
                (("team", "action", "at"), False),
                (("team", "user", "action", "at"), False),
                (("team", "subject"), False),
            )

    class PersonNumber(Model):
        team = ForeignKeyField(Team, index=False)
        person = ForeignKeyField(Person, index=False)
        e164 = CharField(max_length=16)
        label = CharField(max_length=80, default="", constraints=[Default("''")])
        former = BooleanField(default=False, constraints=[Default("false")])

        class Meta:
            database = db
            table_name = "person_number"
            indexes = (
                (("team", "person", "e164"), True),
                (("team", "e164"), False),
            )

    class Media(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(Team, index=False)
        message = ForeignKeyField(Message, null=True, index=False)
        user = ForeignKeyField(User, null=True, index=False)
        position = IntegerField(default=0, constraints=[Default("0")])
        content_type = CharField(max_length=100, default="", constraints=[Default("''")])
        name = CharField(max_length=200, default="", constraints=[Default("''")])
        size = IntegerField(default=0, constraints=[Default("0")])
        width = IntegerField(default=0, constraints=[Default("0")])
        height = IntegerField(default=0, constraints=[Default("0")])
        sha256 = CharField(max_length=64, default="", constraints=[Default("''")])
        carrier_sid = CharField(max_length=40, default="", constraints=[Default("''")])
        state = CharField(max_length=16, default="ready", constraints=[Default("'ready'")])
        error = CharField(max_length=200, default="", constraints=[Default("''")])
        attempts = IntegerField(default=0, constraints=[Default("0")])
        not_before = BigIntegerField(default=0, constraints=[Default("0")])
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "media"
            indexes = (
                (("team", "message", "position"), False),
                (("state", "not_before"), False),
                (("sha256",), False),
            )

    class QuickReply(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(Team, index=False)
        user = ForeignKeyField(User, null=True, index=False)
        name = CharField(max_length=100)
        body = TextField()
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "quick_reply"
            indexes = ((("team", "user"), False),)

    class Restriction(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(Team, index=False)
        mobile = CharField(max_length=64)
        kind = CharField(max_length=16)
        cause = CharField(max_length=16)
        user = ForeignKeyField(User, null=True, index=False)
        message = ForeignKeyField(Message, null=True, index=False)
        note = CharField(max_length=500, default="", constraints=[Default("''")])
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "restriction"
            indexes = ((("team", "mobile", "kind"), True), (("team", "at"), False))

    class ConsentEvent(Model):
        team = ForeignKeyField(Team, index=False)
        mobile = CharField(max_length=64)
        kind = CharField(max_length=24)
        restriction = CharField(max_length=16, default="", constraints=[Default("''")])
        cause = CharField(max_length=40)
        user = ForeignKeyField(User, null=True, index=False)
        message = ForeignKeyField(Message, null=True, index=False)
        note = CharField(max_length=500, default="", constraints=[Default("''")])
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "consent_event"
            indexes = (
                (("team", "mobile", "at"), False),
                (("team", "at"), False),
            )

    class Lookup(Model):
        team = ForeignKeyField(Team, index=False)
        mobile = CharField(max_length=16)
        line_type = CharField(max_length=20)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "lookup"
            indexes = ((("team", "mobile"), True),)

    class Usage(Model):
        team = ForeignKeyField(Team, index=False)
        day = IntegerField()
        user = IntegerField()
        sent = IntegerField(default=0, constraints=[Default("0")])
        segments = IntegerField(default=0, constraints=[Default("0")])
        media = IntegerField(default=0, constraints=[Default("0")])
        received = IntegerField(default=0, constraints=[Default("0")])
        delivered = IntegerField(default=0, constraints=[Default("0")])
        undelivered = IntegerField(default=0, constraints=[Default("0")])
        cost = BigIntegerField(default=0, constraints=[Default("0")])

        class Meta:
            database = db
            table_name = "usage"
            primary_key = CompositeKey("team", "day", "user")

    class UsageTotal(Model):
        team = ForeignKeyField(Team, index=False)
        period = IntegerField()
        sent = IntegerField(default=0, constraints=[Default("0")])
        cost = BigIntegerField(default=0, constraints=[Default("0")])

        class Meta:
            database = db
            table_name = "usage_total"
            primary_key = CompositeKey("team", "period")

    class ErrorCount(Model):
        team = ForeignKeyField(Team, index=False)
        day = IntegerField()
        code = IntegerField()
        count = IntegerField(default=0, constraints=[Default("0")])

        class Meta:
            database = db
            table_name = "error_count"
            primary_key = CompositeKey("team", "day", "code")

    class Hook(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(Team)
        url = CharField(max_length=2000)
        salt = CharField(max_length=40)
        events = CharField(max_length=200)
        enabled = BooleanField(default=True, constraints=[Default("true")])
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "hook"

    class HookDelivery(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(Team, index=False)
        hook = ForeignKeyField(Hook, index=False, on_delete="CASCADE")
        event = CharField(max_length=40)
        message = ForeignKeyField(Message, null=True)
        body = TextField()
        state = CharField(max_length=16, default="waiting", constraints=[Default("'waiting'")])
        attempts = IntegerField(default=0, constraints=[Default("0")])
        not_before = BigIntegerField()
        answer = CharField(max_length=200, default="", constraints=[Default("''")])
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "hook_delivery"
            indexes = (
                (("state", "not_before"), False),
                (("team", "hook", "id"), False),
            )

    class Redaction(Model):
        team = ForeignKeyField(Team, index=False)
        sid = CharField(max_length=40)
        media_sid = CharField(max_length=40, default="", constraints=[Default("''")])
        attempts = IntegerField(default=0, constraints=[Default("0")])
        not_before = BigIntegerField()
        answer = CharField(max_length=200, default="", constraints=[Default("''")])
        done_at = BigIntegerField(null=True)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "redaction"
            indexes = (
                (("sid", "media_sid"), True),
                (("done_at", "not_before"), False),
            )

    class Heartbeat(Model):
        name = CharField(max_length=40, primary_key=True)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "heartbeat"

    db.create_tables(
        [
            Heartbeat,
            ApiKey,
            Audit,
            PersonNumber,
            Media,
            QuickReply,
            Restriction,
            ConsentEvent,
            Lookup,
            Usage,
            UsageTotal,
            ErrorCount,
            Hook,
            HookDelivery,
            Redaction,
        ]
    )
