"""When hooks are told: at once, and each minute what a lost wake-up left."""

from huey import Huey, crontab

from backend.hooks.delivering import Delivering
from backend.store import hooks
from backend.store.rows import now
from backend.store.writer import Transaction, Writer

KEPT_MS = 30 * 24 * 3600 * 1000
"""How long a delivery that is over can still be looked up."""


class HookJobs:
    def __init__(self, huey: Huey, writer: Writer, delivering: Delivering) -> None:
        self._writer = writer
        self._deliver = huey.task(name="deliver")(delivering.__call__)
        huey.periodic_task(crontab(minute="*"), name="deliver_due")(self.sweep)

    def committed(self, transaction: Transaction) -> None:
        """Wake whoever tells the hooks what a transaction left for them."""
        for delivery, wait in transaction.deliveries:
            if wait:
                self._deliver.schedule((delivery,), delay=wait / 1000)
            else:
                self._deliver(delivery)

    def sweep(self) -> None:
        for delivery in hooks.due():
            self._deliver(delivery)
        self._writer(lambda tx: hooks.prune(tx, now() - KEPT_MS))
