"""Import of people from files: how far each is, and the rows that it could not load."""

from peewee import (
    BigIntegerField,
    CharField,
    Default,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)
from playhouse.sqlite_ext import AutoIncrementField


class _Team(Model):
    class Meta:
        table_name = "team"


class _User(Model):
    class Meta:
        table_name = "user"


def _none(field, **options):
    """A count that begins at nothing."""
    return field(default=0, constraints=[Default("0")], **options)


def _empty(field, **options):
    return field(default="", constraints=[Default("''")], **options)


def up(migrator, db):
    class PeopleImport(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(_Team, index=False)
        user = ForeignKeyField(_User, null=True, index=False)
        actor = CharField(max_length=254)
        name = CharField(max_length=200)
        size = IntegerField()
        encoding = CharField(max_length=20)
        sha256 = _empty(CharField, max_length=64)
        length = IntegerField()
        delimiter = CharField(max_length=1)
        columns = TextField()
        mapping = TextField()
        position = IntegerField()
        line = IntegerField()
        added = _none(IntegerField)
        changed = _none(IntegerField)
        same = _none(IntegerField)
        refused = _none(IntegerField)
        state = CharField(max_length=16, default="mapping", constraints=[Default("'mapping'")])
        cause = _empty(CharField, max_length=300)
        erased = _empty(TextField)
        worker = _empty(CharField, max_length=32)
        leased_until = _none(BigIntegerField)
        created_at = BigIntegerField()
        ended_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "people_import"
            indexes = (
                (("team", "created_at"), False),
                (("state", "leased_until"), False),
                (("sha256",), False),
            )

    class ImportProblem(Model):
        id = AutoIncrementField()
        team = ForeignKeyField(_Team, index=False)
        people_import = ForeignKeyField(PeopleImport, index=False)
        line = IntegerField()
        columns = _empty(CharField, max_length=200)
        text = CharField(max_length=600)
        cells = TextField()

        class Meta:
            database = db
            table_name = "import_problem"
            indexes = ((("team", "people_import", "id"), False),)

    db.create_tables([PeopleImport, ImportProblem])
