"""What is asked of the carrier about numbers in the background."""

import structlog

from backend import rounds
from backend.numbers.lookups import look_up
from backend.numbers.sync import sync
from backend.ports import NumberDesk
from backend.queue import Queue
from backend.rounds import Tally
from backend.store import renting
from backend.store.writer import Writer

log = structlog.get_logger()


def tasks(queue: Queue, writer: Writer, desk: NumberDesk, webhook: str) -> None:
    """``webhook`` is the address at which we take texts."""

    def read(_tally: Tally) -> None:
        # What we know stays where the carrier does not answer, and the next turn asks again.
        synced = sync(writer, desk, webhook)
        for e164, url in synced.elsewhere:
            log.warning("numbers.webhook_elsewhere", number=e164, url=url)

    def read_new() -> bool:
        """Numbers that were added by hand are read within a minute; False where they were not."""
        return not renting.any_unread() or once()

    once = rounds.made(queue, writer, "numbers", read)
    queue.task("look_up", lambda team, mobile: look_up(writer, desk, team, mobile))
    rounds.at_its_time(queue, "numbers", once)
    queue.each_minute("sync_new_numbers", read_new)
