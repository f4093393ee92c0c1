"""Quarantine: what came to the team's numbers and could not be filed, with why and a way to try
again."""

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend.messaging import quarantining
from backend.store import quarantine
from backend.web.admin import guard, notices, tables
from backend.web.admin.rendering import page
from backend.web.admin.services import Services

KINDS = {"text": "Text", "status": "Status of a text", "media": "Picture or file"}


def register(web: Blueprint, services: Services) -> None:
    here = "admin.quarantine_page"

    @web.get("/quarantine")
    def quarantine_page() -> Response:
        asked = tables.asked()
        before = asked.after[1] if asked.after else None
        rows = quarantine.page(guard.who().team, before=before, limit=tables.PAGE + 1)
        return page(
            "quarantine.html",
            table=tables.table(asked, rows, lambda row: (row.id, row.id)),
            kinds=KINDS,
            reasons=quarantining.REASONS,
        )

    @web.post("/quarantine/<id:entry>/retry")
    def quarantine_retry(entry: int) -> AnyResponse:
        quarantining.check(guard.who().team, entry)
        filed = quarantining.retry(services.writer, entry, guard.actor())
        text = "It is filed." if filed else "It can’t be filed yet. It is kept, and says why."
        return notices.then(url_for(here), text, good=filed)

    @web.post("/quarantine/<id:entry>/drop")
    def quarantine_drop(entry: int) -> AnyResponse:
        quarantining.check(guard.who().team, entry)
        actor = guard.actor()
        services.writer(lambda tx: quarantining.drop(tx, actor, entry))
        return notices.then(url_for(here), "It is gone.")
