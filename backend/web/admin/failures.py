"""What is shown when a page cannot be."""

import structlog
from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException, NotFound

from backend.team.faults import NotThere
from backend.web.admin.rendering import page

log = structlog.get_logger()
_TITLES = {
    403: "You can’t do this",
    404: "There is nothing here",
    405: "There is nothing here",
    413: "Too large",
}
_WORDS = {
    404: "This page does not exist, or what it showed is gone.",
    405: "This address is for forms. Go back and try again.",
    413: "What you sent is too large.",
}


def register(web: Blueprint) -> None:
    @web.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response | HTTPException:
        code = error.code or 500
        if code < 400:
            return error
        title = _TITLES.get(code, "This did not work")
        text = _WORDS.get(code, error.description or "Go back and try again.")
        return page("failure.html", code, title=title, text=text)

    @web.errorhandler(NotThere)
    def not_there(_error: NotThere) -> Response | HTTPException:
        return refused(NotFound())

    @web.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        log.error("request.failed", path=request.path, method=request.method, exc_info=error)
        text = "It is in our log. Nothing may have changed: look before you try again."
        return page("failure.html", 500, title="Something went wrong here", text=text)

    @web.route("/<path:rest>", methods=["GET", "POST"])
    def nothing(rest: str) -> Response:
        raise NotFound
