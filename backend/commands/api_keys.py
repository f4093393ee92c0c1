"""``repline api-key``"""

import click

from backend import api_keys
from backend.commands.opening import (
    ID,
    command,
    open_database,
    said,
    the_team,
    the_user,
    which_team,
)
from backend.store import api_keys as store


@click.group("api-key")
def api_key() -> None:
    """Keys with which programs call the API."""


@api_key.command("make")
@click.argument("name")
@click.option("--for", "email", required=True, help="The user whom it acts for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice(list(api_keys.SCOPES)),
    help="; ".join(f"{scope}: {what}" for scope, what in api_keys.SCOPES.items()),
)
def make_key(name: str, email: str, scopes: tuple[str, ...]) -> None:
    """Make a key called NAME and print it: it is shown this once."""
    writer = open_database()
    known = the_user(email)
    actor = command(known.team)
    with said():
        made = writer(lambda tx: api_keys.make(tx, actor, email=email, name=name, scopes=scopes))
    click.echo(made.token)


@api_key.command("list")
@which_team
def list_keys(team_id: int | None) -> None:
    """Print each key's id, beginning, name, user and scopes."""
    open_database()
    for key in store.of_team(the_team(team_id).id):
        state = "revoked" if key.revoked_at else "works"
        click.echo(f"{key.id}\t{key.prefix}…\t{key.name}\t{key.email}\t{key.scopes}\t{state}")


@api_key.command("revoke")
@click.argument("key", type=ID)
@which_team
def revoke_key(key: int, team_id: int | None) -> None:
    """Revoke the KEY with this id."""
    writer = open_database()
    actor = command(the_team(team_id).id)
    if not writer(lambda tx: api_keys.revoke(tx, actor, key)):
        raise click.ClickException(f"There is no key {key} that works: see `repline api-key list`.")
    click.echo("revoked")
