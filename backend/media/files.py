"""Bytes on disk: a folder for each team, a file for each content, named by its sha256.

A file gets its name, and is taken away, inside the transaction that makes or ends its last row: the
database has one writer, so neither can slip between the other's look and its deed. What waits for
the disk is done before, so that it holds up nobody else's transaction.
"""

import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

STALE_S = 24 * 3600
"""A file that nobody finished, or that has no row, is left alone for so long."""


class TooLarge(Exception):
    """More bytes came than are taken."""


class Files:
    """``folder`` is made when the first file comes; nobody else may read it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def receive(self, pieces: Iterable[bytes], most: int) -> Path:
        """Write what comes to a new file that belongs to the caller, who keeps or unlinks it.

        Raises :class:`TooLarge` at the first byte over ``most``, reading no further.
        """
        incoming = self._folder / "incoming"
        incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=incoming)
        path, size = Path(name), 0
        try:
            with os.fdopen(handle, "wb") as file:
                for piece in pieces:
                    size += len(piece)
                    if size > most:
                        raise TooLarge
                    file.write(piece)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path

    def path(self, team: int, sha256: str) -> Path:
        return self._folder / str(team) / sha256[:2] / sha256

    def prepare(self, received: Path, team: int, sha256: str) -> None:
        """Have a received file on the disk under its name too, before the transaction that adds its
        row: a row may not outlive a power cut that its file did not. Slow, for the disk is waited
        for. Without that row the file goes when :meth:`old` is next looked through."""
        place = self.path(team, sha256)
        made = [each for each in (place.parent, place.parent.parent) if not each.exists()]
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):  # the same content is another row's, or a repeat
            place.hardlink_to(received)
        for folder in (place.parent, *(each.parent for each in made)):
            _sync(folder)

    def keep(self, received: Path, team: int, sha256: str) -> None:
        """Put what was prepared in its place. Call it inside the transaction that adds its row: the
        last row of the same content may have taken the file away meanwhile."""
        received.replace(self.path(team, sha256))

    def remove(self, team: int, sha256: str) -> None:
        """Call it inside a transaction that has seen that no row has this content."""
        self.path(team, sha256).unlink(missing_ok=True)

    def old(self) -> Iterator[tuple[int, str]]:
        """(team, sha256) of each file that is not of today."""
        for path in self._folder.glob("[0-9]*/*/*"):
            if _stale(path):
                yield int(path.parts[-3]), path.name

    def drop_unfinished(self) -> None:
        """What a killed process was receiving."""
        for path in self._folder.glob("incoming/*"):
            if _stale(path):
                path.unlink(missing_ok=True)


def rewrite(path: Path, data: bytes | None) -> None:
    """Put ``data`` into the file, or leave it as it is for None; it is on the disk afterwards."""
    with path.open("r+b") as file:
        if data is not None:
            file.truncate()
            file.write(data)
            file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _stale(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > STALE_S
    except FileNotFoundError:
        return False
