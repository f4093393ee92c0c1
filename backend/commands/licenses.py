"""``repline license``"""

import click

from backend.commands.opening import open_database, the_user
from backend.store import licenses

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
    done = writer(lambda tx: licenses.grant(tx, known.team, known.id, kind))
    click.echo("granted" if done else "was granted already")


@license.command("revoke")
@click.argument("email")
@_kind
def revoke_license(email: str, kind: str) -> None:
    """Take the license of this KIND away from EMAIL."""
    writer = open_database()
    known = the_user(email)
    done = writer(lambda tx: licenses.revoke(tx, known.team, known.id, kind))
    click.echo("revoked" if done else "was not granted")
