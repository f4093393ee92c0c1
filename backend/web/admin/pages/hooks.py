"""Hooks: programs of the team that are told of message events, and what became of each."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend.hooks import managing as rules
from backend.store import hooks
from backend.team.faults import Invalid
from backend.web.admin import forms, guard, notices
from backend.web.admin.forms import Form
from backend.web.admin.rendering import page
from backend.web.admin.services import Services


def register(web: Blueprint, services: Services) -> None:
    write = services.writer

    @web.get("/hooks")
    def hooks_page() -> Response:
        return page("hooks.html", hooks=hooks.of_team(guard.who().team), events=rules.EVENTS)

    @web.get("/hooks/new")
    def hook_new() -> Response:
        return _form(Form(dict.fromkeys(rules.EVENTS, "on")))

    @web.post("/hooks/new")
    def hook_make() -> AnyResponse:
        actor, typed = guard.actor(), forms.typed()
        url, events = typed.get("url", ""), [each for each in rules.EVENTS if typed.get(each)]
        local = services.local_hooks
        try:
            made = write(lambda tx: rules.make(tx, actor, url, events, local=local))
        except Invalid as error:
            return _form(forms.again(error), 422)
        text = "Added. Check the signature of what it is told with the secret below."
        return notices.then(url_for("admin.hook", hook=made), text)

    @web.get("/hooks/<id:hook>")
    def hook(hook: int) -> Response:
        known = rules.get(guard.who().team, hook)
        told = hooks.latest(known.team, hook)
        secret = services.hook_secret(known.salt)
        return page("hook.html", hook=known, secret=secret, told=told, events=rules.EVENTS)

    @web.post("/hooks/<id:hook>/switch")
    def hook_switch(hook: int) -> AnyResponse:
        actor, on = guard.actor(), request.form.get("enabled") == "on"
        known = rules.get(actor.team, hook)
        write(lambda tx: rules.switch(tx, actor, known, on))
        text = "It is told again from now on." if on else "It is told nothing while it is off."
        return notices.then(url_for("admin.hook", hook=hook), text)

    @web.post("/hooks/<id:hook>/retry")
    def hook_retry(hook: int) -> AnyResponse:
        actor = guard.actor()
        known = rules.get(actor.team, hook)
        count = write(lambda tx: rules.retry(tx, actor, known))
        text = f"{count} event{'' if count == 1 else 's'} will be told again."
        return notices.then(url_for("admin.hook", hook=hook), text)

    @web.post("/hooks/<id:hook>/remove")
    def hook_remove(hook: int) -> AnyResponse:
        actor = guard.actor()
        known = rules.get(actor.team, hook)
        write(lambda tx: rules.remove(tx, actor, known))
        return notices.then(url_for("admin.hooks_page"), f"{known.url[:200]} is told nothing more.")


def _form(form: Form, status: int = 200) -> Response:
    return page("hook_new.html", status, form=form, events=rules.EVENTS)
