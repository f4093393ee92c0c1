"""Numbers: what each can do, who texts from it, and whether the carrier knows us."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend import phone
from backend.numbers import a2p, assigning, lookups
from backend.numbers.checklist import checklist
from backend.numbers.sync import Synced, sync
from backend.phone import PhoneError, display
from backend.ports import CarrierError
from backend.store import heartbeats, numbers, users
from backend.web.admin import forms, guard, notices
from backend.web.admin.forms import Form
from backend.web.admin.rendering import page
from backend.web.admin.services import Services

LINES = {
    "mobile": "a mobile",
    "landline": "a landline: a text may be read out as a voice call, or not arrive",
    "fixedVoip": "an internet line (VoIP) at a fixed place",
    "nonFixedVoip": "an internet line (VoIP), such as an app's",
    "tollFree": "a toll-free number",
    "unknown": "of a kind that the carrier does not tell, as all numbers in Canada are",
}


def register(web: Blueprint, services: Services) -> None:
    write = services.writer

    @web.get("/numbers")
    def numbers_page() -> Response:
        return _list(Form())

    @web.post("/numbers/sync")
    def numbers_sync() -> AnyResponse:
        actor = guard.actor()
        webhooks = request.form.get("webhooks") == "on"
        try:
            synced = sync(
                *(services.writer, services.desk, services.webhook),
                webhooks=webhooks,
                actor=actor.name,
                team=actor.team,
            )
        except CarrierError as error:
            text = f"The carrier could not be read, so nothing was changed: {error}."
            return notices.then(url_for("admin.numbers_page"), text, good=False)
        ours = [each.number.e164 for each in numbers.standings(actor.team)]
        return _synced(synced.of(ours), services.webhook)

    @web.post("/numbers/look-up")
    def numbers_look_up() -> AnyResponse:
        typed = forms.typed()
        try:
            mobile = phone.typed(typed.get("mobile", ""))
        except PhoneError as error:
            errors = {"mobile": str(error)}
            return _list(Form(typed, errors), 422)
        line = lookups.look_up(services.writer, services.desk, guard.who().team, mobile)
        here = url_for("admin.numbers_page")
        if line is None:
            return notices.then(here, "The carrier did not answer. Try again later.", good=False)
        return notices.then(here, f"{display(mobile)} is {LINES.get(line, line)}.")

    @web.get("/numbers/<id:number>")
    def number(number: int) -> Response:
        team = guard.who().team
        known = assigning.get(team, number)
        held = {user for user, _, _ in known.users}
        others = [each for each in users.of_team(team) if each.id not in held and not each.disabled]
        items = checklist(known.number, a2p.read(known.a2p_detail))
        return page("number.html", known=known, others=others, items=items, form=Form())

    @web.post("/numbers/<id:number>/users")
    def number_assign(number: int) -> AnyResponse:
        actor, user = guard.actor(), request.form.get("user", "")
        here = url_for("admin.number", number=number)
        if not (user.isascii() and user.isdecimal() and len(user) < 16):
            assigning.get(actor.team, number)
            return notices.then(here, "Choose a user first.", good=False)
        done = write(lambda tx: assigning.assign(tx, actor, number, int(user)))
        return notices.then(here, "Assigned." if done else "They text from this number already.")

    @web.post("/numbers/<id:number>/users/<id:user>/remove")
    def number_unassign(number: int, user: int) -> AnyResponse:
        actor = guard.actor()
        done = write(lambda tx: assigning.unassign(tx, actor, number, user))
        text = "Taken back. Its conversations stay." if done else "They did not have this number."
        return notices.then(url_for("admin.number", number=number), text)

    @web.post("/numbers/<id:number>/local-presence")
    def number_local_presence(number: int) -> AnyResponse:
        actor, on = guard.actor(), request.form.get("local_presence") == "on"
        write(lambda tx: assigning.set_local_presence(tx, actor, number, on))
        return notices.then(url_for("admin.number", number=number), "Saved.")

    @web.get("/a2p")
    def a2p_page() -> Response:
        found = [
            (each, checklist(each.number, a2p.read(each.a2p_detail)))
            for each in numbers.standings(guard.who().team)
            if each.retired_at is None
        ]
        return page("a2p.html", found=found)


def _list(form: Form, status: int = 200) -> Response:
    held = numbers.standings(guard.who().team)
    read_at = heartbeats.last("numbers")
    return page("numbers.html", status, numbers=held, form=form, read_at=read_at)


def _synced(synced: Synced, webhook: str) -> Response:
    def told(found: list[str]) -> list[str]:
        return [display(each) for each in found]

    groups = [
        ("Added", told(synced.added), "The carrier account holds them, and they are yours now."),
        ("Changed", told(synced.changed), "What they can do, their name or their A2P standing."),
        (
            "Retired",
            told(synced.retired),
            "The carrier account does not hold them any more. Their conversations stay.",
        ),
        ("Set right", told(synced.mended), "Their texts are posted here from now on."),
    ]
    elsewhere = [(display(each), url) for each, url in synced.elsewhere]
    return page(
        "numbers_synced.html",
        found=[group for group in groups if group[1]],
        elsewhere=elsewhere,
        webhook=webhook,
        unread=synced.a2p_unread,
        count=synced.held,
    )
