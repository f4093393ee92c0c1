"""Lists of opt-outs and restrictions: taken in from a file, and given out as one."""

import io
from collections.abc import Iterator
from itertools import chain

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from backend.compliance import lists
from backend.compliance.csv_cells import written
from backend.web.admin import guard
from backend.web.admin.forms import Form
from backend.web.admin.rendering import page
from backend.web.admin.services import Services

LARGEST = 8 * 1024 * 1024
"""Bytes of a list: about 300,000 numbers."""
SHOWN = 200
"""Bad rows that are listed; how many there are is said in any case."""


def register(web: Blueprint, services: Services) -> None:
    @web.url_value_preprocessor
    def larger(endpoint: str | None, _values: object) -> None:
        # Before the guard reads the form: every other form is small.
        if endpoint == "admin.opt_out_import":
            request.max_content_length = LARGEST

    @web.get("/opt-outs/import")
    def opt_out_import_page() -> Response:
        return _page(Form())

    @web.post("/opt-outs/import")
    def opt_out_import() -> AnyResponse:
        given = request.files.get("list")
        if given is None or not given.filename:
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
        return sheet("opt-outs.csv", lists.export(team))


def sheet(name: str, rows: Iterator[tuple[str, ...]], mark: str = "") -> Response:
    """A CSV file to be saved, written as it is read behind ``mark``; its cells are safe in a
    spreadsheet."""
    lines = chain([mark], written(rows, "\r\n"))
    response = Response(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(form: Form, status: int = 200) -> Response:
    return page("opt_outs_import.html", status, form=form)
