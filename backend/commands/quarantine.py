"""``repline quarantine``"""

from datetime import UTC, datetime

import click

from backend.commands.opening import ID, command, open_ledger
from backend.messaging import quarantining
from backend.phone import display
from backend.store import quarantine as store
from backend.store.audit import Actor
from backend.store.quarantine import Entry


@click.group()
def quarantine() -> None:
    """What arrived and could not be filed: of all teams, and of none."""


@quarantine.command("list")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 3000))
def list_quarantine(limit: int) -> None:
    """Print id, team, when it came, what it is, from whom and why, the latest first."""
    open_ledger()
    for each in store.everybodys(limit):
        at = datetime.fromtimestamp(each.received_at // 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
        team = "no team" if each.team is None else f"team {each.team}"
        sender = display(each.mobile) if each.mobile else "unknown"
        why = f"{quarantining.REASONS[each.reason]} {each.detail}".strip()
        click.echo(f"{each.id}\t{team}\t{at}\t{each.kind}\t{sender}\t{why}")


@quarantine.command("retry")
@click.argument("entries", type=ID, nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Everything that there is.")
def retry_quarantine(entries: tuple[int, ...], everything: bool) -> None:
    """Try again to file these. However often they are tried, each becomes one text."""
    _, writer = open_ledger()
    if not entries and not everything:
        raise click.ClickException("Say which: ids of `repline quarantine list`, or --all.")
    # The oldest first, as they would have come.
    wanted = [each.id for each in reversed(store.everybodys(3000))] if everything else entries
    left = 0
    for entry in wanted:
        held = _held(entry)
        filed = quarantining.retry(writer, entry, _actor(held))
        still = None if filed else store.get(entry)
        left += not filed
        why = quarantining.REASONS[still.reason] if still else "filed"
        click.echo(f"{entry}\t{why}")
    if left:
        raise click.ClickException(f"{left} could not be filed; they are kept.")


@quarantine.command("drop")
@click.argument("entry", type=ID)
def drop_quarantine(entry: int) -> None:
    """Forget one, words and all."""
    _, writer = open_ledger()
    actor = _actor(_held(entry))
    writer(lambda tx: quarantining.drop(tx, actor, entry))
    click.echo("dropped")


def _held(entry: int) -> Entry:
    held = store.get(entry)
    if held is None:
        raise click.ClickException(f"There is no {entry}: see `repline quarantine list`.")
    return held


def _actor(held: Entry) -> Actor | None:
    """What no team has is in no team's audit log."""
    return None if held.team is None else command(held.team)
