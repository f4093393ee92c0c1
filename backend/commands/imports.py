"""``repline import``"""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from backend.apart import Apart
from backend.commands.opening import ID, command, open_ledger, said, the_team, which_team
from backend.compliance.csv_cells import written
from backend.crm_pages import table
from backend.crm_pages.records import Records
from backend.importing import columns, managing, report
from backend.importing.decoding import BadFile
from backend.importing.keeping import Keeping
from backend.importing.loading import Loading
from backend.importing.managing import Imports
from backend.media.files import Files
from backend.store.audit import Actor
from backend.store.imports import Held
from backend.store.writer import InlineWriter, Transaction
from backend.team.faults import Invalid, NotThere, Refused

_PIECE = 256 * 1024


@click.group("import")
def imports() -> None:
    """Bring data along from files."""


@imports.command("people")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="What a column is; several times. Without, columns are known by their names. Fields: "
    + ", ".join(filter(None, columns.FIELDS))
    + ".",
)
@click.option("--dry-run", is_flag=True, help="Check every row and load nobody.")
@click.option("--resume", "resumed", type=ID, help="Go on with this import instead of a FILE.")
@click.option(
    "--report",
    "to",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Where rows that were not loaded are written; else beside FILE.",
)
@which_team
def import_people(
    file: Path | None,
    mapped: tuple[str, ...],
    dry_run: bool,
    resumed: int | None,
    to: Path | None,
    team_id: int | None,
) -> None:
    """Load people from a CSV FILE whose first line names the columns.

    Whoever is known already is brought up to date. What is interrupted goes on with --resume.
    """
    if (file is None) == (resumed is None):
        raise click.UsageError("Give either a FILE, or --resume ID.")
    config, writer = open_ledger()
    actor = command(the_team(team_id).id)
    records = Records(table.load(config.crm_pages_file))
    desk = Imports(writer, Files(config.imports_folder), Apart(1), records)
    if file is not None:
        held = _brought(writer, actor, desk, file, mapped)
    else:
        held = _known(actor, resumed or 0)
    to = to or Path(file or held.name).with_suffix(".problems.csv")
    try:
        good = _checked(desk, held, to) if dry_run else _loaded(writer, actor, desk, held, to)
    finally:
        if dry_run and file is not None:
            writer(lambda tx: managing.turn(tx, actor, held.id, "canceled"))
        Keeping(writer, desk.files).expire()
    if not good:
        sys.exit(1)


def _brought(
    writer: InlineWriter, actor: Actor, desk: Imports, file: Path, mapped: tuple[str, ...]
) -> Held:
    """A new import of the file, with its columns as they were said or as they are known."""
    with file.open("rb") as opened:
        try:
            held = desk.add(actor, iter(lambda: opened.read(_PIECE), b""), file.name)
        except (BadFile, Refused) as error:
            raise click.ClickException(str(error)) from None

    def work(tx: Transaction) -> None:
        chosen = held.mapping
        if mapped:
            chosen = columns.from_names(held.columns, dict(map(_pair, mapped)))
        managing.map_columns(tx, actor, held.id, chosen)

    try:
        writer(work)
    except BaseException as error:
        writer(lambda tx: managing.turn(tx, actor, held.id, "canceled"))
        if not isinstance(error, Invalid):
            raise
        why = columns.said(held.columns, error)
        raise click.ClickException(f"{why} See --map in `repline import people --help`.") from None
    return managing.get(actor.team, held.id)


def _pair(given: str) -> tuple[str, str]:
    column, found, field = given.rpartition("=")
    if not found:
        raise click.ClickException(f"--map {given}: write it as COLUMN=FIELD, such as Cell=mobile.")
    return column.strip(), field.strip()


def _known(actor: Actor, people_import: int) -> Held:
    try:
        return managing.get(actor.team, people_import)
    except NotThere:
        raise click.ClickException(f"There is no import {people_import} in this team.") from None


def _loaded(writer: InlineWriter, actor: Actor, desk: Imports, held: Held, to: Path) -> int:
    """Load what is left, and say what came of it; returns how many rows were."""
    with said():
        writer(lambda tx: managing.turn(tx, actor, held.id, "running"))
    loading = Loading(writer, desk.pieces)
    with click.progressbar(length=held.length, label=held.name, file=sys.stderr) as bar:
        bar.update(held.position)
        try:
            for now_is in loading.steps(held.id):
                bar.update(now_is.position - bar.pos)
        except KeyboardInterrupt:
            writer(lambda tx: managing.turn(tx, actor, held.id, "paused"))
    held = managing.get(actor.team, held.id)
    if held.refused:
        _write(to, report.rows(held))
    click.echo(
        f"{held.added:,} added, {held.changed:,} changed, {held.same:,} same,"
        f" {held.refused:,} not loaded"
    )
    if held.refused:
        click.echo(f"Rows that were not loaded, with what to do: {to}")
    if held.state != "done":
        again = f" Go on with: repline import people --resume {held.id}"
        ended = held.state in ("failed", "canceled")
        raise click.ClickException(f"{held.cause or 'It is not done.'}{'' if ended else again}")
    return held.loaded


def _checked(desk: Imports, held: Held, to: Path) -> int:
    """Read every row and say which would not be loaded; returns how many would."""
    good, found = 0, []
    for piece in desk.checked(held):
        good += len(piece.good)
        found += piece.bad
    if found:
        _write(to, report.written(held.columns, found))
    click.echo(f"{good:,} can be loaded, {len(found):,} cannot. Nobody was loaded.")
    if found:
        click.echo(f"Rows that cannot be loaded, with what to do: {to}")
    return good


def _write(to: Path, rows: Iterable[tuple[str, ...]]) -> None:
    # Spreadsheets take a file for UTF-8 only where it begins with a mark.
    with to.open("w", encoding="utf-8-sig", newline="") as file:
        file.writelines(written(rows, "\r\n"))
