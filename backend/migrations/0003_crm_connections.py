"""Connections to CRMs, and activities on their way there."""

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    Default,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)
from playhouse.sqlite_ext import AutoIncrementField


def up(migrator, db):
    migrator.migrate(
        migrator.add_column(
            "person", "email", CharField(max_length=254, default="", constraints=[Default("''")])
        )
    )
    _tables(db)
    for table in ("crm_log", "crm_drift"):
        where = "" if table == "crm_log" else " WHERE person_id IS NOT NULL"
        db.execute_sql(f"CREATE INDEX {table}_person ON {table} (person_id){where}")


def _tables(db):
    class Activity(Model):
        class Meta:
            database = db
            table_name = "activity"

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

    class CrmConnection(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(Team, index=False)
        crm = CharField(max_length=16)
        state = CharField(max_length=16, default="connected", constraints=[Default("'connected'")])
        cause = CharField(max_length=300, default="", constraints=[Default("''")])
        org = CharField(max_length=64)
        org_name = CharField(max_length=200, default="", constraints=[Default("''")])
        base_url = CharField(max_length=300)
        access = TextField(default="", constraints=[Default("''")])
        refresh = TextField(default="", constraints=[Default("''")])
        expires_at = BigIntegerField(default=0, constraints=[Default("0")])
        scopes = CharField(max_length=1000, default="", constraints=[Default("''")])
        email = CharField(max_length=254, default="", constraints=[Default("''")])
        fields = TextField(default="{}", constraints=[Default("'{}'")])
        choices = TextField(default="[]", constraints=[Default("'[]'")])
        digest = BooleanField(default=False, constraints=[Default("false")])
        write_opt_outs = BooleanField(default=True, constraints=[Default("true")])
        connected_by = ForeignKeyField(User, null=True, index=False)
        connected_at = BigIntegerField()
        parked_until = BigIntegerField(default=0, constraints=[Default("0")])
        failures = IntegerField(default=0, constraints=[Default("0")])
        claimed_until = BigIntegerField(default=0, constraints=[Default("0")])

        class Meta:
            database = db
            table_name = "crm_connection"
            indexes = ((("team", "crm"), True),)

    class CrmSignIn(Model):
        state_hash = CharField(max_length=64, unique=True)
        team = ForeignKeyField(Team, index=False)
        user = ForeignKeyField(User, index=False)
        crm = CharField(max_length=16)
        address = CharField(max_length=300, default="", constraints=[Default("''")])
        verifier = CharField(max_length=300)
        expires_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "crm_sign_in"

    class CrmUser(Model):
        team = ForeignKeyField(Team, index=False)
        crm = CharField(max_length=16)
        external_id = CharField(max_length=64)
        email = CharField(max_length=254, default="", constraints=[Default("''")])
        name = CharField(max_length=200, default="", constraints=[Default("''")])
        user = ForeignKeyField(User, null=True, index=False)
        by_hand = BooleanField(default=False, constraints=[Default("false")])

        class Meta:
            database = db
            table_name = "crm_user"
            indexes = ((("team", "crm", "external_id"), True), (("team", "crm", "user"), False))

    class CrmLog(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(Team, index=False)
        activity = ForeignKeyField(Activity, unique=True, on_delete="CASCADE")
        person = ForeignKeyField(Person, index=False)
        crm = CharField(max_length=16)
        state = CharField(max_length=16)
        not_before = BigIntegerField(default=0, constraints=[Default("0")])
        attempts = IntegerField(default=0, constraints=[Default("0")])
        tried = BooleanField(default=False, constraints=[Default("false")])
        external_id = CharField(max_length=64, default="", constraints=[Default("''")])
        url = CharField(max_length=500, default="", constraints=[Default("''")])
        entry_key = CharField(max_length=36, default="", constraints=[Default("''")])
        cause = CharField(max_length=300, default="", constraints=[Default("''")])
        opportunity = CharField(max_length=64, default="", constraints=[Default("''")])
        stale_id = CharField(max_length=64, default="", constraints=[Default("''")])
        revision = IntegerField(default=0, constraints=[Default("0")])
        made_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "crm_log"
            indexes = (
                (("team", "crm", "state", "id"), False),
                (("team", "person", "crm", "state"), False),
            )

    class CrmPerson(Model):
        team = ForeignKeyField(Team, index=False)
        person = ForeignKeyField(Person, unique=True, on_delete="CASCADE")
        read_at = BigIntegerField(default=0, constraints=[Default("0")])
        owner_email = CharField(max_length=254, default="", constraints=[Default("''")])
        do_not_text = BooleanField(null=True)
        opportunities = TextField(default="[]", constraints=[Default("'[]'")])
        chosen = CharField(max_length=64, default="", constraints=[Default("''")])
        gone = BooleanField(default=False, constraints=[Default("false")])

        class Meta:
            database = db
            table_name = "crm_person"

    class CrmDrift(Model):
        team = ForeignKeyField(Team, index=False)
        at = BigIntegerField()
        source = CharField(max_length=16)
        person = ForeignKeyField(Person, null=True, index=False, on_delete="CASCADE")
        mobile = CharField(max_length=64)
        text = CharField(max_length=300)

        class Meta:
            database = db
            table_name = "crm_drift"
            indexes = ((("team", "at"), False),)

    db.create_tables([CrmConnection, CrmSignIn, CrmUser, CrmLog, CrmPerson, CrmDrift])
