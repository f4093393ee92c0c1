"""Who of the team's users is who in a CRM: by e-mail, unless an admin says otherwise."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend.connections import connecting as rules
from backend.crm_port import CRMS
from backend.store import crm_user_pages, crm_users
from backend.team import users
from backend.team.faults import Invalid
from backend.web.admin import guard, notices, tables
from backend.web.admin.rendering import page
from backend.web.admin.services import Services


def register(web: Blueprint, services: Services) -> None:
    @web.get("/crms/<crm>/users")
    def crms_users(crm: str) -> Response:
        team, asked = guard.who().team, tables.asked()
        rules.get(team, crm)
        rows = crm_user_pages.ours(
            team, crm, search=asked.search, after=asked.after, limit=tables.PAGE + 1
        )
        table = tables.table(asked, rows, lambda row: (row.sorted_by, row.id))
        return page("crm_users.html", crm=crm, name=CRMS[crm], table=table)

    @web.get("/crms/<crm>/users/<id:user>")
    def crms_user(crm: str, user: int) -> Response:
        team, asked = guard.who().team, tables.asked()
        rules.get(team, crm)
        rows = crm_user_pages.theirs(
            team, crm, search=asked.search, after=asked.after, limit=tables.PAGE + 1
        )
        table = tables.table(asked, rows, lambda row: (row.name.lower(), row.id))
        known = users.get(team, user)
        now = crm_users.external_of(team, crm, user)
        return page("crm_user.html", crm=crm, name=CRMS[crm], known=known, table=table, now=now)

    @web.post("/crms/<crm>/users/<id:user>")
    def crms_user_choose(crm: str, user: int) -> AnyResponse:
        actor, chosen = guard.actor(), request.form.get("external_id", "")
        try:
            services.writer(lambda tx: rules.choose_user(tx, actor, crm, user, chosen))
        except Invalid as error:
            here = url_for("admin.crms_user", crm=crm, user=user)
            return notices.then(here, str(error), good=False)
        return notices.then(url_for("admin.crms_users", crm=crm), "Saved.")
