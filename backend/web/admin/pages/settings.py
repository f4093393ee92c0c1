"""A team's settings."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend import zones
from backend.store import settings as held_settings
from backend.team import settings as rules
from backend.team.faults import Invalid
from backend.web.admin import forms, guard, notices
from backend.web.admin.forms import Form
from backend.web.admin.rendering import page
from backend.web.admin.services import Services

# Where teams are: the others follow.
NEAR = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix"),
    *("America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu", "America/Halifax"),
    *("America/Toronto", "America/Winnipeg", "America/Edmonton", "America/Vancouver"),
)


def register(web: Blueprint, services: Services) -> None:
    write = services.writer

    @web.get("/settings")
    def settings() -> Response:
        held = held_settings.of_team(guard.who().team)
        return _shown(forms.of(rules.typed(held)))

    @web.post("/settings")
    def settings_save() -> AnyResponse:
        actor = guard.actor()
        # A box that is not ticked is not sent; everything else is in the form.
        typed = {**dict.fromkeys(rules.SWITCHES, "off"), **forms.typed()}
        before = forms.made_from()
        confirmed = request.form.get("erase") == "on"
        try:
            changed = write(lambda tx: rules.change(tx, actor, typed, confirmed, before))
        except Invalid as error:
            erases = isinstance(error, rules.WouldErase)
            return _shown(forms.again(error, typed), 422, erases=erases)
        return notices.then(
            url_for("admin.settings"), "Settings saved." if changed else "Nothing was different."
        )

    @web.post("/settings/resume")
    def settings_resume() -> AnyResponse:
        actor = guard.actor()
        done = write(lambda tx: rules.resume(tx, actor))
        text = "The team sends again." if done else "The team was not paused."
        return notices.then(url_for("admin.settings"), text)


def _shown(form: Form, status: int = 200, *, erases: bool = False) -> Response:
    others = sorted(zones.names() - set(NEAR))
    choices = [(each, each.replace("_", " ")) for each in (*NEAR, *others)]
    held = held_settings.of_team(guard.who().team)
    return page("settings.html", status, form=form, zones=choices, held=held, erases=erases)
