"""Backups of an installation on SQLite: one file with the database and the media, made while it
serves, and read back into an empty place only.

The file is a tar of ``repline.sqlite3``, ``media/…`` and, last, ``manifest.json``. Its database is
a snapshot (``VACUUM INTO``: https://sqlite.org/lang_vacuum.html): consistent, and without what was
deleted and still lies in free pages. SECRET_KEY is not in it.
"""

import hashlib
import os
from pathlib import Path

import msgspec

from backend.keys import derive

DATABASE, MANIFEST, MEDIA = "repline.sqlite3", "manifest.json", "media"


class BackupError(Exception):
    """It cannot be made or read back; the message says why, and what to do."""


class Manifest(msgspec.Struct, kw_only=True):
    """``made_at`` in ms; ``key`` tells one SECRET_KEY from another and nothing else of it."""

    made_at: int
    sha256: str
    migrations: list[str]
    files: int
    key: str


def fingerprint(secret_key: str) -> str:
    return derive(secret_key, "backup fingerprint", 8).hex()


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
