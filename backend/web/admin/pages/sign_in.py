"""Signing in to the admin pages, and out."""

from flask import Blueprint, Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend.page_sessions import NotAnAdmin
from backend.signing_in import SignInRefused
from backend.throttle import Throttled
from backend.web.admin import forms, guard
from backend.web.admin.forms import Form
from backend.web.admin.rendering import page
from backend.web.admin.services import Services


def register(web: Blueprint, services: Services) -> None:
    @web.get("/")
    def home() -> AnyResponse:
        return redirect(url_for("admin.users"), 303)

    @web.get("/sign-in")
    def sign_in() -> AnyResponse:
        found = services.sessions.find(guard.token(services))
        if found is not None and found.admin:
            return redirect(_following(request.args.get("next", "")), 303)
        return _shown(Form(), next=request.args.get("next", ""))

    @web.post("/sign-in")
    def try_sign_in() -> AnyResponse:
        email, password = request.form.get("email", ""), request.form.get("password", "")
        following = request.form.get("next", "")
        try:
            token = services.sessions.sign_in(
                email[:254],
                password[:1000],
                request.remote_addr or "",
                instead_of=guard.token(services),
            )
        except Throttled as error:
            text = f"Too many tries: try again in {error.seconds} s."
            response = _shown(Form(forms.typed(), {"": text}), 429, next=following)
            response.headers["Retry-After"] = str(error.seconds)
            return response
        except SignInRefused:
            text = "Email and password do not belong together: check both."
            return _shown(Form(forms.typed(), {"": text}), 401, next=following)
        except NotAnAdmin:
            text = (
                "These pages are for admins. You text from the Repline extension; ask an admin of"
                " your team to change your role."
            )
            return _shown(Form(forms.typed(), {"": text}), 403, next=following)
        entered = redirect(_following(following), 303)
        guard.let_in(entered, services, token)
        return entered

    @web.post("/sign-out")
    def sign_out() -> AnyResponse:
        services.sessions.sign_out(guard.who(), request.remote_addr or "")
        g.who = None
        response = redirect(url_for("admin.sign_in"), 303)
        guard.let_out(response, services)
        return response


def _shown(form: Form, status: int = 200, *, next: str) -> Response:
    return page("sign_in.html", status, form=form, next=next)


def _following(wanted: str) -> str:
    """An address of these pages and no other, whatever the link said."""
    own = wanted.startswith("/admin/") and "\\" not in wanted and not wanted.startswith("/admin//")
    return wanted if own and wanted.isprintable() else url_for("admin.users")
