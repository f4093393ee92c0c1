"""An import at work: piece by piece, each in a transaction that also says how far it is."""

import secrets
import time
from collections.abc import Iterator

import peewee
import structlog

from backend.importing import filing
from backend.importing.pieces import Checked, Pieces
from backend.store import audit, import_problems, imports, upkeep
from backend.store.audit import Actor
from backend.store.imports import Counts, Held
from backend.store.writer import Transaction, Writer

LEASE_MS = 30_000
"""After which somebody else goes on with an import whose worker died. Much longer than a piece
takes; and who is late moves nothing, for their piece is another's by then."""
FEWEST, FIRST, MOST = 20, 100, 500
"""Rows of a piece."""
_AIM_S = 0.01
"""How long a piece may hold the writer, for which every text that comes waits."""
MOST_PROBLEMS = 100_000
log = structlog.get_logger()


class Loading:
    def __init__(self, writer: Writer, pieces: Pieces) -> None:
        self._writer = writer
        self._pieces = pieces

    def __call__(self, people_import: int) -> None:
        """Load all that is left of an import, unless somebody else does, or it is paused."""
        for _ in self.steps(people_import):
            pass

    def steps(self, people_import: int) -> Iterator[Held]:
        """As a call, and tells after each piece how far it is."""
        worker = secrets.token_hex(8)
        held = self._writer(lambda tx: imports.claim(tx, people_import, worker, LEASE_MS))
        count, counted = FIRST, FIRST
        while held is not None and held.state == "running":
            held, took = self._step(held, count)
            if held is not None:
                if held.added >= 2 * counted:
                    _count_people()
                    counted = held.added
                yield held
            count = min(MOST, max(FEWEST, int(count * min(2, _AIM_S / max(took, 0.0001)))))

    def _step(self, held: Held, count: int) -> tuple[Held | None, float]:
        """Load ``count`` rows: the import behind them, None when it is not ours to load any more,
        and how long (s) they held the writer."""
        try:
            piece = self._pieces.checked(held, count)
            return self._writer(lambda tx: _move(tx, held, piece))
        except FileNotFoundError:
            self._stop(held, "failed", "The file is gone. Import it again.")
        except peewee.OperationalError:
            raise  # the disk, or a writer that is busy: the next minute tries again
        except Exception:
            log.exception("import.stopped", people_import=held.id, line=held.line)
            cause = f"Something went wrong here at line {held.line:,}, and is in our log."
            self._stop(held, "paused", f"{cause} Resume to try again.")
        return None, 0

    def _stop(self, held: Held, state: str, cause: str) -> None:
        def work(tx: Transaction) -> None:
            if imports.again(tx, held) is not None:
                imports.set_state(tx, held.team, held.id, ("running",), state, cause)
                _note(tx, held, state)

        self._writer(work)


def _move(tx: Transaction, held: Held, piece: Checked) -> tuple[Held | None, float]:
    """File a piece and move on, and how long (s) that took; None when it is paused, canceled or
    another's."""
    began = time.perf_counter()
    now_is = imports.again(tx, held)
    if now_is is None:
        return None, 0
    counts, refused = filing.file(tx, held.team, piece.good, now_is.erased)
    bad = sorted([*piece.bad, *refused])
    import_problems.add(tx, held.team, held.id, bad)
    moved = imports.move(
        tx,
        held,
        piece.position,
        piece.line,
        Counts(**counts, refused=len(bad)),
        LEASE_MS,
    )
    if piece.last:
        moved = _end(tx, moved, "done")
    elif moved.refused > MOST_PROBLEMS:
        cause = f"More than {MOST_PROBLEMS:,} rows are not as they should be: look at the file."
        moved = _end(tx, moved, "failed", cause)
    return moved, time.perf_counter() - began


def _end(tx: Transaction, held: Held, state: str, cause: str = "") -> Held:
    imports.set_state(tx, held.team, held.id, ("running",), state, cause)
    _note(tx, held, state)
    ended = imports.get(held.team, held.id)
    assert ended is not None
    return ended


def _note(tx: Transaction, held: Held, state: str) -> None:
    """What came of it goes into the audit log."""
    actor = Actor(held.team, held.user, held.actor)
    after = {"file": held.name, **held.counts}
    audit.add(tx, actor, f"import.{state}", f"import {held.id}", after=after)


def _count_people() -> None:
    """It only helps the planner: an import goes on without."""
    try:
        upkeep.count_people()
    except peewee.OperationalError:
        log.warning("import.not_counted", exc_info=True)
