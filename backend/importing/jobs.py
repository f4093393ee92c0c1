"""When imports run, and when their files go."""

from backend.apart import Apart
from backend.importing.keeping import Keeping
from backend.importing.loading import Loading
from backend.queue import Queue
from backend.store import imports


def tasks(queue: Queue, loading: Loading, keeping: Keeping, apart: Apart) -> None:
    # One at a time: two would only wait for each other's writing.
    queue.in_turns("import", loading, imports.due, at_once=1)
    queue.each_minute("expire_imports", keeping.expire)
    queue.at("4", "47", "tidy_imports", lambda: keeping.sweep_files(apart))
