"""The CRM log: what waits, and what did not get there, with why and a way to try again."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend.connections import connecting
from backend.crm_logs import entries, retrying
from backend.crm_port import CRMS
from backend.store import crm_connections, crm_log_pages, crm_told
from backend.store.crm_connections import Connection
from backend.store.crm_log_pages import COUNTED, STATES, Row
from backend.store.rows import now
from backend.web.admin import guard, notices, tables
from backend.web.admin.rendering import page
from backend.web.admin.services import Services

NAMES = {
    "failed": "Failed",
    "waiting": "Waiting",
    "unlinked": "Not linked",
    "held": "Not sent yet",
    "logged": "Logged",
}


class Line(NamedTuple):
    """One activity: ``at`` in ms, ``subject`` on one line, and ``why`` it stands as it does."""

    row: Row
    at: int
    subject: str
    why: str


def register(web: Blueprint, services: Services) -> None:
    write = services.writer

    @web.get("/crm-logs")
    def crm_logs_page() -> Response:
        asked, team = tables.asked("crm", "state"), guard.who().team
        held = {each.crm: each for each in crm_connections.of_team(team)}
        if not held:
            return page("crm_logs.html", connection=None)
        connection = held.get(asked.filters["crm"]) or next(iter(held.values()))
        state = asked.filters["state"] if asked.filters["state"] in STATES else STATES[0]
        before = asked.after[1] if asked.after else None
        rows = crm_log_pages.page(
            team, connection.crm, [state], before=before, limit=tables.PAGE + 1
        )
        table = tables.table(asked, rows, lambda row: (row.id, row.id))
        counts = crm_log_pages.counts(team, connection.crm)
        return page(
            "crm_logs.html",
            connection=connection,
            crms=[(crm, CRMS[crm]) for crm in held],
            names=NAMES,
            state=state,
            states=[(each, f"{NAMES[each]} ({_counted(counts[each])})") for each in STATES],
            counts=counts,
            table=table,
            lines=_lines(connection, table.rows),
            name=CRMS[connection.crm],
            parked=connection.parked_until > now(),
        )

    @web.post("/crm-logs/<id:log>/retry")
    def crm_log_retry(log: int) -> AnyResponse:
        actor = guard.actor()
        done = write(lambda tx: retrying.one(tx, actor, log))
        text = "It is tried again now." if done else "It has not failed any more."
        return notices.then(_here(request.form.get("crm", "")), text)

    @web.post("/crm-logs/retry")
    def crm_log_retry_all() -> AnyResponse:
        actor, crm = guard.actor(), request.form.get("crm", "")
        connecting.get(actor.team, crm)
        count = write(lambda tx: retrying.all_failed(tx, actor, crm))
        text = f"{count:,} {'is' if count == 1 else 'are'} tried again, the oldest first."
        return notices.then(_here(crm), text if count else "Nothing has failed any more.")


def _here(crm: str) -> str:
    return url_for("admin.crm_logs_page", crm=crm if crm in CRMS else None)


def _counted(count: int) -> str:
    return f"{count:,}" if count <= COUNTED else f"more than {COUNTED:,}"


def _lines(connection: Connection, rows: Sequence[Row]) -> list[Line]:
    told = crm_told.of_activities(connection.team, [row.activity for row in rows]) if rows else {}
    return [
        Line(row, told[row.activity].at, entries.subject(told[row.activity]), _why(connection, row))
        for row in rows
        if row.activity in told
    ]


def _why(connection: Connection, row: Row) -> str:
    name = CRMS[connection.crm]
    if row.state == "unlinked":
        return f"Nobody knows who this is in {name}. It is logged once a rep opens their record."
    if row.state == "held":
        return "The text has not left yet."
    if row.state == "waiting" and not row.cause:
        return f"{name} is asked in a moment." if connection.state == "connected" else ""
    return row.cause
