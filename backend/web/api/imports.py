"""Imports of people: a file is sent, its columns are said, and it is loaded."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from backend.importing import columns, managing
from backend.importing.decoding import NAMES, BadFile
from backend.importing.managing import LARGEST
from backend.inbox import cursors
from backend.store import import_problems, imports
from backend.store.imports import Held
from backend.store.writer import Transaction
from backend.team.faults import Invalid, Refused
from backend.web.api import files
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, PageQuery, for_admins
from shared import wire

ONE = "/imports/<id:import_id>"
Cell = Annotated[str, Meta(max_length=100)]


class ImportQuery(Struct, kw_only=True, forbid_unknown_fields=True):
    """``name`` of the file, as the admin's computer has it."""

    name: Annotated[str, Meta(max_length=255)] = ""


class ImportProblemsQuery(Struct, kw_only=True, forbid_unknown_fields=True):
    """``after`` is the id of the last problem of the page before."""

    after: Annotated[int, Meta(ge=0, le=2**53 - 1)] = 0
    limit: Annotated[int, Meta(ge=1, le=500)] = 100


class ImportChange(Struct, kw_only=True, forbid_unknown_fields=True):
    """``mapping``: the field of each column by its name, before the import starts; columns that are
    not named are left out. ``state``: running starts it or goes on."""

    mapping: Annotated[dict[Cell, Cell], Meta(max_length=200)] | UnsetType = UNSET
    state: Literal["running", "paused", "canceled"] | UnsetType = UNSET


class Import(Struct, kw_only=True):
    """``mapping`` has the field of each column that is taken. Rows are ``added``, ``changed``, the
    ``same`` as they were, or ``refused``; ``percent`` of the file is done. ``cause`` says why it
    stopped."""

    id: wire.Id
    name: str
    size: int
    encoding: str
    state: imports.State
    columns: list[str]
    mapping: dict[str, str]
    percent: int
    added: int
    changed: int
    same: int
    refused: int
    cause: str
    created_at: wire.Time
    ended_at: wire.Time | None


class Imports(Struct, kw_only=True):
    imports: list[Import]
    next: str


class ImportProblem(Struct, kw_only=True):
    """A row that was not loaded: its ``line`` from 1, the names of the ``columns`` that are wrong
    (empty: the whole line), what to do, and its cells."""

    id: wire.Id
    line: int
    columns: str
    text: str
    cells: list[str]


class ImportProblems(Struct, kw_only=True):
    """``next`` is the ``after`` of the next page; 0 on the last."""

    problems: list[ImportProblem]
    next: int


@for_admins(
    "POST",
    "/imports",
    query=ImportQuery,
    files=("text/csv",),
    answers={201: Import},
    problems=(408, 409, 413, 422),
)
def upload_import(call: Call, query: ImportQuery) -> Import:
    """Send a CSV file of people. Nothing is loaded before it is set to running."""
    actor, name = call.actor, query.name or "people.csv"
    most = LARGEST // 1024 // 1024
    too_large = Refusal(413, "too_large", f"Files of up to {most} MB are taken: send it in parts.")
    try:
        return files.receive(
            LARGEST,
            too_large,
            "file_broken",
            lambda pieces: _shown(call.services.imports.add(actor, pieces, name)),
        )
    except BadFile as error:
        raise Refusal(422, "bad_file", str(error)) from None
    except Refused as error:
        raise Refusal(409, "too_many", str(error)) from None


@for_admins("GET", "/imports", query=PageQuery, answers={200: Imports})
def list_imports(call: Call, query: PageQuery) -> Imports:
    """A page of the team's imports, latest first."""
    found = imports.page(
        call.identity.team, before=cursors.read(query.before), limit=query.limit + 1
    )
    held, following = cursors.cut(found, query.limit, lambda each: each.created_at)
    return Imports(imports=[_shown(each) for each in held], next=following)


@for_admins("GET", ONE, answers={200: Import}, problems=(404,))
def get_import(call: Call, import_id: int) -> Import:
    """An import, with how far it is."""
    return _shown(managing.get(call.identity.team, import_id))


@for_admins(
    "PATCH",
    ONE,
    body=ImportChange,
    answers={200: Import},
    problems=(404, 409, 422),
)
def change_import(call: Call, import_id: int, body: ImportChange) -> Import:
    """Say what the columns are; start, pause, go on with or cancel an import."""
    held, actor = managing.get(call.identity.team, import_id), call.actor

    def work(tx: Transaction) -> None:
        if body.mapping is not UNSET:
            chosen = columns.from_names(held.columns, body.mapping)
            managing.map_columns(tx, actor, import_id, chosen)
        if body.state is not UNSET:
            managing.turn(tx, actor, import_id, body.state)

    try:
        call.services.writer(work)
    except Refused as error:
        raise Refusal(409, "state", str(error), field="state") from None
    except Invalid as error:
        said = columns.said(held.columns, error)
        raise Refusal(422, "mapping", said, field="mapping") from None
    return _shown(managing.get(call.identity.team, import_id))


@for_admins(
    "GET",
    ONE + "/problems",
    query=ImportProblemsQuery,
    answers={200: ImportProblems},
    problems=(404,),
)
def list_import_problems(call: Call, import_id: int, query: ImportProblemsQuery) -> ImportProblems:
    """Rows that were not loaded, in the order of the file; for seven days."""
    held = managing.get(call.identity.team, import_id)
    found = import_problems.page(held.team, held.id, after=query.after, limit=query.limit + 1)
    shown = found[: query.limit]
    return ImportProblems(
        problems=[ImportProblem(**each._asdict()) for each in shown],
        next=shown[-1].id if len(found) > len(shown) else 0,
    )


def _shown(held: Held) -> Import:
    chosen = zip(held.columns, held.mapping, strict=True)
    return Import(
        id=held.id,
        name=held.name,
        size=held.size,
        encoding=NAMES[held.encoding],
        state=held.state,
        columns=held.columns,
        mapping={name: field for name, field in chosen if field},
        percent=held.percent,
        **held.counts,
        cause=held.cause,
        created_at=held.created_at,
        ended_at=held.ended_at,
    )
