"""Lists of opt-outs and restrictions: taken in from a file, and given out as one."""

import io

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from backend.compliance import lists
from backend.web.admin import files, guard
from backend.web.admin.forms import Form
from backend.web.admin.rendering import page
from backend.web.admin.services import Services

LARGEST = 8 * 1024 * 1024
"""Bytes of a list: about 300,000 numbers."""
SHOWN = 200
"""Bad rows that are listed; how many there are is said in any case."""


def register(web: Blueprint, services: Services) -> None:
    files.allow(web, "admin.opt_out_import", LARGEST)

    @web.get("/opt-outs/import")
    def opt_out_import_page() -> Response:
        return _page(Form())

    @web.post("/opt-outs/import")
    def opt_out_import() -> AnyResponse:
        given = files.given("list")
        if given is None:
            return _page(Form({}, {"list": "Choose a file."}), 422)
        try:
            text = given.stream.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            say = "This is no CSV file in UTF-8. Save it as “CSV UTF-8” in your spreadsheet."
            return _page(Form({}, {"list": say}), 422)
        if "\x00" in text:
            return _page(Form({}, {"list": "This is no text file. Save it as CSV."}), 422)
        try:
            done = lists.import_(services.writer, guard.actor(), io.StringIO(text, newline=""))
        except lists.BadList as error:
            return _page(Form({}, {"list": str(error)}), 422)
        return page(
            "opt_outs_imported.html", done=done, shown=done.bad[:SHOWN], cut=done.cut[:SHOWN]
        )

    @web.get("/opt-outs.csv")
    def opt_outs_export() -> Response:
        team = guard.who().team
        return files.sheet("opt-outs.csv", lists.export(team))


def _page(form: Form, status: int = 200) -> Response:
    return page("opt_outs_import.html", status, form=form)
