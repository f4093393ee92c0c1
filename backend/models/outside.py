"""What goes to other machines: webhooks to the team's own programs, redactions at the carrier."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from backend.models.base import LastingId, Table, instant
from backend.models.messenger import Message
from backend.models.team import Team


class Hook(Table):
    """An address that is told of message events. The secret that signs them follows from ``salt``
    and SECRET_KEY and is not kept."""

    id = LastingId()
    team = ForeignKeyField(Team, index=True)
    url = CharField(max_length=2000)
    salt = CharField(max_length=40)
    events = CharField(max_length=200)
    enabled = BooleanField(default=True)
    created_at = instant()


class HookDelivery(Table):
    """One event on its way to one hook. ``state``: waiting, delivered, failed."""

    id = LastingId()
    team = ForeignKeyField(Team, index=False)
    hook = ForeignKeyField(Hook, index=False, on_delete="CASCADE")
    event = CharField(max_length=40)
    message = ForeignKeyField(Message, null=True)
    body = TextField()
    state = CharField(max_length=16, default="waiting")
    attempts = IntegerField(default=0)
    not_before = instant()
    answer = CharField(max_length=200, default="")
    """The last answer: a status or what went wrong."""
    created_at = instant()

    class Meta:
        indexes = ((("state", "not_before"), False), (("team", "hook", "id"), False))


class Redaction(Table):
    """A text or media that has to go at the carrier too; ``done_at`` is set once it is gone."""

    team = ForeignKeyField(Team, index=False)
    sid = CharField(max_length=40)
    media_sid = CharField(max_length=40, default="")
    attempts = IntegerField(default=0)
    not_before = instant()
    answer = CharField(max_length=200, default="")
    done_at = instant(null=True)
    created_at = instant()

    class Meta:
        indexes = ((("sid", "media_sid"), True), (("done_at", "not_before"), False))


class Heartbeat(Table):
    """When recurring work was last done to its end; ``tried_at`` is when it last began, ``cause``
    why that did not come to its end."""

    name = CharField(max_length=40, primary_key=True)
    at = instant()
    tried_at = instant(null=True)
    cause = CharField(max_length=200, default="")
