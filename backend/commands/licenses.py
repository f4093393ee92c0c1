"""``repline license``"""

import click

from backend.commands.opening import (
    command,
    open_database,
    said,
    the_team,
    the_user,
    which_team,
)
from backend.team import licenses

_kind = click.argument("kind", type=click.Choice(licenses.KINDS))


@click.group()
def license() -> None:
    """Seats that let a user message or dial."""


@license.command("grant")
@click.argument("email")
@_kind
def grant_license(email: str, kind: str) -> None:
    """Give EMAIL a license of this KIND."""
    writer = open_database()
    known = the_user(email)
    with said():
        done = writer(lambda tx: licenses.assign(tx, command(known.team), known.id, kind))
    click.echo("granted" if done else "was granted already")


@license.command("revoke")
@click.argument("email")
@_kind
def revoke_license(email: str, kind: str) -> None:
    """Take the license of this KIND away from EMAIL."""
    writer = open_database()
    known = the_user(email)
    done = writer(lambda tx: licenses.revoke(tx, command(known.team), known.id, kind))
    click.echo("revoked" if done else "was not granted")


@license.command("seats")
@_kind
@click.argument("number")
@which_team
def set_seats(kind: str, number: str, team_id: int | None) -> None:
    """Set how many seats of this KIND the team has; NUMBER may be "none", for no limit."""
    writer = open_database()
    actor = command(the_team(team_id).id)
    held = licenses.typed(licenses.seats(actor.team))
    typed = {**held, kind: "" if number == "none" else number}
    with said():
        done = writer(lambda tx: licenses.set_seats(tx, actor, typed))
    click.echo("changed" if done else "was so already")
