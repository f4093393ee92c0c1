"""Texts in doubt: nobody knows whether they were sent, or what became of them."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend.messaging import doubt
from backend.store import doubts, status_asks
from backend.team.faults import NotThere, Refused
from backend.web.admin import guard, notices, tables
from backend.web.admin.rendering import page
from backend.web.admin.services import Services
from shared.wire import SettledAs

SAID: dict[str, tuple[SettledAs, str]] = {
    "sent": ("sent", "It stands as sent."),
    "not_sent": ("not_sent", "It stands as not sent."),
    "again": ("again", "It is sent again, as another text."),
}
MOST_SILENT = 100


def register(web: Blueprint, services: Services) -> None:
    @web.get("/doubt")
    def doubt_page() -> Response:
        team, asked = guard.who().team, tables.asked()
        before = asked.after[1] if asked.after else None
        rows = doubts.page(team, before=before, limit=tables.PAGE + 1)
        return page(
            "doubt.html",
            table=tables.table(asked, rows, lambda row: (row.message, row.message)),
            silent=status_asks.given_up(team, before=None, limit=MOST_SILENT),
        )

    @web.post("/doubt/<id:message>")
    def doubt_settle(message: int) -> AnyResponse:
        here = url_for("admin.doubt_page")
        said = SAID.get(request.form.get("answer", ""))
        if said is None:
            raise NotThere(message)
        answer, text = said
        try:
            doubt.settle(services.writer, guard.actor(), message, answer)
        except Refused as error:
            return notices.then(here, str(error), good=False)
        return notices.then(here, text)
