"""When hooks are told: at once, and each minute what a lost wake-up left."""

from backend.hooks.delivering import Delivering
from backend.queue import Queue
from backend.store import hooks
from backend.store.rows import now
from backend.store.writer import Writer

KEPT_MS = 30 * 24 * 3600 * 1000
"""How long a delivery that is over can still be looked up."""
AT_ONCE = 3
"""Hooks that hang must leave workers to files and look-ups."""


def tasks(queue: Queue, writer: Writer, delivering: Delivering) -> None:
    queue.in_turns("deliver", delivering, hooks.due, AT_ONCE)
    queue.each_minute(
        "prune_deliveries", lambda: writer(lambda tx: hooks.prune(tx, now() - KEPT_MS))
    )
