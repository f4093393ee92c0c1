"""No text is handed over once a STOP was acknowledged: its 2xx waits for what is on its way.

The opt-out is committed first, so that from then on the gate refuses every new claim inside the
claim's own transaction. What was claimed before may be with the carrier's API at this moment, in
this process or another one: those claims are waited for, by looking at the table.
"""

import threading
import time

from backend.messaging.reconcile import LEASE_MS
from backend.store import outbox
from backend.store.rows import now
from backend.store.writer import Transaction

LONGEST_S = 10.0
"""Twilio waits 15 s for the answer to a webhook, of which the commit has taken its part."""
PAUSES_S = (0.005, 0.05)
"""Between two looks, growing: other processes' commits cannot be heard, only seen."""


class InFlight:
    """Hand-overs under way. :meth:`committed` is a listener of this process's writer, and hurries
    whoever waits; without it the table is looked at all the same."""

    def __init__(self, longest_s: float = LONGEST_S) -> None:
        self._longest_s = longest_s
        self._changed = threading.Condition()
        self._waiting = 0

    def committed(self, _transaction: Transaction) -> None:
        if self._waiting:  # most commits concern nobody
            with self._changed:
                self._changed.notify_all()

    def landed(self, team: int, mobile: str) -> bool:
        """Wait until nothing that was on its way to this mobile when we were called still is.

        False when that takes longer than we may. Claims older than the lease are dead: nobody will
        hand those texts over. Holds no transaction while it waits.
        """
        # Later claims of the same text or of others are later decisions of the gate.
        claims = outbox.claims(team, mobile, now() - LEASE_MS)
        if not claims:
            return True
        with self._changed:
            self._waiting += 1
        try:
            return self._over(team, mobile, claims)
        finally:
            with self._changed:
                self._waiting -= 1

    def _over(self, team: int, mobile: str, claims: set[tuple[int, int]]) -> bool:
        ends = time.monotonic() + self._longest_s
        pause, longest = PAUSES_S
        while claims:
            left = ends - time.monotonic()
            if left <= 0:
                return False
            with self._changed:
                self._changed.wait(min(pause, left))
            pause = min(pause * 2, longest)
            claims &= outbox.claims(team, mobile, now() - LEASE_MS)
        return True
