"""The tables of the first release."""

from peewee import (
    BigIntegerField,
    BlobField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)
from playhouse.sqlite_ext import AutoIncrementField


def up(migrator, db):
    class Team(Model):
        name = CharField()
        messenger_enabled = BooleanField(default=True)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "team"

    db.create_tables([Team])

    class Person(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(Team, index=False)
        mobile = CharField(max_length=16)
        name = CharField(max_length=200, default="")
        title = CharField(max_length=200, default="")
        account = CharField(max_length=200, default="")
        profile_url = CharField(max_length=2000, default="")
        account_url = CharField(max_length=2000, default="")
        crm = CharField(max_length=40, default="")
        crm_ref = CharField(null=True, max_length=200)
        time_zone = CharField(max_length=64, default="")
        contacted_at = BigIntegerField(null=True)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "person"
            indexes = ((("team", "mobile"), False), (("team", "crm_ref"), True))

    db.create_tables([Person])

    class Number(Model):
        team = ForeignKeyField(Team)
        e164 = CharField(unique=True, max_length=16)
        kind = CharField(max_length=16, default="long_code")
        carrier_sid = CharField(max_length=40, default="")
        sms = BooleanField(default=True)
        mms = BooleanField(default=True)
        voice = BooleanField(default=True)
        local_presence = BooleanField(default=False)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "number"

    db.create_tables([Number])

    class Conversation(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(Team, index=False)
        number = ForeignKeyField(Number, index=False)
        person = ForeignKeyField(Person, index=False)
        unread = IntegerField(default=0)
        preview = CharField(max_length=200, default="")
        preview_direction = CharField(max_length=8, default="outbound")
        last_at = BigIntegerField()
        last_message = IntegerField(null=True)
        read_message = IntegerField(default=0)
        match = CharField(max_length=16, default="opened")
        revision = IntegerField(default=0)

        class Meta:
            database = db
            table_name = "conversation"
            indexes = (
                (("team", "number", "person"), True),
                (("team", "number", "last_at"), False),
                (("team", "person"), False),
            )

    db.create_tables([Conversation])

    class User(Model):
        team = ForeignKeyField(Team, index=False)
        email = CharField(unique=True)
        name = CharField()
        role = CharField(default="rep")
        password_hash = CharField(max_length=300)
        disabled_at = BigIntegerField(null=True)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "user"
            indexes = ((("team", "email"), False),)

    db.create_tables([User])

    class Message(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(Team, index=False)
        conversation = ForeignKeyField(Conversation, index=False)
        direction = CharField(max_length=8)
        status = CharField(max_length=16)
        body = TextField()
        mobile = CharField(max_length=16)
        ref = CharField(null=True, max_length=64)
        author = ForeignKeyField(User, null=True, index=False)
        carrier_sid = CharField(unique=True, null=True, max_length=40)
        error_code = IntegerField(null=True)
        segments = IntegerField(default=1)
        media_count = IntegerField(default=0)
        at = BigIntegerField()
        revision = IntegerField(default=0)

        class Meta:
            database = db
            table_name = "message"
            indexes = (
                (("team", "ref"), True),
                (("team", "conversation", "id"), False),
                (("status", "at"), False),
            )

    db.create_tables([Message])

    class Activity(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(Team, index=False)
        person = ForeignKeyField(Person, index=False)
        kind = CharField(max_length=16)
        message = ForeignKeyField(Message, unique=True, null=True)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "activity"
            indexes = ((("team", "person", "at"), False),)

    db.create_tables([Activity])

    class Decision(Model):
        team = ForeignKeyField(Team, index=False)
        message = ForeignKeyField(Message, null=True, index=False)
        user = ForeignKeyField(User, null=True, index=False)
        moment = CharField(max_length=16)
        allowed = BooleanField()
        reason = CharField(max_length=40, default="")
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "decision"
            indexes = ((("team", "message"), False),)

    db.create_tables([Decision])

    class FeedCursor(Model):
        user = ForeignKeyField(User, primary_key=True)
        seq = IntegerField(default=0)
        pruned = IntegerField(default=0)

        class Meta:
            database = db
            table_name = "feed_cursor"

    db.create_tables([FeedCursor])

    class FeedEvent(Model):
        user = ForeignKeyField(User, index=False)
        seq = IntegerField()
        frame = BlobField()
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "feed_event"
            primary_key = CompositeKey("user", "seq")
            indexes = ((("at",), False),)

    db.create_tables([FeedEvent])

    class License(Model):
        team = ForeignKeyField(Team, index=False)
        user = ForeignKeyField(User, index=False)
        kind = CharField(max_length=16)
        granted_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "license"
            indexes = ((("team", "user", "kind"), True),)

    db.create_tables([License])

    class NumberUser(Model):
        team = ForeignKeyField(Team, index=False)
        number = ForeignKeyField(Number, index=False)
        user = ForeignKeyField(User, index=False)

        class Meta:
            database = db
            table_name = "number_user"
            indexes = ((("team", "number", "user"), True), (("team", "user"), False))

    db.create_tables([NumberUser])

    class OptOut(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(Team, index=False)
        mobile = CharField(max_length=16)
        cause = CharField(max_length=40)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "opt_out"
            indexes = ((("team", "mobile"), True),)

    db.create_tables([OptOut])

    class Outbox(Model):
        team = ForeignKeyField(Team, index=False)
        message = ForeignKeyField(Message, unique=True)
        state = CharField(max_length=16, default="queued")
        not_before = BigIntegerField()
        attempts = IntegerField(default=0)
        claimed_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "outbox"
            indexes = ((("state", "not_before"), False),)

    db.create_tables([Outbox])

    class Session(Model):
        team = ForeignKeyField(Team, index=False)
        user = ForeignKeyField(User, index=False)
        token_hash = CharField(unique=True, max_length=64)
        previous_hash = CharField(unique=True, null=True, max_length=64)
        rotated_at = BigIntegerField()
        client = CharField(max_length=100, default="")
        created_at = BigIntegerField()
        expires_at = BigIntegerField()
        ended_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "session"
            indexes = ((("team", "user"), False),)

    db.create_tables([Session])

    class PushSubscription(Model):
        team = ForeignKeyField(Team, index=False)
        user = ForeignKeyField(User, index=False)
        session = ForeignKeyField(Session)
        endpoint = CharField(unique=True, max_length=2000)
        p256dh = CharField(max_length=200)
        auth = CharField(max_length=100)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "push_subscription"
            indexes = ((("team", "user"), False),)

    db.create_tables([PushSubscription])

    class WebhookEvent(Model):
        key = CharField(unique=True, max_length=80)
        team = ForeignKeyField(Team, null=True, index=False)
        params = TextField()
        received_at = BigIntegerField()
        filed = BooleanField(default=False)

        class Meta:
            database = db
            table_name = "webhook_event"
            indexes = ((("filed", "received_at"), False),)

    db.create_tables([WebhookEvent])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("webhook_event"))
    migrator.migrate(migrator.drop_table("push_subscription"))
    migrator.migrate(migrator.drop_table("session"))
    migrator.migrate(migrator.drop_table("outbox"))
    migrator.migrate(migrator.drop_table("opt_out"))
    migrator.migrate(migrator.drop_table("number_user"))
    migrator.migrate(migrator.drop_table("license"))
    migrator.migrate(migrator.drop_table("feed_event"))
    migrator.migrate(migrator.drop_table("feed_cursor"))
    migrator.migrate(migrator.drop_table("decision"))
    migrator.migrate(migrator.drop_table("activity"))
    migrator.migrate(migrator.drop_table("message"))
    migrator.migrate(migrator.drop_table("user"))
    migrator.migrate(migrator.drop_table("conversation"))
    migrator.migrate(migrator.drop_table("number"))
    migrator.migrate(migrator.drop_table("person"))
    migrator.migrate(migrator.drop_table("team"))
