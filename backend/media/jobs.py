"""When files are fetched, and when those go that nobody needs."""

from backend.apart import Apart
from backend.media.fetching import Fetching
from backend.media.tidying import Tidying
from backend.queue import Queue
from backend.store import arriving_media

AT_ONCE = 3
"""Slow ones must leave workers to hooks and look-ups."""


def tasks(queue: Queue, fetching: Fetching, tidying: Tidying, apart: Apart) -> None:
    queue.in_turns("fetch", fetching, arriving_media.due, AT_ONCE)
    queue.each_minute("drop_uploads", tidying.expire)
    queue.at("4", "17", "tidy", lambda: tidying.sweep_files(apart))
