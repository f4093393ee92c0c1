"""Work that comes round: what each is for and when, and what a run found and mended.

A round finds what went wrong on the usual road. It may run twice at once, also in two processes:
what it does is idempotent. What it found is told to each team of its own alone.
"""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import structlog

from backend.ports import CarrierError
from backend.queue import Lane, Queue
from backend.store import audit, findings, heartbeats
from backend.store.audit import Actor
from backend.store.findings import Finding
from backend.store.heartbeats import Beat
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from backend.team.faults import NotThere

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
log = structlog.get_logger()


class Round(NamedTuple):
    """``hours`` and ``minute`` in UTC; no hours is each minute. It is late ``late_ms`` after it was
    last done."""

    title: str
    text: str
    late_ms: int
    hours: tuple[int, ...] = ()
    minute: int = 0


ROUNDS: dict[str, Round] = {
    "reconcile": Round(
        "Carrier’s list read",
        "Files texts whose webhook was lost, moves statuses whose callback was lost, and settles"
        " what is in doubt. Every minute.",
        5 * MINUTE_MS,
    ),
    "late": Round(
        "Carrier’s list read again",
        "The last two days once more, for what the carrier lists late. Each night.",
        26 * HOUR_MS,
        (7,),
        50,
    ),
    "statuses": Round(
        "Silent texts asked for",
        "Asks the carrier for texts of which it has not said for long what became of them.",
        10 * MINUTE_MS,
    ),
    "quarantine": Round(
        "Quarantine tried again",
        "Files what could not be filed when it came, where that can be done by now.",
        10 * MINUTE_MS,
    ),
    "drift": Round(
        "Opt-outs compared",
        "Finds where the carrier, Repline and CRMs disagree on opt-outs. Each night.",
        26 * HOUR_MS,
        (8,),
        40,
    ),
    "numbers": Round(
        "Numbers read",
        "What numbers can do, and their registration. Every four hours.",
        9 * HOUR_MS,
        tuple(range(0, 24, 4)),
        23,
    ),
}


class Tally:
    """What a run has found, and what of it is mended, by team."""

    def __init__(self) -> None:
        self._found: Counter[int] = Counter()
        self._mended: Counter[int] = Counter()

    def add(self, team: int, *, mended: bool) -> None:
        self._found[team] += 1
        self._mended[team] += mended

    def by_team(self, at: int) -> dict[int, Finding]:
        return {team: Finding(at, count, self._mended[team]) for team, count in self._found.items()}


def made(
    queue: Queue, writer: Writer, name: str, do: Callable[[Tally], object], lane: Lane = "rest"
) -> Callable[[], bool]:
    """What to call at its times; it notes how it went, and says whether it came to its end.
    :func:`ask` has it done at once."""
    assert name in ROUNDS, name
    working = threading.Lock()

    def once() -> bool:
        if not working.acquire(blocking=False):
            return False  # another thread is at it
        try:
            _run(writer, name, do)
        except CarrierError as error:
            log.warning("round.unfinished", round=name, cause=str(error))
            return False
        finally:
            working.release()
        return True

    queue.task(f"round_{name}", once, lane=lane)
    return once


def at_its_time(queue: Queue, name: str, once: Callable[[], bool]) -> None:
    """Have it done when its table says. How it went is noted as a round's, not as a job's too."""
    found = ROUNDS[name]
    if found.hours:
        queue.at(",".join(map(str, found.hours)), str(found.minute), name, once, noted=False)
    else:
        queue.each_minute(name, once, noted=False)


def ask(tx: Transaction, actor: Actor, name: str) -> None:
    """Have it run now; raises :class:`NotThere`."""
    if name not in ROUNDS:
        raise NotThere(name)
    tx.wake(f"round_{name}")
    audit.add(tx, actor, "round.run", ROUNDS[name].title)


def is_late(name: str, beat: Beat, at: int) -> bool:
    """Whether it should have been done since, seen from ``at`` (ms)."""
    # Nights and the like have not come yet where it has just been set up.
    if ROUNDS[name].hours and not beat.at and not beat.cause:
        return False
    return at - beat.at > ROUNDS[name].late_ms


def next_at(name: str, after: int) -> int:
    """When (ms) it runs next, seen from ``after``."""
    found = ROUNDS[name]
    if not found.hours:
        return (after // MINUTE_MS + 1) * MINUTE_MS
    at = datetime.fromtimestamp(after / 1000, UTC).replace(minute=found.minute, second=0)
    at = at.replace(microsecond=0)
    while at.hour not in found.hours or at.timestamp() * 1000 <= after:
        at += timedelta(hours=1)
    return int(at.timestamp() * 1000)


def _run(writer: Writer, name: str, do: Callable[[Tally], object]) -> None:
    began, tally, cause = now(), Tally(), "It was broken off."
    try:
        do(tally)
        cause = ""
    except CarrierError as error:
        cause = str(error) or type(error).__name__
        raise
    except Exception:
        cause = "It failed. The server’s log says why."
        raise
    finally:
        writer(lambda tx: _note(tx, name, began, tally, cause))


def _note(tx: Transaction, name: str, began: int, tally: Tally, cause: str) -> None:
    heartbeats.tried(tx, name, began, cause)
    for team, finding in tally.by_team(began).items():
        findings.put(tx, team, name, finding)
