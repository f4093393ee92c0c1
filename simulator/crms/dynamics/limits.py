"""Service protection: 6,000 requests of a user in five minutes.

https://learn.microsoft.com/power-apps/developer/data-platform/api-limits
"""

import math
from datetime import datetime, timedelta

from simulator.crms.crm import Crm

IN_FIVE_MINUTES = 6000
WINDOW = timedelta(seconds=300)


def most(crm: Crm) -> int:
    return crm.settings.burst or IN_FIVE_MINUTES


def wait(crm: Crm) -> int:
    """Count the request, or say in how many seconds there is room for one: 0 when there is now.
    All users share one count here."""
    with crm.store.change() as books:
        now = crm.now()
        books.calls = _within(books.calls, now)
        if len(books.calls) >= most(crm):
            return max(1, math.ceil((books.calls[0] + WINDOW - now).total_seconds()))
        books.calls.append(now)
    return 0


def left(crm: Crm) -> int:
    with crm.store.look() as books:
        return max(0, most(crm) - len(_within(books.calls, crm.now())))


def _within(times: list[datetime], now: datetime) -> list[datetime]:
    # The clock may have been set back since.
    return [at for at in times if now - WINDOW < at <= now]
