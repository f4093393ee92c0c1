"""Opt-outs and restrictions as CSV: out of the ledger, and into it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from backend.compliance import ledger
from backend.compliance.csv_cells import (
    FORMAT_AS_TEXT,
    SHORTENED,
    Record,
    plain,
    records,
    safe,
)
from backend.phone import PhoneError, typed
from backend.store import audit, consent, opt_outs, restrictions
from backend.store.audit import Actor
from backend.store.pseudonym import PREFIX
from backend.store.writer import Transaction, Writer

COLUMNS = ("mobile", "kind", "cause", "note", "at")
KINDS = ("opted_out", "do_not_text", "do_not_contact")
_MOBILE = ("mobile", "phone", "number", "phone number", "mobile phone", "phone_number")
LONGEST_NOTE = 500
"""Characters, as the ledger keeps them."""
_AT_ONCE = 500
"""Rows of one transaction: whoever texts meanwhile must not wait for the whole list."""
_HASHED = len(PREFIX) + 40


class BadList(Exception):
    """The file as a whole cannot be read; the message says what to do."""


class BadRow(NamedTuple):
    """A row that was not loaded: ``line`` from 1, the column's name, and what to do about it."""

    line: int
    column: str
    text: str


@dataclass
class Imported:
    """``known`` rows were in the ledger already, or twice in the list. ``cut`` are rows that were
    loaded with a note too long to be kept whole."""

    added: int = 0
    known: int = 0
    bad: list[BadRow] = field(default_factory=list)
    cut: list[BadRow] = field(default_factory=list)


class _Row(NamedTuple):
    mobile: str
    kind: str
    note: str


def export(team: int) -> Iterator[tuple[str, ...]]:
    """The header, then every opt-out and restriction, as cells that are safe in a spreadsheet.

    US and Canadian numbers are written ``(404) 555-0187``, others ``tel:+44…``: a leading plus
    would begin a formula. Open suspicions are questions and left out.
    """
    yield COLUMNS
    noted = consent.opt_out_notes(team)
    for out in opt_outs.each(team):
        yield _cells(out.mobile, "opted_out", out.cause, noted.get(out.mobile, ""), out.at)
    for held in restrictions.each(team):
        if held.kind != "suspected":
            yield _cells(held.mobile, held.kind, held.cause, held.note, held.at)


def import_(writer: Writer, actor: Actor, lines: Iterable[str]) -> Imported:
    """Load a list. Needs a column ``mobile``; ``kind`` (opted_out unless said) and ``note`` are
    taken where they are there, other columns ignored. Bad rows are reported and the rest loaded.

    Raises :class:`BadList` when the first line does not name the columns, or one of them twice.
    """
    done = Imported()
    rows = records(lines)
    columns = _header(next(rows, None))
    batch: list[_Row] = []
    for record in rows:
        row = _row(record, columns)
        if isinstance(row, BadRow):
            done.bad.append(row)
            continue
        batch.append(row)
        if len(row.note) > LONGEST_NOTE:
            text = f"The note was cut after {LONGEST_NOTE} characters."
            done.cut.append(BadRow(record.line, "note", text))
        if len(batch) == _AT_ONCE:
            _load(writer, actor, batch, done)
            batch = []
    _load(writer, actor, batch, done)
    counts = {"added": done.added, "known": done.known, "bad": len(done.bad)}
    writer(lambda tx: audit.add(tx, actor, "opt_out.imported", after=counts))
    return done


def _cells(mobile: str, kind: str, cause: str, note: str, at: int) -> tuple[str, ...]:
    moment = datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (_written(mobile), kind, safe(cause), safe(note), moment)


def _written(mobile: str) -> str:
    if not mobile.startswith("+"):
        return safe(mobile)
    if mobile.startswith("+1") and len(mobile) == 12:
        return f"({mobile[2:5]}) {mobile[5:8]}-{mobile[8:]}"
    return f"tel:{mobile}"


def _header(first: Record | None) -> dict[str, int]:
    names = [plain(cell).casefold() for cell in (first.cells or [])] if first else []
    for name in names:
        if name in (*_MOBILE, "kind", "note") and names.count(name) > 1:
            raise BadList(f"Two columns are named `{name}`: rename or remove one of them.")
    found: dict[str, int] = {}
    for name in ("kind", "note"):
        if name in names:
            found[name] = names.index(name)
    for name in _MOBILE:
        if name in names:
            return {**found, "mobile": names.index(name)}
    raise BadList(
        "The first line has to name the columns, and one of them `mobile`: put"
        " `mobile,kind,note` above the numbers."
    )


def _row(record: Record, columns: dict[str, int]) -> _Row | BadRow:
    if record.cells is None:
        return BadRow(record.line, "", record.why)
    cells = {
        name: plain(record.cells[at]) if at < len(record.cells) else ""
        for name, at in columns.items()
    }
    kind = cells.get("kind", "").casefold().replace("-", "_").replace(" ", "_") or "opted_out"
    if kind not in KINDS:
        return BadRow(record.line, "kind", f"Not a kind that we know: use {', '.join(KINDS)}.")
    raw = cells["mobile"]
    if raw.startswith(PREFIX) and len(raw) == _HASHED and raw[len(PREFIX) :].isalnum():
        return _Row(raw, kind, "")
    if SHORTENED.fullmatch(raw):
        return BadRow(record.line, "mobile", FORMAT_AS_TEXT)
    try:
        return _Row(typed(raw), kind, cells.get("note", ""))
    except PhoneError as error:
        return BadRow(record.line, "mobile", str(error))


def _load(writer: Writer, actor: Actor, batch: list[_Row], done: Imported) -> None:
    def work(tx: Transaction) -> int:
        return sum(_add(tx, actor, row) for row in batch)

    added = writer(work) if batch else 0
    done.added += added
    done.known += len(batch) - added


def _add(tx: Transaction, actor: Actor, row: _Row) -> bool:
    if row.kind == "opted_out":
        return ledger.opt_out(tx, actor, row.mobile, "import", note=row.note)
    kind = "do_not_contact" if row.kind == "do_not_contact" else "do_not_text"
    return ledger.restrict(tx, actor, row.mobile, kind, "import", row.note)  # type: ignore[arg-type]
