"""Service protection: 6,000 requests of a user in five minutes.

https://learn.microsoft.com/power-apps/developer/data-platform/api-limits
"""

import math
from datetime import timedelta

from simulator.crms.crm import Crm
from simulator.crms.times import within

IN_FIVE_MINUTES = 6000
WINDOW = timedelta(seconds=300)


def most(crm: Crm) -> int:
    return crm.settings.burst or IN_FIVE_MINUTES


def wait(crm: Crm) -> int:
    """Count the request, or say in how many seconds there is room for one: 0 when there is now.
    All users share one count here."""
    with crm.store.change() as books:
        now = crm.now()
        books.calls = within(books.calls, now, WINDOW)
        if len(books.calls) >= most(crm):
            return max(1, math.ceil((books.calls[0] + WINDOW - now).total_seconds()))
        books.calls.append(now)
    return 0


def left(crm: Crm) -> int:
    with crm.store.look() as books:
        return max(0, most(crm) - len(within(books.calls, crm.now(), WINDOW)))
