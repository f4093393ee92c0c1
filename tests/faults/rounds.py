"""One round: traffic, something that breaks, then rest, and what the auditor says."""

import random
import time

from backend.store.rows import all_rows
from tests.faults.auditor import audit
from tests.faults.evidence import Stop, gather
from tests.faults.fault import Alone, Fault, Outcome
from tests.faults.house import House
from tests.faults.traffic import Traffic
from tests.waiting import until

PATIENCE_S = 180.0
"""Tables are looked at each minute, and a CRM that was away is asked again after as long."""


class Rounds:
    """Rounds in one house. What was broken in one is not counted again in the next."""

    def __init__(self, house: House, seed: int, patience: float = PATIENCE_S) -> None:
        self._house, self._seed, self._patience = house, seed, patience
        self._stops: list[Stop] = []
        self._known: set[str] = set()
        self._found: list[str] = []

    def run(self, fault: Fault, times: int) -> Outcome:
        began = time.monotonic()
        seed = f"{self._seed} {fault.name}"
        with Traffic(self._house, seed, self._stops):
            tried = fault.breaks(self._house, random.Random(seed), times)
        violations = self._settle()
        return Outcome(fault.name, fault.deployment, tried, violations, time.monotonic() - began)

    def _settle(self) -> list[str]:
        """Start everything again, and let it come to rest: what is wrong for good is a violation,
        not what is on its way."""
        self._house.disarm()
        self._house.begin_again()
        until(lambda: not on_its_way(self._house.team), self._patience)
        until(lambda: not self.look(), self._patience)
        new, self._found = self._found, []
        self._known |= set(new)
        return new

    def look(self) -> list[str]:
        """What is wrong now, and was not at the end of an earlier round."""
        found = audit(gather(self._house, self._stops))
        self._found = [each for each in found if each not in self._known]
        return self._found


def alone(fault: Alone, seed: int, times: int) -> Outcome:
    began = time.monotonic()
    tried, violations = fault.tries(f"{seed} {fault.name}", times)
    return Outcome(fault.name, "in process", tried, violations, time.monotonic() - began)


def on_its_way(team: int) -> int:
    """Texts that the backend still has to hand over."""
    ((count,),) = all_rows(
        "SELECT count(*) FROM outbox WHERE team_id = ? AND state NOT IN ('uncertain', 'held')",
        (team,),
    )
    return int(count)
