"""Files that forms bring, and that pages give out."""

from collections.abc import Iterator
from itertools import chain

from flask import Blueprint, Response, request
from werkzeug.datastructures import FileStorage

from backend.compliance.csv_cells import written


def allow(web: Blueprint, asked: str, largest: int) -> None:
    """Let the form that is posted to the endpoint ``asked`` have so many bytes."""

    @web.url_value_preprocessor
    def larger(endpoint: str | None, _values: object) -> None:
        # Before the guard reads the form: every other form is small.
        if endpoint == asked:
            request.max_content_length = largest


def given(name: str) -> FileStorage | None:
    """The file that was chosen; None where none was."""
    found = request.files.get(name)
    return found if found is not None and found.filename else None


def sheet(name: str, rows: Iterator[tuple[str, ...]], mark: str = "") -> Response:
    """A CSV file to be saved, written as it is read behind ``mark``; its cells are safe in a
    spreadsheet."""
    lines = chain([mark], written(rows, "\r\n"))
    response = Response(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
