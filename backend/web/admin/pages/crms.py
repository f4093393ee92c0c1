"""CRMs: connecting them, which of their fields mean what, and how each connection is."""

from typing import NamedTuple

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend.connections import connecting as rules
from backend.connections import words
from backend.crm_port import CRMS, CrmError
from backend.store import crm_connections, crm_log_pages
from backend.store.crm_connections import Connection
from backend.team.faults import Invalid, NotThere
from backend.web.admin import forms, guard, notices
from backend.web.admin.forms import Form
from backend.web.admin.rendering import page
from backend.web.admin.services import Services

NOT_KNOWN = (
    "This sign-in is not known any more: it was used already, is older than 15 minutes, or somebody"
    " else began it. Connect again."
)
LONGEST_REASON = 200


class Card(NamedTuple):
    """One CRM. ``held`` is its connection, None where there never was one; ``state``: unconfigured,
    off, connected, parked, broken."""

    crm: str
    name: str
    state: str
    held: Connection | None
    counts: dict[str, int]
    warnings: list[str]


def register(web: Blueprint, services: Services) -> None:
    connecting, write = services.connecting, services.writer

    @web.get("/crms")
    def crms_page() -> Response:
        return _shown(services)

    @web.post("/crms/connect")
    def crms_connect() -> Response:
        crm, typed = request.form.get("crm", ""), forms.typed()
        try:
            there = connecting.begin(guard.actor(), crm, typed.get(f"{crm}_address", ""))
        except Invalid as error:
            errors = {f"{crm}_{name}": text for name, text in error.errors.items()}
            return _shown(services, Form(typed, errors), 422)
        return page("crm_leaving.html", name=CRMS[crm], there=there)

    @web.get("/crms/signed-in")
    def crms_signed_in() -> AnyResponse:
        good, text = _finish(services)
        return notices.then(url_for("admin.crms_page"), text, good=good)

    @web.post("/crms/<crm>/check")
    def crms_check(crm: str) -> AnyResponse:
        actor = guard.actor()
        try:
            write(lambda tx: rules.check(tx, actor, crm))
        except Invalid as error:
            return notices.then(url_for("admin.crms_page"), str(error), good=False)
        text = f"{CRMS[crm]} is being asked. What it says is here in a moment: reload the page."
        return notices.then(url_for("admin.crms_page"), text)

    @web.post("/crms/<crm>/disconnect")
    def crms_disconnect(crm: str) -> AnyResponse:
        connecting.disconnect(guard.actor(), crm)
        text = f"{CRMS[crm]} is disconnected. What waits is logged once you connect it again."
        return notices.then(url_for("admin.crms_page"), text)

    @web.get("/crms/<crm>/fields")
    def crms_fields(crm: str) -> Response:
        held = rules.get(guard.who().team, crm)
        return _fields(held, forms.of(rules.typed(held)))

    @web.post("/crms/<crm>/fields")
    def crms_fields_save(crm: str) -> AnyResponse:
        actor, before = guard.actor(), forms.made_from()
        held = rules.get(actor.team, crm)
        # A box that is not ticked is not sent.
        typed = {"write_opt_outs": "off", **forms.typed()}
        try:
            changed = write(
                lambda tx: rules.configure(
                    *(tx, actor, crm, typed),
                    digest=typed.get("digest") == "on",
                    write_opt_outs=typed["write_opt_outs"] == "on",
                    made_from=before,
                )
            )
        except Invalid as error:
            return _fields(held, forms.again(error, typed), 422)
        text = "Saved." if changed else "Nothing was different."
        return notices.then(url_for("admin.crms_fields", crm=crm), text)


def _finish(services: Services) -> tuple[bool, str]:
    """Whether a CRM is connected now, and what to say."""
    given, actor = request.args, guard.actor()
    state, code = given.get("state", ""), given.get("code", "")
    try:
        if code:
            made = services.connecting.finish(actor, state, code)
            return True, f"{CRMS[made.crm]} is connected: {made.org_name or made.org}."
        # Only now that the state fits: anybody may make a link with words in it.
        name = CRMS[services.connecting.give_up(actor, state)]
    except NotThere:
        return False, NOT_KNOWN
    except CrmError as error:
        return False, f"Nothing was connected. {error}"
    reason = given.get("error", "")
    if reason == "access_denied":
        return False, f"{name} was not connected: nobody allowed Repline in there. Connect again."
    said = " ".join((given.get("error_description") or reason or "no reason").split())
    return False, (
        f"{name} was not connected. It says: {said[:LONGEST_REASON]}. Check Repline’s app there:"
        " docs/crm.md says how it is set up."
    )


def _shown(services: Services, form: Form | None = None, status: int = 200) -> Response:
    held = {each.crm: each for each in crm_connections.of_team(guard.who().team)}
    form = form or Form({f"{crm}_address": each.base_url for crm, each in held.items()})
    cards = [_card(crm, held.get(crm), crm in services.connecting.crms) for crm in CRMS]
    return page(
        "crms.html",
        status,
        cards=cards,
        form=form,
        addresses=words.ADDRESSES,
        environment=words.environment,
    )


def _card(crm: str, held: Connection | None, configured: bool) -> Card:
    state = rules.standing(held, configured)
    counts = crm_log_pages.counts(held.team, crm) if held else {}
    warnings = words.warnings(held) if held and state in ("connected", "parked") else []
    return Card(crm, CRMS[crm], state, held, counts, warnings)


def _fields(held: Connection, form: Form, status: int = 200) -> Response:
    asked = []
    for use, each in words.FIELDS.items():
        offered = [(one.name, one) for one in held.choices if one.use == use]
        chosen = form.value(use)
        if not offered and not chosen and use != "key":
            continue
        options = [("", "None"), *((name, _named(use, one.label, name)) for name, one in offered)]
        if chosen and chosen not in dict(offered):
            options.append((chosen, f"{chosen}: not in {CRMS[held.crm]} any more"))
        asked.append((use, each, options))
    return page(
        "crm_fields.html",
        status,
        held=held,
        name=CRMS[held.crm],
        asked=asked,
        form=form,
        warnings=words.warnings(held),
    )


def _named(use: str, label: str, name: str) -> str:
    return name if use == "type" or label in ("", name) else f"{label} ({name})"
