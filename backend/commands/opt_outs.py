"""``repline opt-out``"""

import sys
from datetime import UTC, datetime
from typing import TextIO

import click

from backend.commands.opening import open_ledger, the_team, which_team
from backend.compliance import by_hand, lists
from backend.compliance.causes import in_words
from backend.compliance.csv_cells import written
from backend.phone import PhoneError, display, parse
from backend.store import opt_outs, pseudonym
from backend.store.audit import Actor
from backend.store.writer import InlineWriter

_SHOWN = 1000
"""Bad rows told one by one."""


@click.group("opt-out")
def opt_out() -> None:
    """Who may not be texted, because they said so."""


@opt_out.command("list")
@click.option("--search", default="", help="A part of the number.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 10_000))
@which_team
def list_opt_outs(search: str, limit: int, team_id: int | None) -> None:
    """Print opt-outs, latest first; `export` writes all of them."""
    _, actor = _open(team_id)
    for each in opt_outs.page(actor.team, search=search, limit=limit):
        since = datetime.fromtimestamp(each.at // 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
        hashed = each.mobile.startswith(pseudonym.PREFIX)
        name = "erased person" if hashed else display(each.mobile)
        click.echo(f"{each.mobile}\t{name}\t{since}\t{in_words('opted_out', each.cause)}")


@opt_out.command("add")
@click.argument("mobile")
@click.option("--note", default="", help="How they opted out.")
@which_team
def add_opt_out(mobile: str, note: str, team_id: int | None) -> None:
    """Note that MOBILE has opted out by other means."""
    writer, actor = _open(team_id)
    e164 = _e164(mobile)
    new = writer(lambda tx: by_hand.opt_out(tx, actor, e164, " ".join(note.split())))
    click.echo("opted out" if new else "had opted out already")


@opt_out.command("end")
@click.argument("mobile")
@click.option("--reason", required=True, help="How they consented anew; kept in the audit log.")
@which_team
def end_opt_out(mobile: str, reason: str, team_id: int | None) -> None:
    """Note that MOBILE consented anew by other means than texting START."""
    writer, actor = _open(team_id)
    reason = " ".join(reason.split())
    if not reason:
        raise click.ClickException("Say how they consented anew: --reason is empty.")
    held = opt_outs.get(actor.team, _e164(mobile))
    if held is None:
        raise click.ClickException(f"{mobile} has not opted out: see `repline opt-out list`.")
    ended = held.id
    writer(lambda tx: by_hand.end_opt_out(tx, actor, ended, reason))
    click.echo("\n".join(filter(None, ("ended", by_hand.still_blocked(held)))))


@opt_out.command("export")
@click.option("--to", "file", type=click.File("w", "utf-8", lazy=False), default="-")
@which_team
def export_opt_outs(file: TextIO, team_id: int | None) -> None:
    """Write opt-outs and restrictions as CSV, safe to open in a spreadsheet."""
    _, actor = _open(team_id)
    file.writelines(written(lists.export(actor.team), "\n"))


@opt_out.command("import")
@click.argument("file", type=click.File("r", "utf-8", errors="replace"))
@which_team
def import_opt_outs(file: TextIO, team_id: int | None) -> None:
    """Load opt-outs and restrictions from a CSV FILE (- is stdin) with a column `mobile`."""
    writer, actor = _open(team_id)
    try:
        done = lists.import_(writer, actor, file)
    except lists.BadList as error:
        raise click.ClickException(str(error)) from None
    for row in [*done.bad, *done.cut][:_SHOWN]:
        place = f"line {row.line}, column {row.column}" if row.column else f"line {row.line}"
        click.echo(f"{place}: {row.text}", err=True)
    if len(done.bad) > _SHOWN:
        click.echo(f"… and {len(done.bad) - _SHOWN} more", err=True)
    click.echo(f"{done.added} added, {done.known} known already, {len(done.bad)} not loaded")
    if done.bad:
        sys.exit(1)


def _open(team_id: int | None) -> tuple[InlineWriter, Actor]:
    _, writer = open_ledger()
    return writer, Actor(the_team(team_id).id, None, "command")


def _e164(mobile: str) -> str:
    try:
        return parse(mobile).e164
    except PhoneError as error:
        raise click.ClickException(f"{mobile}: {error}") from None
