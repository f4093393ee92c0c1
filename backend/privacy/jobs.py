"""When texts are forgotten: at night what was kept long enough, each minute at the carrier."""

from backend.privacy.retention import Retention
from backend.queue import Queue
from backend.store import redactions, upkeep
from backend.store.writer import Writer


def tasks(queue: Queue, writer: Writer, retention: Retention) -> None:
    queue.at("3", "41", "expire", retention.expire)
    queue.at("4", "31", "optimize", lambda: writer(upkeep.optimize))
    queue.in_turns("redact", retention.redact, redactions.due, at_once=1)
