"""A CRM that fails, before and after it has carried out what it was asked."""

import random
from collections.abc import Callable

from tests.faults.fault import Fault, until
from tests.faults.house import House


def faulty(*kinds: str) -> Callable[[House, random.Random, int], int]:
    def breaks(house: House, _chance: random.Random, times: int) -> int:
        each = max(1, times // len(kinds))
        for kind in kinds:
            house.crm_fault(kind, times=each, method="POST|PATCH|PUT")
        # What parks a connection is tried again after 5, 15, 60 … seconds.
        until(lambda: house.armed() == 0, 90)
        return each * len(kinds) - house.armed()

    return breaks


FAULTS = [
    Fault("CRM: down", 2, faulty("down")),
    Fault("CRM: answer lost or cut, logged", 2, faulty("lost", "truncated")),
]
