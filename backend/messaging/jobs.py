"""When texts are handed over: at once, at their time, and each minute what a lost wake-up left."""

from backend.messaging import reconcile
from backend.messaging.hand_over import HandOver
from backend.ports import Carrier
from backend.queue import AHEAD_MS, Queue
from backend.store import feed, outbox
from backend.store.rows import now
from backend.store.writer import Writer


def tasks(queue: Queue, writer: Writer, carrier: Carrier, hand_over: HandOver) -> None:
    def catch_up() -> None:
        try:
            reconcile.recover(writer, queue.alone_since)
            # What was missed comes first: while we were away somebody may have asked to stop, or
            # answered what was scheduled.
            reconcile.reconcile(writer, carrier)
        finally:
            for message, wait in outbox.due(within=AHEAD_MS):
                queue.wake("hand_over", message, wait=wait)

    queue.task("hand_over", hand_over, lane="texts")
    queue.each_minute("catch_up", catch_up, lane="texts")
    queue.each_minute("prune_feed", lambda: writer(lambda tx: feed.prune(tx, now() - feed.KEPT_MS)))
