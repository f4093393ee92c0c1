"""``repline team``"""

import click

from backend import names
from backend.commands.opening import command, open_database, said, the_team, which_team
from backend.store import audit, settings, teams
from backend.store.writer import Transaction
from backend.team import settings as rules


@click.group()
def team() -> None:
    """Teams, which share numbers and people."""


@team.command("add")
@click.argument("name")
def add_team(name: str) -> None:
    """Add a team called NAME and print its id."""
    name = " ".join(name.split())
    if wrong := names.fault(name, 200):
        raise click.ClickException(wrong)
    writer = open_database()
    if any(each.name.casefold() == name.casefold() for each in teams.all_teams()):
        raise click.ClickException(f"There is a team {name} already: see `repline team list`.")

    def work(tx: Transaction) -> int:
        made = teams.add(tx, name)
        audit.add(tx, command(made), "team.added", name)
        return made

    added = writer(work)
    click.echo(f"{added}\t{name}")


@team.command("list")
def list_teams() -> None:
    """Print each team's id and name."""
    open_database()
    for each in teams.all_teams():
        click.echo(f"{each.id}\t{each.name}")


@team.command("settings")
@which_team
def show_settings(team_id: int | None) -> None:
    """Print the team's settings, as `repline team set` takes them."""
    open_database()
    for name, value in rules.typed(settings.of_team(the_team(team_id).id)).items():
        click.echo(f"{name}\t{value or '-'}")


@team.command("set")
@click.argument("setting", type=click.Choice(rules.NAMES))
@click.argument("value")
@which_team
@click.option("--erase", is_flag=True, help="Yes, erase texts older than a shorter retention.")
def change_setting(setting: str, value: str, team_id: int | None, erase: bool) -> None:
    """Change a SETTING of the team to VALUE; "-" is none."""
    writer = open_database()
    actor = command(the_team(team_id).id)
    typed = {setting: "" if value == "-" else value}
    with said():
        try:
            done = writer(lambda tx: rules.change(tx, actor, typed, erase))
        except rules.WouldErase as error:
            raise click.ClickException(f"{error} Then add --erase.") from None
    click.echo("changed" if done else "was so already")
