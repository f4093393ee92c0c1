"""Imports as admins begin, pause, go on with and cancel them."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from backend.apart import Apart
from backend.crm_pages.records import Records
from backend.importing import columns, decoding, reading
from backend.importing.decoding import BadFile
from backend.importing.pieces import Checked, Pieces
from backend.media.files import Files, TooLarge, rewrite
from backend.media.names import clean
from backend.store import audit, imports
from backend.store.audit import Actor
from backend.store.imports import Held, Layout
from backend.store.writer import Transaction, Writer
from backend.team.faults import NotThere, Refused

LARGEST = 64 * 1024 * 1024
"""Bytes of a file: several times what 100,000 people take."""
_GROWS = 3
"""UTF-8 takes so many bytes at most for one byte of Windows-1252."""
MOST_OPEN = 10
"""Imports of a team whose files are kept at a time."""
PREVIEW = 3
"""Rows that are shown before an import starts."""
_CHECKED_AT_ONCE = 500
_FROM: dict[str, tuple[str, ...]] = {
    "running": ("mapping", "paused"),
    "paused": ("running",),
    "canceled": ("mapping", "running", "paused"),
}
_DONE = {"running": "started", "paused": "paused", "canceled": "canceled"}


class Imports:
    """``apart`` decodes and syncs files, so that a large one holds up nobody else; ``records``
    tells the records of CRMs by their addresses."""

    def __init__(self, writer: Writer, files: Files, apart: Apart, records: Records) -> None:
        self.files = files
        self.pieces = Pieces(files.path, apart, records)
        self._writer = writer
        self._apart = apart

    def add(self, actor: Actor, pieces: Iterable[bytes], name: str) -> Held:
        """Keep a file that comes, with a guess at its columns; :func:`turn` starts it. Raises
        :class:`BadFile`, and :class:`Refused` when too many wait already."""
        _check_open(actor.team)
        try:
            received = self.files.receive(pieces, LARGEST)
        except TooLarge:
            most = LARGEST // 1024 // 1024
            raise BadFile(f"The file is larger than {most} MB. Import it in parts.") from None
        decoded: Path | None = None
        try:
            decoded, layout, sha256 = self._apart(lambda: self._prepare(received, actor.team))
            size = received.stat().st_size
            kept: Path = decoded

            def work(tx: Transaction) -> Held:
                _check_open(actor.team)
                self.files.keep(kept, actor.team, sha256)
                made = imports.add(
                    tx,
                    actor.team,
                    actor.user,
                    actor.name,
                    name=clean(name, "text/csv"),
                    size=size,
                    sha256=sha256,
                    layout=layout,
                    mapping=columns.guess(layout.columns),
                )
                return get(actor.team, made)

            return self._writer(work)
        finally:
            received.unlink(missing_ok=True)
            if decoded is not None:
                decoded.unlink(missing_ok=True)

    def preview(self, held: Held, count: int = PREVIEW) -> list[list[str]]:
        """The cells of the first rows; none when the file is gone."""
        try:
            piece = self.pieces.raw(held, count)
        except FileNotFoundError:
            return []
        return [
            [each[: reading.LONGEST_KEPT] for each in record.cells]
            for record, _ in piece.records
            if record.cells is not None
        ]

    def checked(self, held: Held) -> Iterator[Checked]:
        """Every row from where the import is, as it would be read; nothing is written."""
        here, last = held, False
        while not last:
            piece = self.pieces.checked(here, _CHECKED_AT_ONCE)
            yield piece
            here, last = here._replace(position=piece.position, line=piece.line), piece.last

    def _prepare(self, received: Path, team: int) -> tuple[Path, Layout, str]:
        """The file in UTF-8, how it is read, and its sha256; it is on the disk under that name."""
        with received.open("rb") as file:
            encoding = decoding.encoding_of(file)
            text = self.files.receive(decoding.utf8(file, encoding), LARGEST * _GROWS)
        try:
            layout = reading.layout(text, encoding)
            with text.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            rewrite(text, None)
            self.files.prepare(text, team, sha256)
        except BaseException:
            text.unlink(missing_ok=True)
            raise
        return text, layout, sha256


def get(team: int, people_import: int) -> Held:
    """Raises :class:`NotThere`."""
    held = imports.get(team, people_import)
    if held is None:
        raise NotThere(people_import)
    return held


def map_columns(tx: Transaction, actor: Actor, people_import: int, mapping: Sequence[str]) -> None:
    """Say what the columns are; raises :class:`Invalid`, and :class:`Refused` once it has begun."""
    held = get(actor.team, people_import)
    columns.check(held.columns, mapping)
    if held.state != "mapping":
        raise Refused("The import has begun: its columns stay as they are.")
    imports.set_mapping(tx, actor.team, people_import, list(mapping))


def turn(tx: Transaction, actor: Actor, people_import: int, state: str) -> None:
    """Go to ``state``: running, paused or canceled. Nothing happens when it is there already.
    Raises :class:`Refused` when it is over, :class:`Invalid` when its columns make no people."""
    held = get(actor.team, people_import)
    if held.state == state:
        return
    if held.state not in _FROM[state]:
        raise Refused(_over(held))
    if state == "running":
        columns.check(held.columns, held.mapping)
    imports.set_state(tx, actor.team, people_import, _FROM[state], state)
    done = "resumed" if held.state == "paused" and state == "running" else _DONE[state]
    after: Mapping[str, object] = {"file": held.name, "bytes": held.size}
    if held.rows:
        after = {**after, **held.counts}
    audit.add(tx, actor, f"import.{done}", f"import {held.id}", after=after)


def _over(held: Held) -> str:
    return {
        "done": "The import is done.",
        "failed": "The import has failed: import the file again.",
        "canceled": "The import was canceled: import the file again.",
    }.get(held.state, "The import has not started.")


def _check_open(team: int) -> None:
    if imports.count_open(team) >= MOST_OPEN:
        raise Refused(
            f"{MOST_OPEN} imports are not done yet. Wait for them, or cancel some, then try again."
        )
