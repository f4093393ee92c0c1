"""Reading a backup back: all of it to where nothing is, or nothing at all. Whatever is in the file
is looked at before it is believed."""

import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import IO

import msgspec

from backend.backups import (
    DATABASE,
    MANIFEST,
    MEDIA,
    BackupError,
    Manifest,
    fingerprint,
    sha256_of,
    sync,
)
from backend.models.connection import MIGRATIONS

LARGEST_MANIFEST = 64 * 1024
_PIECE = 1 << 20


def restore(
    file: Path,
    database: Path,
    media: Path,
    secret_key: str,
    settle: Callable[[Path, Path, Manifest], None],
) -> Manifest:
    """Read the backup ``file`` back. ``settle(database, media, manifest)`` does what has to be done
    before anybody serves from it; only then is it in its place. Raises OSError where it cannot be
    put there."""
    for place in (database, *(Path(f"{database}{end}") for end in ("-wal", "-shm", "-journal"))):
        if place.exists():
            raise BackupError(f"{place} is there: a backup is never written over anything.")
    if media.exists() and any(media.iterdir()):
        raise BackupError(f"{media} is not empty: a backup is never written over anything.")
    media.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=database.parent, prefix=".restore-") as name,
        tempfile.TemporaryDirectory(dir=media.parent, prefix=".restore-") as media_name,
    ):
        snapshot, files = Path(name) / DATABASE, Path(media_name) / MEDIA
        files.mkdir(mode=0o700)
        manifest = _unpack(file, snapshot, files)
        _check(snapshot, manifest, secret_key)
        settle(snapshot, files, manifest)
        sync(snapshot)
        with suppress(FileNotFoundError):
            media.rmdir()
        files.rename(media)
        try:
            # Last: killed before this it leaves no database that would be served without its media.
            os.link(snapshot, database)
        except OSError:
            media.rename(files)
            raise
        sync(database.parent)
    return manifest


def _unpack(file: Path, snapshot: Path, files: Path) -> Manifest:
    manifest = None
    try:
        with tarfile.open(file, "r:") as tar:
            for member in tar:
                source = tar.extractfile(member) if member.isreg() else None
                parts = member.name.split("/")
                if source is None or not {"", ".", ".."}.isdisjoint(parts):
                    raise _not_ours(file, member.name)
                if member.name == MANIFEST and member.size <= LARGEST_MANIFEST:
                    manifest = msgspec.json.decode(source.read(), type=Manifest)
                elif member.name == DATABASE:
                    _write(source, snapshot)
                elif parts[0] == MEDIA and len(parts) > 1:
                    _write(source, files.joinpath(*parts[1:]))
                else:
                    raise _not_ours(file, member.name)
    except (tarfile.TarError, EOFError, OSError, msgspec.MsgspecError) as error:
        raise BackupError(f"{file} cannot be read: {error}. Take another.") from None
    if manifest is None or not snapshot.exists():
        raise BackupError(f"{file} is no whole backup: its end is missing. Take another.")
    return manifest


def _check(snapshot: Path, manifest: Manifest, secret_key: str) -> None:
    if sha256_of(snapshot) != manifest.sha256:
        raise BackupError("The database in it is not what was backed up. Take another.")
    if manifest.key != fingerprint(secret_key):
        raise BackupError(
            "It was made under another SECRET_KEY: set that one. Under this one erased people who"
            " opted out would not be known, and CRMs had to be connected again."
        )
    unknown = set(manifest.migrations) - {path.stem for path in MIGRATIONS.glob("0*.py")}
    if unknown:
        raise BackupError(f"It is of a newer Repline ({', '.join(sorted(unknown))}): install that.")
    try:
        with closing(sqlite3.connect(snapshot)) as held:
            found = held.execute("PRAGMA integrity_check").fetchall()
            orphans = held.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        raise BackupError(f"The database in it is damaged: {error}. Take another.") from None
    if found != [("ok",)] or orphans:
        raise BackupError(f"The database in it is damaged: {(found + orphans)[0]}. Take another.")


def _not_ours(file: Path, name: str) -> BackupError:
    return BackupError(f"{file} holds {name[:80]!r}: it is no backup of ours.")


def _write(source: IO[bytes], place: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(place, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        while piece := source.read(_PIECE):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
