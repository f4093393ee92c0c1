"""When texts are forgotten: at night what was kept long enough, each minute at the carrier."""

from backend.privacy.retention import Retention
from backend.queue import Queue
from backend.store import redactions


def tasks(queue: Queue, retention: Retention) -> None:
    queue.at("3", "41", "expire", retention.expire)
    queue.in_turns("redact", retention.redact, redactions.due, at_once=1)
