"""Opt-out drift: where the carrier, we and the CRMs did not agree on who may be texted."""

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend.connections import drift
from backend.crm_port import CRMS
from backend.store import crm_connections, drifts
from backend.web.admin import guard, notices, tables
from backend.web.admin.pages.logs import after
from backend.web.admin.rendering import page
from backend.web.admin.services import Services


def register(web: Blueprint, services: Services) -> None:
    @web.get("/drift")
    def crm_drift_page() -> Response:
        team, asked = guard.who().team, tables.asked()
        rows = drifts.latest(team, before=after(asked.after), limit=tables.PAGE + 1)
        unasked = [
            (each.crm, CRMS[each.crm])
            for each in crm_connections.of_team(team)
            if each.state == "connected" and not each.fields.do_not_text
        ]
        return page(
            "crm_drift.html",
            table=tables.table(asked, rows, lambda row: (row.at, row.id)),
            compared_at=drift.compared_at(team),
            unasked=unasked,
            sources={"carrier": "The carrier", **CRMS},
        )

    @web.post("/drift/compare")
    def crm_drift_compare() -> AnyResponse:
        team = guard.who().team
        services.writer(lambda tx: tx.wake("compare_opt_outs", team))
        text = "They are compared now. What is found is here in a moment: reload the page."
        return notices.then(url_for("admin.crm_drift_page"), text)
