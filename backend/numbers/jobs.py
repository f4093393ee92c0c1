"""What is asked of the carrier about numbers in the background."""

import structlog
from huey import Huey, crontab

from backend.numbers.lookups import look_up
from backend.numbers.sync import sync
from backend.ports import CarrierError, NumberDesk
from backend.store import heartbeats, renting
from backend.store.writer import Transaction, Writer

log = structlog.get_logger()


class NumberJobs:
    """``webhook`` is the address at which we take texts."""

    def __init__(self, huey: Huey, writer: Writer, desk: NumberDesk, webhook: str) -> None:
        self._writer = writer
        self._desk = desk
        self._webhook = webhook
        self._look_up = huey.task(name="look_up")(self.look_up)
        huey.periodic_task(crontab(minute="23", hour="*/4"), name="sync_numbers")(self.sync)
        huey.periodic_task(crontab(minute="*"), name="sync_new_numbers")(self.sync_new)

    def committed(self, transaction: Transaction) -> None:
        for team, mobile in transaction.look_ups:
            self._look_up(team, mobile)

    def look_up(self, team: int, mobile: str) -> None:
        look_up(self._writer, self._desk, team, mobile)

    def sync_new(self) -> None:
        """Numbers that were added by hand are read within a minute."""
        if renting.any_unread():
            self.sync()

    def sync(self) -> None:
        try:
            synced = sync(self._writer, self._desk, self._webhook)
        except CarrierError as error:
            # What we know stays, and the next turn asks again.
            log.warning("numbers.unread", cause=str(error))
            return
        self._writer(lambda tx: heartbeats.beat(tx, "numbers"))
        for e164, url in synced.elsewhere:
            log.warning("numbers.webhook_elsewhere", number=e164, url=url)
