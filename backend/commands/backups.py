"""``repline backup`` and ``repline restore``"""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from backend.backups import BackupError, Manifest, making, reading
from backend.commands.opening import database_file
from backend.config import from_environment
from backend.core import configure
from backend.media.files import Files
from backend.messaging.restored import restored
from backend.models.connection import connect, migrate
from backend.store import media as media_rows
from backend.store.writer import InlineWriter

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
    said = []

    def settle(snapshot: Path, files: Path, manifest: Manifest) -> None:
        opened = connect(f"sqlite:///{snapshot}")
        try:
            migrate(opened)
            there = Files(files)
            doubtful = restored(InlineWriter(lambda tx: None), manifest.made_at)
            lost = sum(not there.path(*each).exists() for each in media_rows.named())
            opened.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            opened.close()
        said.append(f"{doubtful} texts are in doubt: whether they left, the carrier’s list tells")
        if lost:
            said.append(f"{lost} files are missing: their texts say so")

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


def _file() -> Path:
    """Where the database is, which has to be a file."""
    path = database_file()
    if path is None:
        raise click.ClickException(
            "The database is on a server: use pg_dump and pg_restore, and copy MEDIA_DIR."
        )
    return path
