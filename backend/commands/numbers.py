"""``repline number``"""

import click

from backend.commands.opening import open_database, the_team, the_user
from backend.phone import TEXTABLE, PhoneError, parse
from backend.store import numbers
from backend.store.numbers import Rented


@click.group()
def number() -> None:
    """The numbers that teams rent and text from."""


@number.command("add")
@click.argument("e164")
@click.option("--team", "team_id", type=int, help="Needed when there are several teams.")
@click.option("--sid", default="", help="The carrier's name for the number, such as PN….")
def add_number(e164: str, team_id: int | None, sid: str) -> None:
    """Add a number that the carrier account holds, and print its id."""
    writer = open_database()
    team = the_team(team_id)
    try:
        phone = parse(e164)
    except PhoneError as error:
        raise click.ClickException(f"{e164}: {error}") from None
    if phone.country not in TEXTABLE:
        raise click.ClickException(f"{phone.e164} is not a number of the US or Canada.")
    added = writer(lambda tx: numbers.add(tx, team.id, phone.e164, sid))
    if added is None:
        raise click.ClickException(f"{phone.e164} was added already.")
    click.echo(f"{added}\t{phone.e164}")


@number.command("assign")
@click.argument("e164")
@click.argument("email")
def assign_number(e164: str, email: str) -> None:
    """Let EMAIL text from the number and hear what arrives on it."""
    writer = open_database()
    rented, known = _rented(e164), the_user(email)
    if rented.team != known.team:
        raise click.ClickException("The number and the user belong to different teams.")
    done = writer(lambda tx: numbers.assign(tx, known.team, rented.id, known.id))
    click.echo("assigned" if done else "was assigned already")


@number.command("unassign")
@click.argument("e164")
@click.argument("email")
def unassign_number(e164: str, email: str) -> None:
    """Take the number away from EMAIL; its conversations stay."""
    writer = open_database()
    rented, known = _rented(e164), the_user(email)
    done = writer(lambda tx: numbers.unassign(tx, known.team, rented.id, known.id))
    click.echo("unassigned" if done else "was not assigned")


@number.command("list")
@click.option("--team", "team_id", type=int, help="Needed when there are several teams.")
def list_numbers(team_id: int | None) -> None:
    """Print the team's numbers and who texts from each."""
    open_database()
    for rented, emails in numbers.of_team(the_team(team_id).id):
        click.echo(f"{rented.id}\t{rented.e164}\t{rented.display}\t{','.join(emails) or '-'}")


def _rented(e164: str) -> Rented:
    try:
        found = numbers.by_e164(parse(e164).e164)
    except PhoneError as error:
        raise click.ClickException(f"{e164}: {error}") from None
    if found is None:
        raise click.ClickException(f"{e164} is not one of our numbers: see `repline number list`.")
    return found
