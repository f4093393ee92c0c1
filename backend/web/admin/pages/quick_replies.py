"""The team's quick replies."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend.messaging.segments import measure
from backend.store import quick_replies as stored
from backend.team import quick_replies as rules
from backend.team.faults import Invalid
from backend.web.admin import forms, guard, notices
from backend.web.admin.forms import Form
from backend.web.admin.rendering import page
from backend.web.admin.services import Services
from shared.wire.base import MAX_BODY


def register(web: Blueprint, services: Services) -> None:
    write = services.writer

    @web.get("/quick-replies")
    def quick_replies() -> Response:
        search = " ".join(request.args.get("search", "").split())[:100]
        held = stored.shared(guard.who().team)
        wanted = search.casefold()
        shown = [each for each in held if wanted in f"{each.name}\n{each.body}".casefold()]
        return page("quick_replies.html", replies=shown, search=search, some=bool(held), size=size)

    @web.get("/quick-replies/new")
    def quick_reply_new() -> Response:
        return _form(None, Form())

    @web.post("/quick-replies/new")
    def quick_reply_add() -> AnyResponse:
        actor, typed = guard.actor(), forms.typed()
        name, body = typed.get("name", ""), typed.get("body", "")
        try:
            write(lambda tx: rules.add(tx, actor, name=name, body=body))
        except Invalid as error:
            return _form(None, forms.again(error), 422)
        return notices.then(url_for("admin.quick_replies"), f"{name.strip()} is saved.")

    @web.get("/quick-replies/<id:reply>")
    def quick_reply(reply: int) -> Response:
        held = rules.get(guard.who().team, reply)
        return _form(reply, forms.of({"name": held.name, "body": held.body}))

    @web.post("/quick-replies/<id:reply>")
    def quick_reply_change(reply: int) -> AnyResponse:
        actor, typed = guard.actor(), forms.typed()
        name, body = typed.get("name", ""), typed.get("body", "")
        before = forms.made_from()
        try:
            write(lambda tx: rules.change(tx, actor, reply, name=name, body=body, made_from=before))
        except Invalid as error:
            return _form(reply, forms.again(error), 422)
        return notices.then(url_for("admin.quick_replies"), f"{name.strip()} is saved.")

    @web.post("/quick-replies/<id:reply>/remove")
    def quick_reply_remove(reply: int) -> AnyResponse:
        actor = guard.actor()
        gone = write(lambda tx: rules.remove(tx, actor, reply))
        return notices.then(url_for("admin.quick_replies"), f"{gone.name} is removed.")

    @web.post("/quick-replies/size")
    def quick_reply_size() -> Response:
        return page("quick_reply_size.html", size=size(request.form.get("body", "")))


def size(body: str) -> str:
    """``71 of 1,600 characters, sent as 2 segments``, as the text will be sent."""
    text = body.replace("\r\n", "\n").strip()
    count = measure(text[: MAX_BODY + 1]).count
    said = f"{len(text):,} of {MAX_BODY:,} characters"
    if not text or len(text) > MAX_BODY:
        return said
    return f"{said}, sent as {count} segment{'' if count == 1 else 's'}"


def _form(reply: int | None, form: Form, status: int = 200) -> Response:
    return page("quick_reply.html", status, reply=reply, form=form, size=size(form.value("body")))
