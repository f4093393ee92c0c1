"""API keys: what programs of the team sign in with."""

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend import api_keys as rules
from backend.store import api_keys, users
from backend.team.faults import Invalid, NotThere
from backend.web.admin import forms, guard, notices
from backend.web.admin.forms import Form
from backend.web.admin.rendering import page
from backend.web.admin.services import Services


def register(web: Blueprint, services: Services) -> None:
    write = services.writer

    @web.get("/api-keys")
    def api_keys_page() -> Response:
        return page("api_keys.html", keys=api_keys.of_team(guard.who().team))

    @web.get("/api-keys/new")
    def api_key_new() -> Response:
        return _form(Form({"email": guard.who().email, "read": "on"}))

    @web.post("/api-keys/new")
    def api_key_make() -> AnyResponse:
        actor, typed = guard.actor(), forms.typed()
        name, email = typed.get("name", ""), typed.get("email", "")
        scopes = [scope for scope in rules.SCOPES if typed.get(scope)]
        try:
            made = write(lambda tx: rules.make(tx, actor, email=email, name=name, scopes=scopes))
        except Invalid as error:
            return _form(forms.again(error), 422)
        key = api_keys.get(actor.team, made.id)
        # Shown once: we keep a hash alone.
        return page("api_key_made.html", key=key, token=made.token)

    @web.post("/api-keys/<id:key>/revoke")
    def api_key_revoke(key: int) -> AnyResponse:
        actor = guard.actor()
        known = api_keys.get(actor.team, key)
        if known is None:
            raise NotThere(key)
        write(lambda tx: rules.revoke(tx, actor, key))
        return notices.then(url_for("admin.api_keys_page"), f"{known.name} opens nothing any more.")


def _form(form: Form, status: int = 200) -> Response:
    able = [each for each in users.of_team(guard.who().team) if not each.disabled]
    people = [(each.email, f"{each.name} ({each.email})") for each in able]
    return page("api_key_new.html", status, form=form, people=people, scopes=rules.SCOPES)
