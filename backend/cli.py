"""The ``repline`` command."""

import os
import sys
from pathlib import Path

import click
import msgspec
import peewee

from backend import app
from backend.commands.api_keys import api_key
from backend.commands.backups import after_restoring, backup, restore
from backend.commands.crms import crm
from backend.commands.doctor import doctor
from backend.commands.hooks import hook
from backend.commands.imports import imports
from backend.commands.licenses import license
from backend.commands.numbers import number
from backend.commands.opening import database_file, open_database, shown_database
from backend.commands.opt_outs import opt_out
from backend.commands.people import person
from backend.commands.quarantine import quarantine
from backend.commands.quick_replies import quick_reply
from backend.commands.teams import team
from backend.commands.users import user
from backend.config import ConfigError, from_environment
from backend.models import database
from backend.models.connection import migrate as apply_migrations
from backend.web.openapi import document

GUNICORN = Path(__file__).parent / "gunicorn_conf.py"
APPLICATION = "backend.app:from_environment()"


class _Commands(click.Group):
    """Says what a user can mend in a sentence, without a traceback."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except ConfigError as error:
            raise click.ClickException(f"The environment is not complete:\n{error}") from None
        except peewee.PeeweeException as error:
            raise click.ClickException(
                f"The database refused: {error}. Check {shown_database()} and who may write there."
            ) from None


@click.group(cls=_Commands)
@click.version_option(package_name="repline")
def main() -> None:
    """Two-way texting for sales reps, on the CRM page they are already on.

    Configured by the environment; `repline doctor` says what is missing.
    """
    # The context's object is the PasswordHasher, None for the usual one.


@main.command()
@click.option("--bind", help="ADDRESS:PORT to listen on instead of HOST and PORT.")
def serve(bind: str | None) -> None:
    """Serve the backend, in the place of this process."""
    from_environment(os.environ)
    database_file()
    options = ["--bind", bind] if bind else []
    arguments = [sys.executable, "-m", "gunicorn", "-c", str(GUNICORN), *options, APPLICATION]
    os.execv(sys.executable, arguments)  # noqa: S606 - no shell is wanted


@main.command()
def work() -> None:
    """Run the jobs in a process of their own; only with REDIS_URL."""
    config = from_environment(os.environ)
    if not config.redis_url:
        raise click.ClickException(
            "Without REDIS_URL the jobs run inside `repline serve`: there is nothing to do here."
        )
    app.work(config)


@main.command()
def migrate() -> None:
    """Make the database, or bring it up to date."""
    open_database(migrated=False)
    applied = apply_migrations(database.obj)
    click.echo("\n".join(applied) if applied else "The database is up to date.")


@main.command()
def openapi() -> None:
    """Print the API's description, OpenAPI 3.1 as JSON."""
    url = os.environ.get("PUBLIC_URL", "").strip().rstrip("/") or "/"
    click.echo(msgspec.json.format(msgspec.json.encode(document(url)), indent=2))


@main.command()
@click.option("--check", is_flag=True, help="Drive the main job once, headless, and say how long.")
def demo(check: bool) -> None:
    """Run everything on this machine, with phones that you play."""
    module = "demo.check" if check else "demo"
    os.execv(sys.executable, [sys.executable, "-m", module])  # noqa: S606 - no shell is wanted


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def simulator(options: tuple[str, ...]) -> None:
    """Run the Twilio simulator alone."""
    os.execv(sys.executable, [sys.executable, "-m", "simulator", *options])  # noqa: S606


for command in (
    *(team, user, license, number, quick_reply, opt_out, person),
    *(crm, api_key, hook, imports, quarantine, doctor, backup, restore, after_restoring),
):
    main.add_command(command)

if __name__ == "__main__":
    main()
