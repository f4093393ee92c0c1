"""The decisions log: what the send gate said of each text, and why."""

from flask import Blueprint, Response

from backend.compliance.causes import named
from backend.store import decision_pages
from backend.store.decision_pages import ALLOWED, REFUSED
from backend.web.admin import guard, tables, words
from backend.web.admin.pages import logs
from backend.web.admin.rendering import page
from backend.web.admin.services import Services


def register(web: Blueprint, services: Services) -> None:
    @web.get("/decisions")
    def decisions() -> Response:
        asked = tables.asked("reason", "user", "until")
        team = guard.who().team
        names, known = logs.named(team), decision_pages.reasons(team)
        user, until = logs.user(asked, names), logs.until(asked)
        reasons = decision_pages.meant(known, asked.filters["reason"])
        rows = decision_pages.page(
            team,
            user=user,
            reasons=reasons,
            until=until,
            after=logs.after(asked.after),
            limit=tables.PAGE + 1,
        )
        found = decision_pages.count(team, user=user, reasons=reasons, until=until)
        texts = [row.message for row in rows if row.message is not None]
        refusals = sorted((words.reason(each), each) for each in known if each)
        return page(
            "decisions.html",
            table=tables.table(asked, rows, lambda row: (row.at, row.id)),
            counted=logs.counted(found),
            people=decision_pages.people(team, texts),
            names=names,
            reasons=[
                *(("", "Everything"), (ALLOWED, "Allowed"), (REFUSED, "Refused, all reasons")),
                *((code, name) for name, code in refusals),
            ],
            users=[("", "Anybody"), *names.items()],
            today=logs.today(),
            reason=words.reason,
            mobile=named,
        )
