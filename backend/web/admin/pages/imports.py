"""Imports of people: a file comes, its columns are looked at, and it is loaded in view."""

from collections.abc import Sequence

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend.importing import columns, managing, report
from backend.importing.decoding import NAMES, BadFile
from backend.importing.managing import LARGEST
from backend.store import import_problems, imports
from backend.store.import_problems import Problem
from backend.store.imports import Held
from backend.store.writer import Transaction
from backend.team.faults import Invalid, Refused
from backend.web.admin import files, forms, guard, notices, tables
from backend.web.admin.forms import Form
from backend.web.admin.pages.logs import after
from backend.web.admin.rendering import page
from backend.web.admin.services import Services
from backend.web.bodies import pieces

SHOWN = 20
"""Problems on the import's own page; the others are a click away."""
_FORM = 64 * 1024
_SAID = {
    "running": "The import runs.",
    "paused": "The import is paused.",
    "canceled": "The import is canceled. Who was loaded already stays.",
}


def register(web: Blueprint, services: Services) -> None:
    write = services.writer

    files.allow(web, "admin.import_add", LARGEST + _FORM)

    @web.get("/imports")
    def imports_page() -> Response:
        asked = tables.asked()
        found = imports.page(guard.who().team, before=after(asked.after), limit=tables.PAGE + 1)
        table = tables.table(asked, found, lambda row: (row.created_at, row.id))
        return page("imports.html", table=table)

    @web.get("/imports/new")
    def import_new() -> Response:
        return page("import_new.html", form=Form())

    @web.post("/imports/new")
    def import_add() -> AnyResponse:
        given = files.given("file")
        if given is None:
            return page("import_new.html", 422, form=Form({}, {"file": "Choose a file."}))
        try:
            held = services.imports.add(guard.actor(), pieces(given.stream), given.filename or "")
        except (BadFile, Refused) as error:
            return page("import_new.html", 422, form=Form({}, {"file": str(error)}))
        return notices.then(_at(held.id), "The file has come. Look at its columns, then start.")

    @web.get("/imports/<id:import_id>")
    def import_page(import_id: int) -> Response:
        held = managing.get(guard.who().team, import_id)
        if held.state != "mapping":
            problems: list[Problem] = []
            if held.state != "running":  # else they would be old within a second
                problems = import_problems.page(held.team, held.id, limit=SHOWN)
            return page("import.html", held=held, problems=problems)
        return _mapping(services, held, Form(_chosen(held.mapping)))

    @web.get("/imports/<id:import_id>/progress")
    def import_progress(import_id: int) -> Response:
        """What the page of a running import asks for each second."""
        held = managing.get(guard.who().team, import_id)
        answer = page("import_progress.html", held=held)
        if held.state != "running":
            # More than the bar has changed by now.
            answer.headers["HX-Refresh"] = "true"
        return answer

    @web.post("/imports/<id:import_id>/start")
    def import_start(import_id: int) -> AnyResponse:
        actor, held = guard.actor(), managing.get(guard.who().team, import_id)
        given = [request.form.get(columns.entry(at), "") for at in range(len(held.columns))]

        def work(tx: Transaction) -> None:
            managing.map_columns(tx, actor, import_id, given)
            managing.turn(tx, actor, import_id, "running")

        try:
            write(work)
        except Refused as error:
            return notices.then(_at(import_id), str(error), good=False)
        except Invalid as error:
            return _mapping(services, held, forms.again(error), 422)
        return notices.then(_at(import_id), _SAID["running"])

    @web.post("/imports/<id:import_id>/<any(running, paused, canceled):state>")
    def import_turn(import_id: int, state: str) -> AnyResponse:
        actor = guard.actor()
        try:
            write(lambda tx: managing.turn(tx, actor, import_id, state))
        except Invalid as error:
            return notices.then(_at(import_id), str(error), good=False)
        return notices.then(_at(import_id), _SAID[state])

    @web.get("/imports/<id:import_id>/problems")
    def import_problems_page(import_id: int) -> Response:
        held = managing.get(guard.who().team, import_id)
        asked = tables.asked()
        behind = asked.after[1] if asked.after else 0
        found = import_problems.page(held.team, held.id, after=behind, limit=tables.PAGE + 1)
        table = tables.table(asked, found, lambda row: (row.line, row.id))
        return page("import_problems.html", held=held, table=table)

    @web.get("/imports/<id:import_id>/problems.csv")
    def import_report(import_id: int) -> Response:
        held = managing.get(guard.who().team, import_id)
        # Spreadsheets take a file for UTF-8 only where it begins with a mark.
        return files.sheet(f"import-{held.id}-problems.csv", report.rows(held), mark="\ufeff")


def _at(import_id: int) -> str:
    return url_for("admin.import_page", import_id=import_id)


def _mapping(services: Services, held: Held, form: Form, status: int = 200) -> Response:
    rows = services.imports.preview(held)
    return page(
        "import_columns.html",
        status,
        held=held,
        form=form,
        fields=columns.FIELDS.items(),
        encoding=NAMES[held.encoding],
        columns=[
            (columns.entry(at), name, _column(rows, at)) for at, name in enumerate(held.columns)
        ],
    )


def _column(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    """What stands in a column in the first rows."""
    return [row[at][:80] for row in rows if at < len(row) and row[at].strip()]


def _chosen(mapping: Sequence[str]) -> dict[str, str]:
    return {columns.entry(at): field for at, field in enumerate(mapping)}
