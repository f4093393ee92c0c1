"""Users: who is in the team, what they are in it, and whether they may come in."""

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend.store import licenses, user_pages
from backend.store.writer import Transaction
from backend.team import users as rules
from backend.team.faults import Invalid
from backend.web import welcome
from backend.web.admin import forms, guard, notices, tables
from backend.web.admin.forms import Form
from backend.web.admin.rendering import page
from backend.web.admin.services import Services

SORTS = ("name", "email", "created")


def register(web: Blueprint, services: Services) -> None:
    write = services.writer

    @web.get("/users")
    def users() -> Response:
        asked = tables.asked("role", "state", sorts=SORTS)
        team = guard.who().team
        rows = user_pages.page(
            team,
            search=asked.search,
            role=asked.filters["role"],
            state=asked.filters["state"],
            sort=asked.sort,
            down=asked.down,
            after=asked.after,
            limit=tables.PAGE + 1,
        )
        table = tables.table(asked, rows, lambda row: (row.sorted_by, row.id))
        held = licenses.of_team(team)
        return page("users.html", table=table, held=held)

    @web.get("/users/new")
    def user_new() -> Response:
        return page("user_new.html", form=Form({"role": "rep", "messenger": "on"}))

    @web.post("/users/new")
    def user_add() -> Response:
        actor = guard.actor()
        typed = forms.typed()
        kinds = [kind for kind in licenses.KINDS if typed.get(kind)]

        def work(tx: Transaction) -> tuple[int, str]:
            made = rules.add(
                tx,
                actor,
                email=typed.get("email", ""),
                name=typed.get("name", ""),
                role=typed.get("role", ""),
                kinds=kinds,
            )
            return made, rules.new_link(tx, actor, made)

        try:
            made, secret = write(work)
        except Invalid as error:
            return page("user_new.html", 422, form=forms.again(error))
        return _link_page(services, made, secret)

    @web.get("/users/<id:user>")
    def user(user: int) -> Response:
        known = rules.get(guard.who().team, user)
        return _user_page(user, forms.of({"name": known.name, "role": known.role}))

    @web.post("/users/<id:user>")
    def user_change(user: int) -> AnyResponse:
        actor, typed = guard.actor(), forms.typed()
        name, role = typed.get("name", ""), typed.get("role", "")
        before = forms.made_from()
        try:
            write(lambda tx: rules.change(tx, actor, user, name=name, role=role, made_from=before))
        except Invalid as error:
            return _user_page(user, forms.again(error), 422)
        return notices.then(url_for("admin.user", user=user), "Saved.")

    @web.post("/users/<id:user>/disable")
    def user_disable(user: int) -> AnyResponse:
        actor = guard.actor()
        known = rules.get(actor.team, user)
        here = url_for("admin.user", user=user)
        try:
            ended = write(lambda tx: rules.disable(tx, actor, user))
        except Invalid as error:
            return notices.then(here, str(error), good=False)
        for session in ended:
            services.session_ended(session)
        return notices.then(here, f"{known.name} is disabled and signed out everywhere.")

    @web.post("/users/<id:user>/enable")
    def user_enable(user: int) -> AnyResponse:
        actor = guard.actor()
        known = rules.get(actor.team, user)
        write(lambda tx: rules.enable(tx, actor, user))
        return notices.then(url_for("admin.user", user=user), f"{known.name} can sign in again.")

    @web.post("/users/<id:user>/link")
    def user_link(user: int) -> AnyResponse:
        actor = guard.actor()
        try:
            secret = write(lambda tx: rules.new_link(tx, actor, user))
        except Invalid as error:
            return notices.then(url_for("admin.user", user=user), str(error), good=False)
        return _link_page(services, user, secret)


def _user_page(user: int, form: Form, status: int = 200) -> Response:
    team = guard.who().team
    known = rules.get(team, user)
    held = licenses.of_team(team).get(user, [])
    return page("user.html", status, known=known, held=held, form=form)


def _link_page(services: Services, user: int, secret: str) -> Response:
    # Shown once: we keep a hash alone.
    link = welcome.link(services.public_url, secret)
    known = rules.get(guard.who().team, user)
    return page("user_link.html", known=known, link=link)
