"""When texts are handed over: at once, at their time, and each minute what a lost wake-up left."""

from backend import rounds
from backend.messaging import quarantining, reconcile, silent
from backend.messaging.hand_over import HandOver
from backend.ports import Carrier
from backend.queue import AHEAD_MS, Queue
from backend.store import feed, outbox
from backend.store.rows import now
from backend.store.writer import Writer

LATE_MS = 2 * 24 * 3600_000
"""How far back the list is read each night, for what the carrier listed late."""


def tasks(queue: Queue, writer: Writer, carrier: Carrier, hand_over: HandOver) -> None:
    read = rounds.made(
        *(queue, writer, "reconcile"),
        lambda tally: reconcile.reconcile(writer, carrier, tally),
        lane="texts",
    )

    def catch_up() -> bool:
        """False where the list could not be read: what was lost is not found then."""
        try:
            reconcile.recover(writer, queue.alone_since)
            # What was missed comes first: while we were away somebody may have asked to stop, or
            # answered what was scheduled.
            return read()
        finally:
            for message, wait in outbox.due(within=AHEAD_MS):
                queue.wake("hand_over", message, wait=wait)

    queue.task("hand_over", hand_over, lane="texts")
    queue.each_minute("catch_up", catch_up, lane="texts")
    for name, do in {
        "late": lambda tally: reconcile.reconcile(writer, carrier, tally, back_ms=LATE_MS),
        "statuses": lambda tally: silent.ask(writer, carrier, tally),
        "quarantine": lambda tally: quarantining.sweep(writer, tally),
    }.items():
        rounds.at_its_time(queue, name, rounds.made(queue, writer, name, do))
    queue.each_minute("prune_feed", lambda: writer(lambda tx: feed.prune(tx, now() - feed.KEPT_MS)))
