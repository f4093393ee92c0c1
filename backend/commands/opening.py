"""What every command that touches the database begins with."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from backend.config import Config, ConfigError, database_path, from_environment, on_server
from backend.core import configure
from backend.models.connection import connect
from backend.passwords import WeakPassword, check_strength
from backend.store import teams, users, vitals
from backend.store.audit import Actor
from backend.store.users import Secret
from backend.store.writer import InlineWriter
from backend.team.faults import Invalid
from shared import wire

ID = click.IntRange(1, 2**53 - 1)
"""Ids as they are typed: larger ones fit no database."""
which_team = click.option("--team", "team_id", type=ID, help="Needed when there are several teams.")


def database_url() -> str:
    return os.environ.get("DATABASE_URL", "").strip() or Config.database_url


def shown_database() -> str:
    """The same without a password, for others to read."""
    scheme, separator, rest = database_url().partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"


def database_file() -> Path | None:
    """Where the configured database is or will be made; None for one on a server."""
    if on_server(database_url()):
        return None
    try:
        path = database_path(database_url())
    except ConfigError as error:
        raise click.ClickException(str(error)) from None
    if not path.parent.is_dir():
        raise click.ClickException(
            f"There is no folder {path.parent} for the database: make it, or set DATABASE_URL."
        )
    return path


def open_database(*, migrated: bool = True) -> InlineWriter:
    """The writer of the configured database; with ``migrated`` it has to be up to date."""
    path = database_file()
    if migrated and path is not None and not path.exists():
        raise click.ClickException(f"There is no database at {path}: run `repline migrate` first.")
    connect(database_url())
    if migrated and (pending := vitals.pending_migrations()):
        names = ", ".join(pending)
        raise click.ClickException(f"Not applied yet: {names}. Run `repline migrate` first.")
    # A running backend finds what commands wrote when it next looks; nobody needs to be woken.
    return InlineWriter(lambda transaction: None)


def open_ledger() -> tuple[Config, InlineWriter]:
    """As :func:`open_database`, for what looks mobiles up: SECRET_KEY keys the hashes of those
    whose person was erased. Raises :class:`ConfigError` where the environment is not complete."""
    config = from_environment(os.environ)
    writer = open_database()
    configure(config)
    return config, writer


def the_team(given: int | None) -> wire.Team:
    """The team with this id, or the only one there is."""
    if given is not None:
        team = teams.get(given)
        if team is None:
            raise click.ClickException(f"There is no team {given}: see `repline team list`.")
        return team
    found = teams.all_teams()
    if not found:
        raise click.ClickException("There is no team yet: run `repline team add NAME` first.")
    if len(found) > 1:
        raise click.ClickException("There are several teams: say which with --team ID.")
    return found[0]


def the_user(email: str) -> Secret:
    user = users.secret_of(email.strip().lower())
    if user is None:
        raise click.ClickException(f"There is no user {email}: see `repline user list`.")
    return user


def command(team: int) -> Actor:
    """Who acts, as the audit log names it."""
    return Actor(team, None, "command")


@contextmanager
def said() -> Iterator[None]:
    """Say in a sentence why a rule refused."""
    try:
        yield
    except Invalid as error:
        raise click.ClickException(str(error)) from None


def ask_password(from_stdin: bool, email: str) -> str:
    """A good password for the user with ``email``, from the terminal or the first line of stdin;
    never from an argument, which every process on the machine could read."""
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        check_strength(password, email)
    except WeakPassword as error:
        raise click.ClickException(str(error)) from None
    return password
