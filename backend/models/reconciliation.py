"""What did not go as it should: what could not be filed, texts that nobody hears of any more, and
what the rounds that look for such things found."""

from peewee import CharField, ForeignKeyField, IntegerField

from backend.models.base import LastingId, Table, index_references, instant
from backend.models.messenger import Message
from backend.models.record import WebhookEvent
from backend.models.team import Team


class Quarantine(Table):
    """What arrived and could not be filed. Without a team it came to no team's number, and is the
    operator's. ``key`` makes what comes again the same row; the words are with the webhook."""

    id = LastingId()
    team = ForeignKeyField(Team, null=True, index=False)
    key = CharField(max_length=100, unique=True)
    kind = CharField(max_length=16)
    """text, status, media."""
    reason = CharField(max_length=16)
    detail = CharField(max_length=300, default="")
    mobile = CharField(max_length=64, default="")
    webhook = ForeignKeyField(WebhookEvent, null=True, index=False)
    message = ForeignKeyField(Message, null=True, index=False)
    attempts = IntegerField(default=0)
    not_before = instant(default=0)
    at = instant()

    class Meta:
        indexes = (
            (("team", "id"), False),
            (("team", "mobile"), False),
            (("at",), False),
            (("not_before",), False),
        )


index_references(Quarantine, Quarantine.message)


class StatusAsk(Table):
    """A text of which the carrier has not said for long what became of it: how often it was asked
    for, when it is next, and since when nobody asks any more."""

    team = ForeignKeyField(Team, index=False)
    message = ForeignKeyField(Message, unique=True)
    asks = IntegerField(default=0)
    not_before = instant()
    given_up_at = instant(null=True)
    cause = CharField(max_length=200, default="")

    class Meta:
        indexes = ((("given_up_at", "not_before"), False), (("team", "given_up_at"), False))


class Finding(Table):
    """What a round last found of a team's, ``at`` the beginning of the run that found it."""

    team = ForeignKeyField(Team, index=False)
    round = CharField(max_length=40)
    at = instant()
    found = IntegerField()
    mended = IntegerField()

    class Meta:
        indexes = ((("team", "round"), True),)
