"""When browsers are pushed to: as soon as a text has come."""

from backend.inbox import pushing
from backend.ports import Pusher
from backend.queue import Queue
from backend.store.writer import Writer


def tasks(queue: Queue, writer: Writer, pusher: Pusher) -> None:
    queue.task(
        "push", lambda user, payload: pushing.wake(writer, pusher, user, payload), lane="texts"
    )
