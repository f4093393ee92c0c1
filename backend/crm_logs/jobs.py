"""When activities are logged: at once, and each minute what a lost wake-up or an outage left."""

from backend.crm_logs.draining import Draining
from backend.queue import Queue
from backend.store import crm_connections
from backend.store.rows import now


def tasks(queue: Queue, draining: Draining) -> None:
    queue.task("log_to_crm", draining)

    def due() -> None:
        for each in crm_connections.connected():
            if each.parked_until <= now():
                queue.wake("log_to_crm", each.id)

    queue.each_minute("log_to_crm_due", due)
