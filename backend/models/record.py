"""What happened, kept: webhooks as they came, decisions of the gate, activities, the feed."""

from peewee import (
    BlobField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from backend.models.base import LastingId, Table, index_references, instant
from backend.models.messenger import Message, Person
from backend.models.team import Team, User


class WebhookEvent(Table):
    """A webhook as it came. ``key`` makes a redelivery the same row; unfiled ones are kept."""

    key = CharField(max_length=80, unique=True)
    team = ForeignKeyField(Team, null=True, index=False)
    params = TextField()
    received_at = instant()
    filed = BooleanField(default=False)

    class Meta:
        indexes = ((("filed", "received_at"), False),)


class Decision(Table):
    """What the send gate said about a text, and when in its life it was asked."""

    team = ForeignKeyField(Team, index=False)
    message = ForeignKeyField(Message, null=True, index=False)
    user = ForeignKeyField(User, null=True, index=False)
    moment = CharField(max_length=16)
    allowed = BooleanField()
    reason = CharField(max_length=40, default="")
    detail = CharField(max_length=200, default="")
    """Why it was allowed where a rule would usually refuse, or more on the refusal."""
    mobile = CharField(max_length=64, default="")
    road = CharField(max_length=16, default="pane")
    """pane, api, scheduled, system: by which road the text came to the gate."""
    at = instant()

    class Meta:
        indexes = (
            (("team", "message"), False),
            (("team", "at"), False),
            (("team", "reason", "at"), False),
            (("team", "user", "reason", "at"), False),
            (("team", "mobile"), False),
        )


index_references(Decision, Decision.message)


class Activity(Table):
    """What happened to a person; one row becomes one entry in the CRM."""

    id = LastingId()
    team = ForeignKeyField(Team, index=False)
    person = ForeignKeyField(Person, index=False)
    kind = CharField(max_length=16)
    message = ForeignKeyField(Message, null=True, unique=True)
    user = ForeignKeyField(User, null=True, index=False)
    text = TextField(default="")
    """A note's words, or what an opt-out came of; a message's own are with the message."""
    at = instant()

    class Meta:
        indexes = ((("team", "person", "at"), False),)


index_references(Activity, Activity.person)


class FeedCursor(Table):
    """Where a user's feed stands. The row is locked while an event is added, so that ``seq`` has
    no gaps and no event commits behind one that was already seen."""

    user = ForeignKeyField(User, primary_key=True)
    seq = IntegerField(default=0)
    pruned = IntegerField(default=0)
    """Events up to this one are gone: a client that stands before it must reset."""


class FeedEvent(Table):
    user = ForeignKeyField(User, index=False)
    seq = IntegerField()
    frame = BlobField()
    at = instant()

    class Meta:
        primary_key = CompositeKey("user", "seq")
        indexes = ((("at",), False),)
