"""The CRM log, for programs: what waits, what failed and why; and where opt-outs differed."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from backend.connections import connecting, drift
from backend.crm_logs import entries, retrying
from backend.inbox import cursors
from backend.store import crm_log_pages, crm_told, drifts
from backend.web.api.routes import BeforeQuery, Call, PageQuery, for_admins
from shared import wire

Crm = Annotated[str, Meta(max_length=16)]


class LogQuery(BeforeQuery, kw_only=True, forbid_unknown_fields=True):
    """``state``: held is a text that has not left yet, unlinked one of somebody who is not known to
    be in the CRM."""

    crm: Crm
    state: Literal["failed", "waiting", "unlinked", "held", "logged"] = "failed"


class CrmLog(Struct, kw_only=True):
    """An activity on its way to a CRM. ``cause``: why it failed or still waits, or what had to be
    left out; ``url`` is where it is, once it is there."""

    id: wire.Id
    crm: str
    state: str
    person: wire.Id
    person_name: str
    mobile: str
    subject: str
    at: wire.Time
    cause: str
    not_before: wire.Time
    url: str


class CrmLogs(Struct, kw_only=True):
    crm_logs: list[CrmLog]
    more: bool


class Retry(Struct, kw_only=True, forbid_unknown_fields=True):
    crm: Crm


class Retried(Struct, kw_only=True):
    retried: int


class Drift(Struct, kw_only=True):
    """Where the carrier, we and a CRM disagreed; ``text`` says what was done. ``source`` is who
    knew otherwise: carrier, or the CRM."""

    id: wire.Id
    at: wire.Time
    source: str
    person: wire.Id | None
    mobile: str
    text: str


class Drifts(Struct, kw_only=True):
    """``compared_at``: when opt-outs were last compared."""

    drift: list[Drift]
    compared_at: wire.Time | None
    next: str


@for_admins("GET", "/crm-logs", query=LogQuery, answers={200: CrmLogs}, problems=(404,))
def list_crm_logs(call: Call, query: LogQuery) -> CrmLogs:
    """A page of the activities in one state, the latest first."""
    team = call.identity.team
    connecting.get(team, query.crm)
    rows = crm_log_pages.page(
        team, query.crm, [query.state], before=query.before, limit=query.limit + 1
    )
    shown = rows[: query.limit]
    told = crm_told.of_activities(team, [row.activity for row in shown])
    return CrmLogs(
        crm_logs=[
            CrmLog(
                id=row.id,
                crm=row.crm,
                state=row.state,
                person=row.person,
                person_name=row.name,
                mobile=row.mobile,
                subject=entries.subject(told[row.activity]),
                at=told[row.activity].at,
                cause=row.cause,
                not_before=row.not_before,
                url=row.url,
            )
            for row in shown
            if row.activity in told
        ],
        more=len(rows) > query.limit,
    )


@for_admins("POST", "/crm-logs/<id:log>/retry", answers={200: Retried}, problems=(404,))
def retry_crm_log(call: Call, log: int) -> Retried:
    """Try again to log one activity; 0 where it has not failed any more."""
    actor = call.actor
    return Retried(retried=int(call.services.writer(lambda tx: retrying.one(tx, actor, log))))


@for_admins("POST", "/crm-logs/retry", body=Retry, answers={200: Retried}, problems=(404,))
def retry_crm_logs(call: Call, body: Retry) -> Retried:
    """Try again all that a CRM has refused, the oldest first."""
    actor = call.actor
    connecting.get(actor.team, body.crm)
    count = call.services.writer(lambda tx: retrying.all_failed(tx, actor, body.crm))
    return Retried(retried=count)


@for_admins("GET", "/drift", query=PageQuery, answers={200: Drifts})
def list_drift(call: Call, query: PageQuery) -> Drifts:
    """Where the carrier, Repline and the CRMs did not agree on who may be texted; latest first."""
    team = call.identity.team
    found = drifts.latest(team, before=cursors.read(query.before), limit=query.limit + 1)
    rows, following = cursors.cut(found, query.limit, lambda each: each.at)
    return Drifts(
        drift=[
            Drift(
                id=row.id,
                at=row.at,
                source=row.source,
                person=row.person,
                mobile=row.mobile,
                text=row.text,
            )
            for row in rows
        ],
        compared_at=drift.compared_at(team),
        next=following,
    )


@for_admins("POST", "/drift", answers={202: None})
def compare_opt_outs(call: Call) -> None:
    """Have them compared now; what is found is listed in a moment."""
    team = call.identity.team
    call.services.writer(lambda tx: tx.wake("compare_opt_outs", team))
