"""``repline user``"""

import re
from typing import cast, get_args

import click
from argon2 import PasswordHasher

from backend.commands.opening import ask_password, open_database, the_team, the_user
from backend.passwords import Passwords
from backend.store import licenses, sessions, users
from backend.store.writer import Transaction
from shared.wire import Role

# Typing errors are caught, no more: only a mail tells whether an address exists.
_EMAIL = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@([^\W_]([\w-]*[^\W_])?\.)+[^\W_]([\w-]*[^\W_])?")
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
@click.option("--team", "team_id", type=int, help="Needed when there are several teams.")
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
    email, name = email.strip().lower(), " ".join(name.split())
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        raise click.ClickException(
            f"This is no e-mail address: {email}. It looks like ana@brightpath.example."
        )
    if not name or len(name) > 200:
        raise click.ClickException("A name has 1 to 200 characters.")
    writer = open_database()
    team = the_team(team_id)
    if users.secret_of(email):
        raise click.ClickException(f"There is a user {email} already.")
    hashed = Passwords(hasher).hash(ask_password(from_stdin))

    def work(tx: Transaction) -> int | None:
        made = users.add(
            tx, team.id, email=email, name=name, role=cast(Role, role), password_hash=hashed
        )
        if made is not None:
            for kind in kinds:
                licenses.grant(tx, team.id, made, kind)
        return made

    added = writer(work)
    if added is None:
        raise click.ClickException(f"There is a user {email} already.")
    click.echo(f"{added}\t{email}")


@user.command("list")
@click.option("--team", "team_id", type=int, help="Needed when there are several teams.")
def list_users(team_id: int | None) -> None:
    """Print the team's users: id, e-mail, name, role, licenses, and whether disabled."""
    open_database()
    team = the_team(team_id)
    held = licenses.of_team(team.id)
    for each in users.of_team(team.id):
        kinds = ",".join(held.get(each.id, [])) or "-"
        state = "disabled" if each.disabled else "active"
        click.echo("\t".join((str(each.id), each.email, each.name, each.role, kinds, state)))


@user.command("disable")
@click.argument("email")
def disable_user(email: str) -> None:
    """Sign EMAIL out everywhere, within seconds, and let them in no more."""
    writer = open_database()
    known = the_user(email)

    def work(tx: Transaction) -> bool:
        sessions.end_all(tx, known.team, known.id)
        return users.disable(tx, known.team, known.id)

    click.echo("disabled" if writer(work) else "was disabled already")


@user.command("enable")
@click.argument("email")
def enable_user(email: str) -> None:
    """Let EMAIL sign in again."""
    writer = open_database()
    known = the_user(email)
    done = writer(lambda tx: users.enable(tx, known.team, known.id))
    click.echo("enabled" if done else "was not disabled")


@user.command("password")
@click.argument("email")
@_from_stdin
@click.pass_obj
def set_password(hasher: PasswordHasher | None, email: str, from_stdin: bool) -> None:
    """Give EMAIL a new password and sign them out everywhere."""
    writer = open_database()
    known = the_user(email)
    hashed = Passwords(hasher).hash(ask_password(from_stdin))

    def work(tx: Transaction) -> None:
        users.set_password(tx, known.team, known.id, hashed)
        sessions.end_all(tx, known.team, known.id)

    writer(work)
    click.echo("changed")
