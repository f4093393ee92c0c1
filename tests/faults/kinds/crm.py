"""A CRM that fails, before and after it has carried out what it was asked."""

import random

from tests.faults.fault import Breaks, Fault
from tests.faults.house import House
from tests.waiting import until


def faulty(*kinds: str) -> Breaks:
    def breaks(house: House, _chance: random.Random, times: int) -> int:
        each = max(1, times // len(kinds))
        for kind in kinds:
            house.crm_fault(kind, times=each, method="POST|PATCH|PUT")
        # What parks a connection is tried again after 5, 15, 60 … seconds.
        until(lambda: house.armed() == 0, 90)
        return each * len(kinds) - house.armed()

    return breaks


FAULTS = [
    Fault("CRM: down", 3, faulty("down")),
    Fault("CRM: answer lost or cut, logged", 4, faulty("lost", "truncated")),
]
