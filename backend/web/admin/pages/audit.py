"""The audit log: who did what that matters, when, from where."""

from flask import Blueprint, Response

from backend.store import audit_pages
from backend.web.admin import guard, tables, words
from backend.web.admin.pages import logs
from backend.web.admin.rendering import page
from backend.web.admin.services import Services


def register(web: Blueprint, services: Services) -> None:
    @web.get("/audit")
    def audit() -> Response:
        asked = tables.asked("noun", "user", "until")
        team = guard.who().team
        names, known = logs.named(team), audit_pages.actions(team)
        noun, user, until = asked.filters["noun"], logs.user(asked, names), logs.until(asked)
        actions = audit_pages.about(known, noun)
        rows = audit_pages.page(
            team,
            user=user,
            actions=actions,
            until=until,
            after=logs.after(asked.after),
            limit=tables.PAGE + 1,
        )
        found = audit_pages.count(team, user=user, actions=actions, until=until)
        nouns = sorted({each.partition(".")[0] for each in known})
        return page(
            "audit.html",
            table=tables.table(asked, rows, lambda row: (row.at, row.id)),
            counted=logs.counted(found),
            nouns=[("", "Everything"), *((each, words.plain(each)) for each in nouns)],
            users=[("", "Anybody"), *names.items()],
            today=logs.today(),
        )
