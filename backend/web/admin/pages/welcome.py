"""Where the link of an invitation leads: its holder sets a password.

The link's secret stands behind a ``#``, which browsers keep to themselves; the page's script puts
it into the form. Without script it is pasted there.
"""

from flask import Blueprint, Response, request

from backend.passwords import WeakPassword, check_strength
from backend.team import users as rules
from backend.team.faults import NotThere
from backend.web.admin import forms
from backend.web.admin.forms import Form
from backend.web.admin.rendering import page
from backend.web.admin.services import Services

NO_GOOD = "This link was used already, replaced by a newer one, or is older than seven days."


def register(web: Blueprint, services: Services) -> None:
    @web.get("/welcome")
    def welcome() -> Response:
        return page("welcome.html", form=Form())

    @web.post("/welcome")
    def use_welcome() -> Response:
        # What was pasted may be the whole link.
        secret = request.form.get("code", "").strip().rpartition("#")[2]
        password = request.form.get("password", "")
        invitee = rules.invitee(secret)
        email = invitee.email if invitee else ""
        errors = _errors(password, request.form.get("again", ""), email)
        if invitee is None:
            errors = {"code": f"{NO_GOOD} Ask your admin for a new one."}
        if errors:
            # The secret goes back to whom it came from, so that they need not look for the link.
            values = {"code": secret, **forms.typed()}
            return page("welcome.html", 422, form=Form(values, errors))
        hashed = services.passwords.hash(password)
        address = request.remote_addr or ""
        try:
            known, ended = services.writer(lambda tx: rules.use_link(tx, secret, hashed, address))
        except NotThere:  # used in another tab while the password was hashed
            return page("welcome.html", 422, form=Form({}, {"code": NO_GOOD}))
        for session in ended:
            services.session_ended(session)
        return page("welcomed.html", known=known)


def _errors(password: str, again: str, email: str) -> dict[str, str]:
    try:
        check_strength(password, email)
    except WeakPassword as error:
        return {"password": str(error)}
    return {} if again == password else {"again": "The two are different. Type the password again."}
