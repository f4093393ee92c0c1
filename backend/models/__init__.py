"""Peewee tables. They hold no rules; queries live in :mod:`backend.store`."""

from backend.models.base import database
from backend.models.messenger import (
    Conversation,
    Message,
    Number,
    NumberUser,
    OptOut,
    Outbox,
    Person,
)
from backend.models.record import Activity, Decision, FeedCursor, FeedEvent, WebhookEvent
from backend.models.team import License, PushSubscription, Session, Team, User

TABLES = (
    Team,
    User,
    License,
    Session,
    PushSubscription,
    Number,
    NumberUser,
    Person,
    Conversation,
    Message,
    Outbox,
    OptOut,
    WebhookEvent,
    Decision,
    Activity,
    FeedCursor,
    FeedEvent,
)

__all__ = [
    "TABLES",
    "Activity",
    "Conversation",
    "Decision",
    "FeedCursor",
    "FeedEvent",
    "License",
    "Message",
    "Number",
    "NumberUser",
    "OptOut",
    "Outbox",
    "Person",
    "PushSubscription",
    "Session",
    "Team",
    "User",
    "WebhookEvent",
    "database",
]
