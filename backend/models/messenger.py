"""Numbers, people, conversations and the texts between them. The team comes first in every key."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from backend.models.base import Table, instant
from backend.models.team import Team, User


class Number(Table):
    """A number that the team rents; ``carrier_sid`` is the carrier's name for it."""

    team = ForeignKeyField(Team, index=True)
    e164 = CharField(max_length=16, unique=True)
    kind = CharField(max_length=16, default="long_code")
    carrier_sid = CharField(max_length=40, default="")
    sms = BooleanField(default=True)
    mms = BooleanField(default=True)
    voice = BooleanField(default=True)
    local_presence = BooleanField(default=False)
    created_at = instant()


class NumberUser(Table):
    """Who texts from a number and is told what arrives on it."""

    team = ForeignKeyField(Team, index=False)
    number = ForeignKeyField(Number, index=False)
    user = ForeignKeyField(User, index=False)

    class Meta:
        indexes = ((("team", "number", "user"), True), (("team", "user"), False))


class Person(Table):
    team = ForeignKeyField(Team, index=False)
    mobile = CharField(max_length=16)
    name = CharField(max_length=200, default="")
    title = CharField(max_length=200, default="")
    account = CharField(max_length=200, default="")
    profile_url = CharField(max_length=2000, default="")
    account_url = CharField(max_length=2000, default="")
    crm = CharField(max_length=40, default="")
    crm_ref = CharField(max_length=200, null=True)
    time_zone = CharField(max_length=64, default="")
    contacted_at = instant(null=True)
    created_at = instant()

    class Meta:
        indexes = ((("team", "mobile"), False), (("team", "crm_ref"), True))


class Conversation(Table):
    """One person on one number. What the list shows is kept here, so that the inbox is one page."""

    team = ForeignKeyField(Team, index=False)
    number = ForeignKeyField(Number, index=False)
    person = ForeignKeyField(Person, index=False)
    unread = IntegerField(default=0)
    preview = CharField(max_length=200, default="")
    preview_direction = CharField(max_length=8, default="outbound")
    last_at = instant()
    last_message = IntegerField(null=True)
    read_message = IntegerField(default=0)
    match = CharField(max_length=16, default="opened")
    revision = IntegerField(default=0)

    class Meta:
        indexes = (
            (("team", "number", "person"), True),
            (("team", "number", "last_at"), False),
            (("team", "person"), False),
        )


class Message(Table):
    team = ForeignKeyField(Team, index=False)
    conversation = ForeignKeyField(Conversation, index=False)
    direction = CharField(max_length=8)
    status = CharField(max_length=16)
    body = TextField()
    mobile = CharField(max_length=16)
    """The other side's number as it was then: a later edit in the CRM redirects nothing."""
    ref = CharField(max_length=64, null=True)
    author = ForeignKeyField(User, null=True, index=False)
    carrier_sid = CharField(max_length=40, null=True, unique=True)
    error_code = IntegerField(null=True)
    segments = IntegerField(default=1)
    media_count = IntegerField(default=0)
    at = instant()
    revision = IntegerField(default=0)

    class Meta:
        indexes = (
            (("team", "ref"), True),
            (("team", "conversation", "id"), False),
            (("status", "at"), False),
        )


class Outbox(Table):
    """A text that waits to be handed to the carrier. ``state``: queued, sending, uncertain.

    The row goes away when the carrier has answered for certain.
    """

    team = ForeignKeyField(Team, index=False)
    message = ForeignKeyField(Message, unique=True)
    state = CharField(max_length=16, default="queued")
    not_before = instant()
    attempts = IntegerField(default=0)
    claimed_at = instant(null=True)

    class Meta:
        indexes = ((("state", "not_before"), False),)


class OptOut(Table):
    """(team, mobile) after a STOP, until a START."""

    team = ForeignKeyField(Team, index=False)
    mobile = CharField(max_length=16)
    cause = CharField(max_length=40)
    at = instant()

    class Meta:
        indexes = ((("team", "mobile"), True),)
