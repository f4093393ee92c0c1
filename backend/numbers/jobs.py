"""What is asked of the carrier about numbers in the background."""

import structlog

from backend.numbers.lookups import look_up
from backend.numbers.sync import sync
from backend.ports import CarrierError, NumberDesk
from backend.queue import Queue
from backend.store import renting
from backend.store.writer import Writer

log = structlog.get_logger()


def tasks(queue: Queue, writer: Writer, desk: NumberDesk, webhook: str) -> None:
    """``webhook`` is the address at which we take texts."""

    def read() -> None:
        try:
            synced = sync(writer, desk, webhook)
        except CarrierError as error:
            # What we know stays, and the next turn asks again.
            log.warning("numbers.unread", cause=str(error))
            return
        for e164, url in synced.elsewhere:
            log.warning("numbers.webhook_elsewhere", number=e164, url=url)

    def read_new() -> None:
        """Numbers that were added by hand are read within a minute."""
        if renting.any_unread():
            read()

    queue.task("look_up", lambda team, mobile: look_up(writer, desk, team, mobile))
    queue.at("*/4", "23", "sync_numbers", read)
    queue.each_minute("sync_new_numbers", read_new)
