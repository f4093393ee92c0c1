"""Counters by day, so that caps, budgets and charts cost a row and not a scan."""

from peewee import BigIntegerField, CompositeKey, ForeignKeyField, IntegerField

from backend.models.base import Table
from backend.models.team import Team


class Usage(Table):
    """What a user sent and got on a day of the team's zone. ``user`` 0 is nobody: inbound texts on
    a shared number, texts of programs. ``day`` is ``yyyymmdd``; ``cost`` in millionths of a US
    dollar."""

    team = ForeignKeyField(Team, index=False)
    day = IntegerField()
    user = IntegerField()
    sent = IntegerField(default=0)
    segments = IntegerField(default=0)
    media = IntegerField(default=0)
    received = IntegerField(default=0)
    delivered = IntegerField(default=0)
    undelivered = IntegerField(default=0)
    cost = BigIntegerField(default=0)

    class Meta:
        primary_key = CompositeKey("team", "day", "user")


class UsageTotal(Table):
    """What the team sent in a ``period``, a day ``yyyymmdd`` or a month ``yyyymm``, over all users:
    what caps and budgets are compared with."""

    team = ForeignKeyField(Team, index=False)
    period = IntegerField()
    sent = IntegerField(default=0)
    cost = BigIntegerField(default=0)

    class Meta:
        primary_key = CompositeKey("team", "period")


class ErrorCount(Table):
    """How often the carrier gave an error code on a day."""

    team = ForeignKeyField(Team, index=False)
    day = IntegerField()
    code = IntegerField()
    count = IntegerField(default=0)

    class Meta:
        primary_key = CompositeKey("team", "day", "code")
