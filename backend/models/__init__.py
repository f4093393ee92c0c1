"""Peewee tables. They hold no rules; queries live in :mod:`backend.store`."""

from backend.models.base import ConnectionLost, database
from backend.models.compliance import ConsentEvent, Lookup, OptOut, Restriction
from backend.models.crm import (
    CrmConnection,
    CrmDrift,
    CrmLog,
    CrmPerson,
    CrmSignIn,
    CrmUser,
)
from backend.models.imports import ImportProblem, PeopleImport
from backend.models.messenger import (
    Conversation,
    Media,
    Message,
    Number,
    NumberUser,
    Outbox,
    Person,
    PersonNumber,
    QuickReply,
)
from backend.models.outside import Heartbeat, Hook, HookDelivery, Redaction
from backend.models.reconciliation import Finding, Quarantine, StatusAsk
from backend.models.record import Activity, Decision, FeedCursor, FeedEvent, WebhookEvent
from backend.models.team import (
    ApiKey,
    Audit,
    License,
    PushSubscription,
    Session,
    SignInTry,
    Team,
    User,
)
from backend.models.usage import ErrorCount, Usage, UsageTotal

TABLES = (
    *(Team, User, License, Session, SignInTry, PushSubscription, ApiKey, Audit),
    *(Number, NumberUser, Person, PersonNumber, Conversation, Message, Outbox, Media, QuickReply),
    *(OptOut, Restriction, ConsentEvent, Lookup),
    *(PeopleImport, ImportProblem),
    *(WebhookEvent, Decision, Activity, FeedCursor, FeedEvent),
    *(Usage, UsageTotal, ErrorCount, Hook, HookDelivery, Redaction, Heartbeat),
    *(Quarantine, StatusAsk, Finding),
    *(CrmConnection, CrmSignIn, CrmUser, CrmLog, CrmPerson, CrmDrift),
)

__all__ = [
    "TABLES",
    "Activity",
    "ApiKey",
    "Audit",
    "ConnectionLost",
    "ConsentEvent",
    "Conversation",
    "CrmConnection",
    "CrmDrift",
    "CrmLog",
    "CrmPerson",
    "CrmSignIn",
    "CrmUser",
    "Decision",
    "ErrorCount",
    "FeedCursor",
    "FeedEvent",
    "Finding",
    "Heartbeat",
    "Hook",
    "HookDelivery",
    "ImportProblem",
    "License",
    "Lookup",
    "Media",
    "Message",
    "Number",
    "NumberUser",
    "OptOut",
    "Outbox",
    "PeopleImport",
    "Person",
    "PersonNumber",
    "PushSubscription",
    "Quarantine",
    "QuickReply",
    "Redaction",
    "Restriction",
    "Session",
    "SignInTry",
    "StatusAsk",
    "Team",
    "Usage",
    "UsageTotal",
    "User",
    "WebhookEvent",
    "database",
]
