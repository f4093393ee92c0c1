"""People from files: how far each import is, and the rows that it could not load."""

from peewee import CharField, ForeignKeyField, IntegerField, TextField

from backend.models.base import LastingId, Table, instant
from backend.models.team import Team, User


class PeopleImport(Table):
    """A file of people. ``state``: mapping (an admin looks at the columns), running, paused, done,
    failed, canceled."""

    id = LastingId()
    team = ForeignKeyField(Team, index=False)
    user = ForeignKeyField(User, null=True, index=False)
    actor = CharField(max_length=254)
    """Who brought it, as the audit log names them."""
    name = CharField(max_length=200)
    """The file's, on the computer that it came from."""
    size = IntegerField()
    """Bytes, as they came."""
    encoding = CharField(max_length=20)
    sha256 = CharField(max_length=64, default="")
    """Of the file that is kept, which is UTF-8 with a newline behind each line whatever came; empty
    once it is gone."""
    length = IntegerField()
    """Bytes of the file that is kept."""
    delimiter = CharField(max_length=1)
    columns = TextField()
    """JSON: the name of each column, no two the same."""
    mapping = TextField()
    """JSON: for each column the field that it is, empty for what is left out."""
    position = IntegerField()
    """The byte at which the first row begins that is not done yet."""
    line = IntegerField()
    """That row's line, from 1."""
    added = IntegerField(default=0)
    changed = IntegerField(default=0)
    same = IntegerField(default=0)
    refused = IntegerField(default=0)
    state = CharField(max_length=16, default="mapping")
    cause = CharField(max_length=300, default="")
    """Why it stopped, in words for the admin."""
    erased = TextField(default="")
    """Pseudonyms, apart by spaces, of people who were erased while the file was kept."""
    worker = CharField(max_length=32, default="")
    """Who works on it, until ``leased_until``."""
    leased_until = instant(default=0)
    created_at = instant()
    ended_at = instant(null=True)

    class Meta:
        indexes = (
            (("team", "created_at"), False),
            (("state", "leased_until"), False),
            (("sha256",), False),
        )


class ImportProblem(Table):
    """A row that was not loaded."""

    id = LastingId()
    team = ForeignKeyField(Team, index=False)
    people_import = ForeignKeyField(PeopleImport, index=False)
    line = IntegerField()
    columns = CharField(max_length=200, default="")
    """Names of the columns that are wrong; empty for the whole line."""
    text = CharField(max_length=600)
    """What to do about it."""
    cells = TextField()
    """JSON: the row as it came, so that the report can be mended and loaded."""

    class Meta:
        indexes = ((("team", "people_import", "id"), False),)
