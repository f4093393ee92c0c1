"""``repline hook``"""

import os

import click

from backend.commands.opening import ID, command, open_database, said, the_team, which_team
from backend.config import from_environment
from backend.hooks import managing
from backend.store import hooks
from backend.team.faults import NotThere


@click.group()
def hook() -> None:
    """Addresses of your own programs that are told of message events."""


@hook.command("make")
@click.argument("url")
@click.option(
    "--event",
    "events",
    multiple=True,
    required=True,
    type=click.Choice(list(managing.EVENTS)),
    help="May be given several times.",
)
@which_team
def make_hook(url: str, events: tuple[str, ...], team_id: int | None) -> None:
    """Tell URL of events; prints the hook's id and the secret that signs them."""
    config = from_environment(os.environ)
    writer = open_database()
    actor = command(the_team(team_id).id)
    with said():
        made = writer(lambda tx: managing.make(tx, actor, url, events, local=config.simulated))
    known = _the_hook(actor.team, made)
    click.echo(f"{made}\t{managing.Secrets(config.secret_key)(known.salt)}")


@hook.command("list")
@which_team
def list_hooks(team_id: int | None) -> None:
    """Print each hook's id, address, events and whether it is on."""
    open_database()
    for each in hooks.of_team(the_team(team_id).id):
        click.echo(f"{each.id}\t{each.url}\t{each.events}\t{'on' if each.enabled else 'off'}")


@hook.command("remove")
@click.argument("hook_id", type=ID)
@which_team
def remove_hook(hook_id: int, team_id: int | None) -> None:
    """Remove the hook with this id."""
    writer = open_database()
    actor = command(the_team(team_id).id)
    known = _the_hook(actor.team, hook_id)
    writer(lambda tx: managing.remove(tx, actor, known))
    click.echo("removed")


@hook.command("switch")
@click.argument("hook_id", type=ID)
@click.argument("state", type=click.Choice(("on", "off")))
@which_team
def switch_hook(hook_id: int, state: str, team_id: int | None) -> None:
    """Switch the hook with this id on or off. What happens while it is off is not told later."""
    writer = open_database()
    actor = command(the_team(team_id).id)
    known = _the_hook(actor.team, hook_id)
    writer(lambda tx: managing.switch(tx, actor, known, state == "on"))
    click.echo(state)


@hook.command("retry")
@click.argument("hook_id", type=ID)
@which_team
def retry_deliveries(hook_id: int, team_id: int | None) -> None:
    """Tell the hook again what it refused or did not hear."""
    writer = open_database()
    actor = command(the_team(team_id).id)
    known = _the_hook(actor.team, hook_id)
    click.echo(f"{writer(lambda tx: managing.retry(tx, actor, known))} to be told again")


@hook.command("deliveries")
@click.argument("hook_id", type=ID)
@which_team
def list_deliveries(hook_id: int, team_id: int | None) -> None:
    """Print what the hook was told last, with its answers."""
    open_database()
    known = _the_hook(the_team(team_id).id, hook_id)
    for each in hooks.latest(known.team, known.id):
        click.echo(f"{each.id}\t{each.event}\t{each.state}\t{each.attempts}\t{each.answer}")


def _the_hook(team: int, hook_id: int) -> hooks.Hook:
    try:
        return managing.get(team, hook_id)
    except NotThere:
        text = f"There is no hook {hook_id}: see `repline hook list`."
        raise click.ClickException(text) from None
