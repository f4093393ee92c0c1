"""Drawing a page: what every template can use."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request, url_for

from backend.phone import display
from backend.web.admin import nav, notices, times, words
from backend.web.admin.guard import FORM_HEADER, FORM_TOKEN

STATIC = Path(__file__).parent / "static"


def page(template: str, status: int = 200, /, **values: Any) -> Response:
    """A whole page. htmx picks what it asked for out of it, so there is one road for both."""
    notice = notices.take()
    signed_in = g.get("who") is not None and g.who.admin
    response = make_response(
        render_template(
            template,
            who=g.who if signed_in else None,
            groups=nav.groups() if signed_in else [],
            notice=notice,
            form_token_name=FORM_TOKEN,
            form_header=FORM_HEADER,
            **values,
        ),
        status,
    )
    if notice or notices.COOKIE in request.cookies:
        notices.drop(response)
    return response


def register(web: Blueprint) -> None:
    @web.app_context_processor
    def tools() -> dict[str, Any]:
        # Of every template of the app: there are no others.
        return {
            "when": times.when,
            "zone_name": times.zone_name,
            "phone": display,
            "asset": asset,
            "sentence": words.sentence,
            "changes": words.changes,
        }


def asset(name: str) -> str:
    """The address of a built file, which changes with what is in it; empty before it is built."""
    version = _version(name)
    return url_for("admin.static", filename=name, v=version) if version else ""


@cache
def _version(name: str) -> str:
    file = STATIC / name
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""
