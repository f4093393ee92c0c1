"""``repline user``"""

from typing import get_args

import click
from argon2 import PasswordHasher

from backend.commands.opening import (
    ask_password,
    command,
    open_database,
    said,
    the_team,
    the_user,
    which_team,
)
from backend.passwords import Passwords
from backend.store import licenses, users
from backend.team import users as rules
from shared.wire import Role

_from_stdin = click.option(
    "--password-stdin", "from_stdin", is_flag=True, help="Read the password from stdin."
)


@click.group()
def user() -> None:
    """The people who sign in."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="As others in the team see it.")
@click.option("--role", type=click.Choice(get_args(Role)), default="rep", show_default=True)
@which_team
@click.option(
    "--license",
    "kinds",
    multiple=True,
    type=click.Choice(licenses.KINDS),
    help="A license to grant; may be given twice.",
)
@_from_stdin
@click.pass_obj
def add_user(
    hasher: PasswordHasher | None,
    email: str,
    name: str,
    role: str,
    team_id: int | None,
    kinds: tuple[str, ...],
    from_stdin: bool,
) -> None:
    """Add a user who signs in with EMAIL, and print their id."""
    writer = open_database()
    actor = command(the_team(team_id).id)
    with said():
        email, name = rules.check(email=email, name=name, role=role)
    if users.secret_of(email):
        raise click.ClickException(f"There is a user {email} already.")
    hashed = Passwords(hasher).hash(ask_password(from_stdin, email))
    with said():
        added = writer(
            lambda tx: rules.add(
                tx,
                actor,
                email=email,
                name=name,
                role=role,
                kinds=kinds,
                password_hash=hashed,
            )
        )
    click.echo(f"{added}\t{email}")


@user.command("list")
@which_team
def list_users(team_id: int | None) -> None:
    """Print the team's users: id, e-mail, name, role, licenses, and whether disabled."""
    open_database()
    team = the_team(team_id)
    held = licenses.of_team(team.id)
    for each in users.of_team(team.id):
        kinds = ",".join(held.get(each.id, [])) or "-"
        state = "disabled" if each.disabled else "active"
        click.echo("\t".join((str(each.id), each.email, each.name, each.role, kinds, state)))


@user.command("role")
@click.argument("email")
@click.argument("role", type=click.Choice(get_args(Role)))
def set_role(email: str, role: str) -> None:
    """Make EMAIL a rep or an admin."""
    writer = open_database()
    known = the_user(email)
    name = rules.get(known.team, known.id).name
    with said():
        done = writer(
            lambda tx: rules.change(tx, command(known.team), known.id, name=name, role=role)
        )
    click.echo("changed" if done else f"was {role} already")


@user.command("disable")
@click.argument("email")
def disable_user(email: str) -> None:
    """Sign EMAIL out everywhere, within seconds, and let them in no more."""
    writer = open_database()
    known = the_user(email)
    with said():
        writer(lambda tx: rules.disable(tx, command(known.team), known.id))
    click.echo("was disabled already" if known.disabled else "disabled")


@user.command("enable")
@click.argument("email")
def enable_user(email: str) -> None:
    """Let EMAIL sign in again."""
    writer = open_database()
    known = the_user(email)
    done = writer(lambda tx: rules.enable(tx, command(known.team), known.id))
    click.echo("enabled" if done else "was not disabled")


@user.command("password")
@click.argument("email")
@_from_stdin
@click.pass_obj
def set_password(hasher: PasswordHasher | None, email: str, from_stdin: bool) -> None:
    """Give EMAIL a new password and sign them out everywhere."""
    writer = open_database()
    known = the_user(email)
    hashed = Passwords(hasher).hash(ask_password(from_stdin, email.strip()))
    writer(lambda tx: rules.set_password(tx, command(known.team), known.id, hashed))
    click.echo("changed")
