"""The logs: who did what that matters, and what the send gate said of each text."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from backend.compliance.causes import named
from backend.inbox import cursors
from backend.store import audit_pages, decision_pages
from backend.web.api.opt_outs import known
from backend.web.api.routes import Call, PageQuery, for_admins
from shared import wire


class AuditQuery(PageQuery, kw_only=True, forbid_unknown_fields=True):
    """``noun``: what it is about, the first part of an action; ``user``: who did it; ``until``: no
    later than that."""

    noun: Annotated[str, Meta(max_length=40)] = ""
    user: wire.Id | None = None
    until: wire.Time | None = None


class DecisionQuery(PageQuery, kw_only=True, forbid_unknown_fields=True):
    """``reason``: one of those that the gate gives, or allowed, or refused for all of them;
    ``user``: whose text it was; ``until``: no later than that."""

    reason: Annotated[str, Meta(max_length=40)] = ""
    user: wire.Id | None = None
    until: wire.Time | None = None


class AuditEntry(Struct, kw_only=True):
    """``action`` is ``noun.verb``, of ``subject``. ``user`` is null where a command, a job or
    somebody's text did it; ``actor`` names them. ``before`` and ``after`` are any JSON, null where
    there was nothing to say."""

    id: wire.Id
    at: wire.Time
    action: str
    subject: str
    user: wire.Id | None
    actor: str
    address: str
    before: Any
    after: Any


class AuditEntries(Struct, kw_only=True):
    audit: list[AuditEntry]
    next: str


class Decision(Struct, kw_only=True):
    """``reason`` is empty where the text was allowed; ``detail`` says more. ``moment``: compose,
    when it was written, or hand_over; ``road``: pane, api, scheduled or system. ``mobile`` is empty
    where the person was erased."""

    id: wire.Id
    at: wire.Time
    allowed: bool
    reason: str
    detail: str
    moment: str
    road: str
    user: wire.Id | None
    message: wire.Id | None
    person: wire.Id | None
    mobile: str
    mobile_display: str


class Decisions(Struct, kw_only=True):
    decisions: list[Decision]
    next: str


@for_admins("GET", "/audit", query=AuditQuery, answers={200: AuditEntries})
def list_audit(call: Call, query: AuditQuery) -> AuditEntries:
    """A page of the audit log, latest first."""
    team = call.identity.team
    return entries(
        team,
        before=query.before,
        limit=query.limit,
        actions=audit_pages.about(audit_pages.actions(team), query.noun),
        user=query.user,
        until=query.until,
    )


@for_admins("GET", "/decisions", query=DecisionQuery, answers={200: Decisions})
def list_decisions(call: Call, query: DecisionQuery) -> Decisions:
    """A page of what the send gate said of each text and why, latest first."""
    team = call.identity.team
    found = decision_pages.page(
        team,
        user=query.user,
        reasons=decision_pages.meant(decision_pages.reasons(team), query.reason),
        until=query.until,
        after=cursors.read(query.before),
        limit=query.limit + 1,
    )
    rows, following = cursors.cut(found, query.limit, lambda each: each.at)
    people = decision_pages.people(team, [row.message for row in rows if row.message is not None])
    return Decisions(decisions=[_decision(each, people) for each in rows], next=following)


def entries(
    team: int,
    *,
    before: str,
    limit: int,
    actions: Sequence[str] | None,
    user: int | None = None,
    until: int | None = None,
) -> AuditEntries:
    """A page of the audit log; ``actions`` None is all of them."""
    found = audit_pages.page(
        team,
        user=user,
        actions=actions,
        until=until,
        after=cursors.read(before),
        limit=limit + 1,
    )
    rows, following = cursors.cut(found, limit, lambda each: each.at)
    return AuditEntries(audit=[_entry(each) for each in rows], next=following)


def _entry(entry: audit_pages.Entry) -> AuditEntry:
    return AuditEntry(
        id=entry.id,
        at=entry.at,
        action=entry.action,
        subject=entry.subject,
        user=entry.user,
        actor=entry.actor,
        address=entry.address,
        before=msgspec.json.decode(entry.before) if entry.before else None,
        after=msgspec.json.decode(entry.after) if entry.after else None,
    )


def _decision(entry: decision_pages.Entry, people: dict[int, decision_pages.Texted]) -> Decision:
    person = people.get(entry.message) if entry.message is not None else None
    return Decision(
        id=entry.id,
        at=entry.at,
        allowed=not entry.reason,
        reason=entry.reason,
        detail=entry.detail,
        moment=entry.moment,
        road=entry.road,
        user=entry.user,
        message=entry.message,
        person=person.person if person else None,
        mobile=known(entry.mobile),
        mobile_display=named(entry.mobile) if entry.mobile else "",
    )
