"""``repline backup``, ``repline restore`` and ``repline restored``"""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from backend.backups import BackupError, Manifest, making, reading
from backend.commands.opening import database_file, open_ledger
from backend.config import from_environment
from backend.core import configure
from backend.media.files import Files
from backend.messaging.restored import restored
from backend.models.connection import connect, migrate
from backend.store import media as media_rows
from backend.store.rows import now
from backend.store.writer import InlineWriter, Writer

which_file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command()
@which_file
def backup(file: Path) -> None:
    """Write database and media to FILE, which must not be there; also while the backend serves.

    SECRET_KEY is not in it: keep that elsewhere, since the backup cannot be used without it.
    """
    config = from_environment(os.environ)
    database = _file()
    if not database.exists():
        raise click.ClickException(f"There is no database at {database}.")
    try:
        made = making.make(database, config.media_folder, file, config.secret_key)
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"It cannot be written: {error}.") from None
    click.echo(f"{file}\t{file.stat().st_size:,} bytes\t{made.files:,} files")


@click.command()
@which_file
def restore(file: Path) -> None:
    """Read FILE back to DATABASE_URL and MEDIA_DIR, where nothing may be.

    Run it before the backend is started. Texts that waited when the backup was made may have left
    since: they are in doubt until the carrier's list says more, and are never sent again by
    themselves.
    """
    config = from_environment(os.environ)
    configure(config)
    said: list[str] = []

    def settle(snapshot: Path, files: Path, manifest: Manifest) -> None:
        opened = connect(f"sqlite:///{snapshot}")
        try:
            migrate(opened)
            said.extend(_settle(InlineWriter(lambda tx: None), manifest.made_at, files))
            opened.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            opened.close()

    try:
        made = reading.restore(file, _file(), config.media_folder, config.secret_key, settle)
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(
            f"It cannot be put in its place: {error}. Nothing was restored. DATABASE_URL and"
            " MEDIA_DIR have to be on disks that can be written, the first on one with hard links;"
            " where one is mounted, name a place in it."
        ) from None
    at = datetime.fromtimestamp(made.made_at / 1000, UTC)
    click.echo(f"restored as it was at {at:%Y-%m-%d %H:%M:%S} UTC, {made.files:,} files")
    click.echo("\n".join(said))


@click.command("restored")
@click.option(
    "--made-at",
    required=True,
    type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]),
    metavar="TIME",
    help="When the copy was begun, such as 2026-11-22T10:00:00Z.",
)
def after_restoring(made_at: datetime) -> None:
    """Say that the database was put back as it was at TIME, by other means than `repline restore`:
    pg_restore, say.

    Run it once, after `repline migrate` and before the backend is started, with MEDIA_DIR in its
    place. It does what `repline restore` does by itself: texts that waited then are in doubt until
    the carrier's list says more, clients start afresh, and ids leave a gap.
    """
    at = int(made_at.timestamp() * 1000)
    if at > now():
        raise click.ClickException("That is still to come: say when the copy was begun.")
    config, writer = open_ledger()
    click.echo("\n".join(_settle(writer, at, config.media_folder)))


def _settle(writer: Writer, made_at: int, files: Path) -> list[str]:
    """Do what has to be done before anybody serves from it, and say what is to be known."""
    doubtful, there = restored(writer, made_at), Files(files)
    lost = sum(not there.path(*each).exists() for each in media_rows.named())
    said = [f"{doubtful} texts are in doubt: whether they left, the carrier’s list tells"]
    return said + [f"{lost} files are missing: their texts say so"] * bool(lost)


def _file() -> Path:
    """Where the database is, which has to be a file."""
    path = database_file()
    if path is None:
        raise click.ClickException(
            "The database is on a server: use pg_dump and pg_restore, copy MEDIA_DIR, and run"
            " `repline restored` before the start."
        )
    return path
