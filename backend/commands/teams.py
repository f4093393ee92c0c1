"""``repline team``"""

import click

from backend.commands.opening import open_database
from backend.store import teams


@click.group()
def team() -> None:
    """Teams, which share numbers and people."""


@team.command("add")
@click.argument("name")
def add_team(name: str) -> None:
    """Add a team called NAME and print its id."""
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise click.ClickException("A team's name has 1 to 200 characters.")
    writer = open_database()
    if any(each.name.casefold() == name.casefold() for each in teams.all_teams()):
        raise click.ClickException(f"There is a team {name} already: see `repline team list`.")
    added = writer(lambda tx: teams.add(tx, name))
    click.echo(f"{added}\t{name}")


@team.command("list")
def list_teams() -> None:
    """Print each team's id and name."""
    open_database()
    for each in teams.all_teams():
        click.echo(f"{each.id}\t{each.name}")
