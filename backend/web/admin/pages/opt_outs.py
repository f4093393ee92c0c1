"""Opt-outs and restrictions: who may not be texted, and by what."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend import phone
from backend.compliance import by_hand
from backend.compliance.causes import in_words, named
from backend.phone import PhoneError, display
from backend.store import consent, opt_outs, restrictions
from backend.store.pseudonym import PREFIX
from backend.store.writer import Transaction
from backend.team.faults import NotThere
from backend.web.admin import forms, guard, notices, tables
from backend.web.admin.forms import Form
from backend.web.admin.pages.logs import after
from backend.web.admin.rendering import page
from backend.web.admin.services import Services

KINDS = ("opted_out", "do_not_text", "do_not_contact")
LONGEST_NOTE = 500


def register(web: Blueprint, services: Services) -> None:
    write = services.writer

    @web.get("/opt-outs")
    def opt_outs_page() -> Response:
        return page("opt_outs.html", table=_table(opt_outs.page), named=named, words=_words)

    @web.get("/restrictions")
    def restrictions_page() -> Response:
        return page("restrictions.html", table=_table(restrictions.page), named=named)

    @web.get("/opt-outs/new")
    def opt_out_new() -> Response:
        return page("opt_out_new.html", form=Form({"kind": "opted_out"}))

    @web.post("/opt-outs/new")
    def opt_out_add() -> AnyResponse:
        actor, typed = guard.actor(), forms.typed()
        kind = typed.get("kind", "")
        note = " ".join(typed.get("note", "").replace("\x00", "").split())
        errors: dict[str, str] = {}
        mobile = ""
        try:
            mobile = phone.typed(typed.get("mobile", ""))
        except PhoneError as error:
            errors["mobile"] = str(error)
        if kind not in KINDS:
            errors["kind"] = "Choose one of these."
        if len(note) > LONGEST_NOTE:
            errors["note"] = f"At most {LONGEST_NOTE} characters: it has {len(note)}."
        if errors:
            return page("opt_out_new.html", 422, form=Form(typed, errors))

        def work(tx: Transaction) -> bool:
            if kind == "opted_out":
                return by_hand.opt_out(tx, actor, mobile, note)
            return by_hand.restrict(tx, actor, mobile, kind, note)  # type: ignore[arg-type]

        text = "is noted." if write(work) else "was noted already."
        there = "opt_outs_page" if kind == "opted_out" else "restrictions_page"
        return notices.then(url_for(f"admin.{there}"), f"{display(mobile)} {text}")

    @web.get("/opt-outs/<id:opt_out>/end")
    def opt_out_end_page(opt_out: int) -> Response:
        return page("opt_out_end.html", held=_opt_out(opt_out), named=named, form=Form())

    @web.post("/opt-outs/<id:opt_out>/end")
    def opt_out_end(opt_out: int) -> AnyResponse:
        actor, held = guard.actor(), _opt_out(opt_out)
        typed = forms.typed()
        reason = " ".join(typed.get("reason", "").replace("\x00", "").split())
        if not 3 <= len(reason) <= LONGEST_NOTE:
            say = "Say how they consented anew, in 3 to 500 characters."
            form = Form(typed, {"reason": say})
            return page("opt_out_end.html", 422, held=held, named=named, form=form)
        write(lambda tx: by_hand.end_opt_out(tx, actor, opt_out, reason))
        text = f"{named(held.mobile)} may be texted again. {by_hand.still_blocked(held)}".strip()
        return notices.then(url_for("admin.opt_outs_page"), text)

    @web.post("/restrictions/<id:restriction>/end")
    def restriction_end(restriction: int) -> AnyResponse:
        actor = guard.actor()
        here = url_for("admin.restrictions_page")
        try:
            held = write(lambda tx: by_hand.unrestrict(tx, actor, restriction))
        except by_hand.Forbidden as error:
            return notices.then(here, str(error), good=False)
        if held is None:
            raise NotThere(restriction)
        return notices.then(here, f"The restriction of {named(held.mobile)} has ended.")

    @web.get("/mobiles")
    def mobile_history() -> Response:
        return _history(request.args.get("mobile", ""))


def _words(held: opt_outs.Held) -> str:
    return in_words("opted_out", held.cause)


def _opt_out(opt_out: int) -> opt_outs.Held:
    held = opt_outs.by_id(guard.who().team, opt_out)
    if held is None:
        raise NotThere(opt_out)
    return held


def _table(find: Callable[..., Sequence[Any]]) -> tables.Table[Any]:
    asked = tables.asked()
    rows = find(
        guard.who().team, search=asked.search, before=after(asked.after), limit=tables.PAGE + 1
    )
    return tables.table(asked, rows, lambda row: (row.at, row.id))


def _history(given: str) -> Response:
    """What happened to one mobile, latest first; the form again where none is given."""
    asked = tables.asked("mobile")
    if not given.strip():
        return page("mobile.html", form=Form(), table=None, mobile="", standing=[])
    team = guard.who().team
    try:
        # An erased person's is looked for by the hash that is kept, which the pages link to.
        mobile = given if given.startswith(PREFIX) else phone.typed(given)
    except PhoneError as error:
        form = Form({"mobile": given[:64]}, {"mobile": str(error)})
        return page("mobile.html", 422, form=form, table=None, mobile="", standing=[])
    rows = consent.history(team, mobile, before=after(asked.after), limit=tables.PAGE + 1)
    table = tables.table(asked, rows, lambda row: (row.at, row.id))
    form = Form({"mobile": "" if mobile.startswith(PREFIX) else display(mobile)})
    out = opt_outs.get(team, mobile)
    standing = [_words(out)] if out else []
    for kind in ("do_not_text", "do_not_contact", "suspected"):
        held = restrictions.get(team, mobile, kind)
        if held is not None:
            change = "suspected" if kind == "suspected" else "restricted"
            standing.append(in_words(change, held.cause, kind, held.note))
    said = [in_words(row.kind, row.cause, row.restriction, row.note) for row in table.rows]
    return page(
        "mobile.html", form=form, table=table, said=said, mobile=named(mobile), standing=standing
    )
