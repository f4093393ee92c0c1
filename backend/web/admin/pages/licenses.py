"""Licenses: how many seats there are, and who sits on them."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend.store import audit_pages, licenses, user_pages
from backend.team import licenses as rules
from backend.team import users as team_users
from backend.team.faults import Invalid
from backend.web.admin import forms, guard, notices, tables
from backend.web.admin.forms import Form
from backend.web.admin.rendering import page
from backend.web.admin.services import Services


def register(web: Blueprint, services: Services) -> None:
    write = services.writer

    def shown(form: Form | None = None, status: int = 200) -> Response:
        asked = tables.asked("state", sorts=("name", "email"))
        team = guard.who().team
        rows = user_pages.page(
            team,
            search=asked.search,
            role="",
            state=asked.filters["state"],
            sort=asked.sort,
            down=asked.down,
            after=asked.after,
            limit=tables.PAGE + 1,
        )
        seats = rules.seats(team)
        form = form or Form(rules.typed(seats))
        return page(
            "licenses.html",
            status,
            table=tables.table(asked, rows, lambda row: (row.sorted_by, row.id)),
            seats=seats,
            held=licenses.of_team(team),
            history=audit_pages.page(team, actions=rules.HISTORY, limit=10),
            form=form,
        )

    @web.get("/licenses")
    def licenses_page() -> Response:
        return shown()

    @web.post("/licenses")
    def license_seats() -> AnyResponse:
        actor, typed = guard.actor(), forms.typed()
        try:
            changed = write(lambda tx: rules.set_seats(tx, actor, typed))
        except Invalid as error:
            return shown(forms.again(error), 422)
        text = "Seats saved." if changed else "Nothing was different."
        return notices.then(url_for("admin.licenses_page"), text)

    @web.post("/licenses/<id:user>/<kind>")
    def license_assign(user: int, kind: str) -> AnyResponse:
        actor = guard.actor()
        known = team_users.get(actor.team, user)
        try:
            write(lambda tx: rules.assign(tx, actor, user, kind))
        except Invalid as error:
            return notices.then(_back(), str(error), good=False)
        return notices.then(_back(), f"{known.name} has a {kind} license now.")

    @web.post("/licenses/<id:user>/<kind>/revoke")
    def license_revoke(user: int, kind: str) -> AnyResponse:
        actor = guard.actor()
        known = team_users.get(actor.team, user)
        write(lambda tx: rules.revoke(tx, actor, user, kind))
        return notices.then(_back(), f"{known.name} has no {kind} license any more.")


def _back() -> str:
    """The table as it was searched: the form says for what."""
    return url_for("admin.licenses_page", search=request.form.get("search") or None)
