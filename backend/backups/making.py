"""Writing a backup while the backend serves: writers are not held up."""

import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

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
from backend.store.rows import now


def make(database: Path, media: Path, into: Path, secret_key: str) -> Manifest:
    """Write a backup to ``into``, which must not be there; only its owner may read it. It is there
    once it is whole."""
    if into.exists():
        raise BackupError(f"{into} is there already: give another name, or move it away.")
    if not into.parent.is_dir():
        raise BackupError(f"There is no folder {into.parent}: make it, or give another name.")
    made_at = now()
    with tempfile.TemporaryDirectory(dir=into.parent, prefix=".backup-") as name:
        folder = Path(name)
        snapshot, whole = folder / DATABASE, folder / "whole.tar"
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as held:
            held.execute("PRAGMA busy_timeout = 10000")
            held.execute("VACUUM INTO ?", (str(snapshot),))
        whole.touch(mode=0o600)
        files = 0
        with tarfile.open(whole, "w") as tar:
            tar.add(snapshot, DATABASE)
            # Behind the snapshot: the files that its rows name were there by then.
            for path in _files(media):
                # One that nobody needs any more goes while we look.
                with suppress(FileNotFoundError):
                    tar.add(path, f"{MEDIA}/{path.relative_to(media).as_posix()}")
                    files += 1
            manifest = Manifest(
                made_at=made_at,
                sha256=sha256_of(snapshot),
                migrations=_migrations(snapshot),
                files=files,
                key=fingerprint(secret_key),
            )
            (folder / MANIFEST).write_bytes(msgspec.json.encode(manifest))
            tar.add(folder / MANIFEST, MANIFEST)
        sync(whole)
        os.link(whole, into)  # unlike a rename it never takes another's place
        sync(into.parent)
    return manifest


def _files(media: Path) -> Iterator[Path]:
    for path in sorted(media.rglob("*")):
        # What is still coming in has no row.
        if path.is_file() and "incoming" not in path.relative_to(media).parts[:-1]:
            yield path


def _migrations(snapshot: Path) -> list[str]:
    with closing(sqlite3.connect(snapshot)) as held:
        return [name for (name,) in held.execute("SELECT name FROM schema_migration ORDER BY name")]
